"""Documentation and signatures of definitions, out of the text beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST = 400
"""Characters of a docstring or a signature that are kept."""

_STRING = re.compile(r"[rRuUbB]{0,2}(\"\"\"|'''|\"|')")
_TAG = re.compile(r"[@\\:](?:param|returns?|throws|type|see|example|since|author)\b")
_MARKUP = re.compile(r"</?(?:summary|remarks|para|p)\s*/?>")
_COMMENTS = {
    "slashes": re.compile(r"\s*(?:///?!?|/\*\*?|\*/?)"),
    "hashes": re.compile(r"\s*#+(?!!)"),
    "dashes": re.compile(r"\s*---*(?:\[\[)?"),
}
_SKIPPED = re.compile(r"\s*#!?\[.*\]\s*\Z")
_END = re.compile(r"\*+/\s*\Z")
_WORD = re.compile(r"\w")
_BLOCK_START = re.compile(r"\s*/\*")

# Lines above a definition that are looked at.
_FURTHEST = 60


def docstring_at(text: str) -> str:
    """The first paragraph of the string that ``text`` begins with; "" where it begins with none."""
    opening = _STRING.match(text)
    if opening is None:
        return ""
    quotes = opening[1]
    end = text.find(quotes, opening.end())
    inside = text[opening.end() : end if end >= 0 else len(text)]
    if len(quotes) == 1:
        inside = inside.partition("\n")[0]
    return first_paragraph(inside.split("\n"))


def above(lines: Sequence[str], row: int, style: str) -> tuple[str, int]:
    """The first paragraph of the comment that ends on the line before ``row`` (counted from 0), and the row
    of the attributes (``#[test]``) that stand between the two, else ``row``."""
    marks = _COMMENTS[style]
    attributes = row
    if style == "slashes":
        while attributes > max(0, row - _FURTHEST) and _SKIPPED.match(lines[attributes - 1]):
            attributes -= 1
    first = _comment_start(lines, attributes, marks)
    texts = [_END.sub("", marks.sub("", line, count=1)) for line in lines[first:attributes]]
    return first_paragraph(texts), attributes


def _comment_start(lines: Sequence[str], row: int, marks: re.Pattern[str]) -> int:
    first = row
    furthest = max(0, row - _FURTHEST)
    if row > furthest and _END.search(lines[row - 1]):
        while first > furthest:
            first -= 1
            if _BLOCK_START.match(lines[first]):
                return first
        return row
    while first > furthest and marks.match(lines[first - 1]):
        first -= 1
    return first


def first_paragraph(lines: Sequence[str]) -> str:
    """On one line: what stands before the first line without words, or with a tag such as ``@param``."""
    kept: list[str] = []
    for line in lines:
        stripped = _MARKUP.sub("", line).strip()
        if not _WORD.search(stripped) or _TAG.match(stripped):
            if kept:
                break
            continue
        kept.append(stripped)
    return shortened(" ".join(kept))


def signature(head: str) -> str:
    """The head of a definition on one line, without the brace that opens its body."""
    return shortened(" ".join(head.split()).removesuffix("{").rstrip())


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
