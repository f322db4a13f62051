"""The words that stand above a file's text in a result, where a model copies them into the file."""

from __future__ import annotations

import re

# Behind what a refusal says, which takes a line or two.
WITHIN_LINES = 4
LONGEST_QUOTE = 80


def frame_line(path: str, content: str) -> str:
    """The line of ``content`` that a result puts above the text of ``path``, if one of the first is that,
    else ""; no file begins with its own name and a count of its lines, or with what was refused of it."""
    name = re.escape(path)
    head = re.compile(
        rf"{name}, (?:lines? \d+(?:-\d+)? of \d+|\d+ lines?)\b|Error: {name} (?:was not|changed since)\b"
    )
    lines = content.split("\n", WITHIN_LINES)[:WITHIN_LINES]
    return next((line.strip() for line in lines if head.match(line)), "")[:LONGEST_QUOTE]
