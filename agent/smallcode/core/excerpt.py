"""A part of a file for the model to read, cut to a size."""

from __future__ import annotations

from typing import NamedTuple

from ..messages import Text
from .textdiff import split_lines


class Excerpt(NamedTuple):
    """``text`` shows lines ``first`` to ``last``, counted from 1; both are 1 for an empty file."""

    first: int
    last: int
    text: str


def excerpt(text: Text, start: int, end: int, most_chars: int) -> Excerpt:
    """The lines ``start:end``, counted from 0 and cut to the file, as many as fit ``most_chars``, one at
    least, of which a too long one is cut.

    They stand under their file and line numbers, without a gutter, so that the model can copy from it.
    """
    lines = split_lines(text.content)
    if not lines:
        return Excerpt(1, 1, f"{text.path} is empty.")
    first, last = max(start, 0), min(end, len(lines))
    kept, size = first, 0
    while kept < last and size + len(lines[kept]) <= most_chars:
        size += len(lines[kept])
        kept += 1
    body = "".join(lines[first:kept]) if kept > first else "".join(lines[first : first + 1])[:most_chars]
    missing = f"\n… {last - kept} more lines" if kept < last else ""
    stop = max(kept, first + 1)
    return Excerpt(
        first + 1, stop, f"{text.path}, lines {first + 1}-{stop} of {len(lines)}:\n{body}{missing}"
    )
