"""What a message points at: ``@file``, ``@file#L10-20``, ``@folder/``, ``#selection``, ``#diagnostics`` and
``#diff``.

An at sign is also written in addresses, decorators, names of packages, comments and other people's names.
What stands in code, or right behind a letter, is no mention; what can be read as one of those others is one
only if there is such a file, and nobody is told if there is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from .file_list import SUFFIXES

FEATURE = "mentions"
"""The name under which it can be switched off."""

Kind = Literal["path", "selection", "diagnostics", "diff"]

MOST_MENTIONS = 20
"""In one message; more are a pasted list."""


@dataclass(frozen=True, slots=True)
class Mention:
    """``name`` is a path or name as it is written after the sign, with forward slashes; "" for what is no
    path. ``first`` and ``last`` are lines counted from 1, None where none are named. ``sure``: it is meant as
    a file's or folder's name, so that one that does not exist is worth a word."""

    kind: Kind
    name: str = ""
    first: int | None = None
    last: int | None = None
    sure: bool = True


_CODE = re.compile(r"(?P<fence>^[ \t]*(```+|~~~+)).*?(?:^[ \t]*\2|\Z)|`[^`\n]+`", re.MULTILINE | re.DOTALL)

# Behind an ASCII character only where that opens something: "ada@example.org" and "HEAD@{1}" are no mentions,
# while Chinese and Japanese put no space before one.
_BEFORE = r"(?:(?<![!-~])|(?<=[(\[{<,;:\"']))"
_AT = re.compile(
    rf"{_BEFORE}@(?:(?P<quote>[\"'])(?P<quoted>[^\"'\n]+)(?P=quote)(?P<lines>[#:][\w:–-]+)?"
    r"|(?P<bare>(?:\\ |[^\s,;\"'<>|`@“”‘’«»（）「」【】，。：；、！？]){1,512}))"
)
_WORD = re.compile(rf"{_BEFORE}#(selection|diagnostics|diff)(?![\w-])(?!\s*\{{)")

_LINES = re.compile(r"(?:#L?(\d{1,7})(?:[-–:]L?(\d{1,7}))?|:(\d{1,7})(?:-(\d{1,7}))?(?::\d+)?)$")

# Languages without spaces go on right behind a name.
_GOES_ON = re.compile(r"(.*?\.[A-Za-z][A-Za-z0-9]{0,7}(?:#L?\d+(?:-L?\d+)?|:\d+(?:-\d+)?)?)[^\x00-\x7f]")

_KNOWN_SUFFIX = re.compile(
    rf"\.(?:{SUFFIXES}|png|jpe?g|gif|webp|svg|pdf|log|csv|xml|lock|env|proto|graphql|ipynb)$", re.IGNORECASE
)
_ANY_SUFFIX = re.compile(r"[^/.]\.[A-Za-z]\w{0,9}$")

# What is below a decorator or an annotation that stands in a line of its own.
_DECORATED = re.compile(
    r"[ \t]*\n\s*(?:@|(?:async|def|class|public|private|protected|static|final|export|function|fun|func"
    r"|abstract|interface|enum|const|override|pub|fn)\b)"
)

_OPENERS = {")": "(", "]": "[", "}": "{"}


def read_mentions(message: str) -> tuple[Mention, ...]:
    """In their order, each once. Linear in the length of the message; never raises."""
    text = _CODE.sub(lambda match: " " * len(match.group()), message)
    found = [(match.start(), Mention(match[1])) for match in _WORD.finditer(text)]  # type: ignore[arg-type]
    for match in _AT.finditer(text):
        mention = _quoted(match) if match["quoted"] else _bare(text, match)
        if mention is not None:
            found.append((match.start(), mention))
    found.sort(key=lambda pair: pair[0])
    return tuple(dict.fromkeys(mention for _, mention in found))[:MOST_MENTIONS]


def mention_of(path: str) -> Mention:
    """Of a path that the editor says the user has named, with lines or without."""
    name, first, last = _split_lines(path.strip())
    return Mention("path", name, first, last)


def _quoted(match: re.Match[str]) -> Mention | None:
    name = match["quoted"].strip()
    if not name:
        return None
    _, first, last = _split_lines(match["lines"] or "")
    return Mention("path", name.replace("\\", "/"), first, last)


def _bare(text: str, match: re.Match[str]) -> Mention | None:
    goes_on = _GOES_ON.match(match["bare"])
    raw = _without_end(goes_on[1] if goes_on else match["bare"])
    name, first, last = _split_lines(raw)
    name = _without_end(name.replace("\\ ", " ").replace("\\", "/"))
    if not re.search(r"\w", name) or _is_decorator(text, match):
        return None
    in_quotes = match.start() > 0 and text[match.start() - 1] in "\"'"
    return Mention("path", name, first, last, not in_quotes and (first is not None or _like_a_file(name)))


def _without_end(raw: str) -> str:
    """Without the punctuation of the sentence around it; brackets that it opens itself stay."""
    while raw:
        last = raw[-1]
        if last in ".,;:!?…*'~" or (last in _OPENERS and raw.count(_OPENERS[last]) < raw.count(last)):
            raw = raw[:-1]
        else:
            return raw
    return raw


def _split_lines(raw: str) -> tuple[str, int | None, int | None]:
    match = _LINES.search(raw)
    if match is None:
        return raw, None, None
    first = int(match[1] or match[3])
    last = int(match[2] or match[4] or first)
    return raw[: match.start()], max(min(first, last), 1), max(first, last, 1)


def _is_decorator(text: str, match: re.Match[str]) -> bool:
    """A call, or a line of its own above what it decorates."""
    if "(" in match["bare"] and re.match(r"[\w.]+\(", match["bare"]):
        return True
    line = text.rfind("\n", 0, match.start()) + 1
    alone = not text[line : match.start()].strip()
    return alone and _DECORATED.match(text, match.end()) is not None


def _like_a_file(name: str) -> bool:
    if name.startswith("types/"):
        # Packages of npm that hold the types of others are called so: @types/chart.js.
        return False
    if name.endswith("/"):
        return True
    # "@tanstack/react.query" is a package as well.
    suffix = _ANY_SUFFIX if name.count("/") > 1 else _KNOWN_SUFFIX
    return suffix.search(name) is not None
