"""The wrong texts that a small model writes for a step: the same one for each step and kind, so that the
prompt alone tells which of them stands in a file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256

from .trajectory import Step

PROSE = (".md", ".txt", ".rst", ".csv", ".html", "README", "LICENSE")
FEWEST_LAZY_LINES = 6
FEWEST_ELIDED_LINES = 3
LEAST_SIMILAR = 0.3
MOST_SEARCHED_LINES = 8000

# Slips in the order of no importance: which one is taken is drawn among the places where one fits.
_SLIPS: tuple[tuple[str, str], ...] = (
    (r"==", "!="),
    (r"!=", "=="),
    (r"<=", "<"),
    (r">=", ">"),
    (r"(?<=\s)<(?=\s)", "<="),
    (r"(?<=\s)>(?=\s)", ">="),
    (r"(?<=\s)\+(?=\s)", "-"),
    (r"(?<=\s)\*(?=\s)", "+"),
    (r"\bTrue\b", "False"),
    (r"\bFalse\b", "True"),
    (r"\btrue\b", "false"),
    (r"\bfalse\b", "true"),
    (r"\band\b", "or"),
    (r"\bor\b", "and"),
    (r"&&", "||"),
    (r"\|\|", "&&"),
    (r"\bnot (?!in\b)", ""),
    (r"\bmin\(", "max("),
    (r"\bmax\(", "min("),
    (r"\.lower\(", ".upper("),
    (r"\bNone\b(?=\s*$)", "False"),
)
_NUMBER = re.compile(r"(?<![\w.])\d{1,6}(?![\w.])")
_COMMENT = re.compile(r"^\s*(?:#|//|/?\*|\"\"\"|''')")
_STRING = re.compile(r"([\"'])(\w[^\"'\\\n]{2,40}\w)\1")


def pick(options: int, *key: object) -> int:
    """One of so many options, always the same for the same key."""
    return int.from_bytes(sha256("|".join(map(str, key)).encode()).digest()[:8], "big") % options


@lru_cache(maxsize=4096)
def variants(step: Step) -> Mapping[str, str]:
    """New texts by the kind of fault; kinds that do not fit the step are left out."""
    made = {
        "logic_bug": logic_bug(step),
        "syntax_error": syntax_error(step),
        "lazy_placeholder": lazy(step.path, step.new) if step.do == "create" else None,
        "elided": elided(step.path, step.new) if step.do == "edit" else None,
    }
    return {kind: text for kind, text in made.items() if text is not None and text != step.new}


def logic_bug(step: Step) -> str | None:
    """One slip in a line that the step adds; None where no line has a place for one."""
    old = set(step.old.split("\n"))
    lines = step.new.split("\n")
    slips: list[tuple[int, str]] = []
    for index, line in enumerate(lines):
        if line in old or _COMMENT.match(line):
            continue
        for pattern, replacement in _SLIPS:
            if found := re.search(pattern, line):
                slips.append((index, line[: found.start()] + replacement + line[found.end() :]))
        if found := _NUMBER.search(line):
            slips.append((index, line[: found.start()] + str(int(found[0]) + 1) + line[found.end() :]))
    if not slips:
        slips = list(_string_slips(lines, old))
    if not slips:
        return None
    index, slipped = slips[pick(len(slips), step.index, step.new)]
    return "\n".join([*lines[:index], slipped, *lines[index + 1 :]])


def _string_slips(lines: list[str], old: set[str]) -> list[tuple[int, str]]:
    """A letter lost in a quoted text, or in the last word of a line where nothing is quoted."""
    slips = []
    for index, line in enumerate(lines):
        if line in old or _COMMENT.match(line):
            continue
        found = _STRING.search(line)
        word = None if found else re.search(r"(\w{4,})\W*$", line)
        if found:
            slips.append((index, line[: found.end() - 2] + line[found.end() - 1 :]))
        elif word:
            slips.append((index, line[: word.end(1) - 1] + line[word.end(1) :]))
    return slips


def syntax_error(step: Step) -> str | None:
    """The last colon, bracket or quote that closes something is missing."""
    if step.path.endswith(PROSE):
        return None
    lines = step.new.split("\n")
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index].rstrip()
        if not line or _COMMENT.match(line):
            continue
        if line.endswith((":", "{")) and not line.endswith("::"):
            return "\n".join([*lines[:index], line[:-1].rstrip(), *lines[index + 1 :]])
        at = max(line.rfind(mark) for mark in ")]}\"'")
        if at >= 0:
            return "\n".join([*lines[:index], line[:at] + line[at + 1 :], *lines[index + 1 :]])
    return None


def placeholder(path: str) -> str:
    if path.endswith((".py", ".sh", ".toml", ".yaml", ".yml")):
        return "# ... rest of the code stays the same ..."
    if path.endswith((".md", ".html")):
        return "<!-- ... rest stays the same ... -->"
    return "// ... rest of the code stays the same ..."


def lazy(path: str, content: str) -> str | None:
    """The beginning, then a placeholder for all the rest."""
    lines = content.split("\n")
    if len(lines) < FEWEST_LAZY_LINES:
        return None
    kept = max(2, len(lines) // 3)
    return "\n".join([*lines[:kept], placeholder(path), ""])


def elided(path: str, text: str) -> str | None:
    """The first and the last line, with dots for what is between them."""
    lines = text.strip("\n").split("\n")
    if len(lines) < FEWEST_ELIDED_LINES:
        return None
    indent = lines[1][: len(lines[1]) - len(lines[1].lstrip())]
    return "\n".join([lines[0], f"{indent}...", lines[-1]])


@lru_cache(maxsize=4096)
def sibling(step: Step) -> str | None:
    """The lines of the file most like the old text, elsewhere and only once: the wrong place for an edit."""
    if step.do != "edit" or not step.old.strip():
        return None
    lines = step.before.split("\n")[:MOST_SEARCHED_LINES]
    wanted = step.old.strip("\n").split("\n")
    first = step.before[: step.before.find(step.old)].count("\n")
    words = _words("\n".join(wanted))
    best, text = LEAST_SIMILAR, None
    for start in range(len(lines) - len(wanted) + 1):
        if abs(start - first) < len(wanted) + 1:
            continue
        candidate = "\n".join(lines[start : start + len(wanted)])
        found = _words(candidate)
        score = len(words & found) / max(len(words | found), 1)
        if score > best and step.before.count(candidate) == 1 and candidate.strip() not in step.old:
            best, text = score, candidate
    return text


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))


def telling_words(step: Step) -> Sequence[str]:
    """Words that the step brings into the file, longest first."""
    words = set(re.findall(r"[A-Za-z_]\w{3,}", step.new)) - set(re.findall(r"\w+", step.before))
    return sorted(words, key=lambda word: (-len(word), word)) or re.findall(r"[A-Za-z_]\w{3,}", step.new)[:3]
