"""What texts look like that are shown to a model: gutters, paths, good and bad news."""

from __future__ import annotations

import re
from collections.abc import Iterable

# "12| x", "  12\tx", "12: x", "a.py:12: x", "Line 12: x", "12→x": the number, its mark, the line.
_GUTTER = re.compile(
    r"^(?:[^\s:|]{1,200}[:\-]|[ ]*[Ll]ine[ ])?[ ]*"
    r"(?P<number>\d{1,7})(?P<mark>[ ]?[|│→]|\t|[:-]"
    r"|\))(?P<line>.*)$"
)
_BARE_RULE = re.compile(r"^[ ]*(\d{1,7})[|:→\t]?$")

_BAD_START = re.compile(
    r"\b(?:not (?:found|changed|modified|applied|written|created|run|offered|available)|was not"
    r"|could not|cannot|can't"
    r"|couldn't|unable|failed|failure|error|invalid|no such|refused|rejected|denied|does not|did not"
    r"|doesn't|didn't"
    r"|unknown|no match(?:es)?|missing|must be|must match|must have|multiple|ambiguous"
    r"|occurs \d+ times|enoent|is empty"
    r"|no changes?|identical|not permitted|not allowed|traceback|read .{0,40}(?:first|before))\b",
    re.I,
)
_GOOD_START = re.compile(
    r"\b(?:success\w*|applied|updated|changed|created|wrote|written|replaced|saved|edited|already"
    r"|appended|added|ok)\b",
    re.I,
)
_STATUS = re.compile(
    r"(?:exit(?:ed)?(?: with)?(?: the)?(?: status| code)?|status|returned|return ?code"
    r"|exit_?code)\W{1,3}(\d{1,3})\b",
    re.I,
)
_FAILING = re.compile(
    r"^Traceback|\bFAILED\b|\bFAIL\b|\bfailures?=[1-9]|\berrors?=[1-9]|\b[1-9]\d* (?:failed|failing"
    r"|errors?)\b"
    r"|^# fail [1-9]|ℹ fail [1-9]|^\s*[\w.]*(?:Error|Exception)\b|command not found|No such file"
    r"|syntax error|✖|not ok \d",
    re.M,
)
_TESTS = re.compile(r"\bRan \d+ tests?\b|\b\d+ (?:passed|failed)\b|^# pass \d+|ℹ pass \d+|^ok \d+ ", re.M)
_DIAGNOSTIC = re.compile(
    r"SyntaxError|syntax error|IndentationError|ParseError|[Uu]nexpected (?:token|indent|EOF|end)"
    r"|was never closed"
    r"|invalid syntax|\b(?:error|ERROR)\b.{0,80}\b(?:line|\[\d+)|[Dd]iagnostics?\b|problems?:",
)

_STUB = re.compile(
    r"clear|elid|omit|remov|prun|evict|compact|no longer|\b(?:old|earlier) (?:tool )?(?:result|output)", re.I
)

HEAD_CHARS = 300
STUB_CHARS = 250


def is_stub(text: str) -> bool:
    """Whether a result was taken out of the prompt and something short says so in its place."""
    return len(text) < STUB_CHARS and _STUB.search(text) is not None


def plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def without_gutter(text: str, *, sparse: bool = False, spaced: bool = True) -> tuple[str, dict[int, str]]:
    """The text with line numbers taken off where lines stand that are numbered in a row, and those numbers.

    A single numbered line counts too if it names a file or a line before the number, as search results do, or
    if the numbers are ``sparse``. ``spaced`` says that a space after the number's mark belongs to it.
    """
    lines = plain(text).split("\n")
    matches = [_GUTTER.match(line) for line in lines]
    numbers = [int(found["number"]) if found else None for found in matches]
    bare = [_BARE_RULE.match(line) for line in lines]
    numbers = [
        int(rule[1]) if number is None and rule else number
        for number, rule in zip(numbers, bare, strict=True)
    ]
    shown: dict[int, str] = {}
    for index, number in enumerate(numbers):
        if number is None or not (sparse or _in_a_row(lines, numbers, index)):
            continue
        found = matches[index]
        line = found["line"] if found else ""
        lines[index] = line[1:] if spaced and line.startswith(" ") else line
        shown[number] = lines[index]
    return "\n".join(lines), shown


def _in_a_row(lines: list[str], numbers: list[int | None], index: int) -> bool:
    number = numbers[index]
    assert number is not None
    before = numbers[index - 1] if index else None
    after = numbers[index + 1] if index + 1 < len(numbers) else None
    named = re.match(r"^\S*[A-Za-z_]\S*[:\-]\d|^ *[Ll]ine \d", lines[index])
    return before == number - 1 or after == number + 1 or named is not None


def canonical(text: str) -> str:
    """For comparing what was written with what was meant: no gutters, escapes read, white space collapsed."""
    body = text if "\n" in text else text.replace("\\n", "\n").replace("\\t", "\t").replace('\\"', '"')
    return " ".join(without_gutter(body)[0].split())


def failed(text: str) -> bool:
    """Whether the result of a read or an edit brings bad news. Only its head counts: the rest is content."""
    head = text.lstrip()[:HEAD_CHARS]
    first = head.split("\n", 1)[0]
    bad, good = _BAD_START.search(first), _GOOD_START.search(first)
    if bad and good:
        return not re.search(r"\balready\b", first, re.I) and bad.start() <= good.end() + 40
    if good or not head:
        return False
    return bad is not None or _BAD_START.match(head) is not None or head.startswith(("ENOENT", "Error"))


def run_passed(text: str) -> bool | None:
    """Of a command's output: True, False, or None where nothing tells. An exit status outweighs all words."""
    if statuses := _STATUS.findall(text[:HEAD_CHARS] + "\n" + text[-HEAD_CHARS:]):
        return all(int(one) == 0 for one in statuses)
    if _FAILING.search(text):
        return False
    return True if _TESTS.search(text) or text.strip() else None


def reports_tests(text: str) -> bool:
    return _TESTS.search(text) is not None


def reports_problem(text: str) -> bool:
    """Whether the result of an edit tells of an error in what was written."""
    return _DIAGNOSTIC.search(text) is not None


def path_in(text: str, names: Iterable[str]) -> str:
    """The longest of ``names`` (given longest first) that ``text``, a path or a command, ends in or holds."""
    for name in names:
        if re.search(rf"(?:^|[\s/'\"=(,:`<>]){re.escape(name)}(?:$|[\s'\"):,;`<>|&])", text):
            return name
    return ""
