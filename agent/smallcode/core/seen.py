"""Which lines of a file the model has seen, kept true through edits.

A set of lines is an integer used as a bit mask, bit 0 for the first line: union, difference and counting are
single operations, and a stretch moves by a shift.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .textdiff import Hunk


@dataclass(frozen=True, slots=True)
class Seen:
    """``lines`` are those whose text the model knows; ``placed`` those of them whose number it knows too:
    lines below an edit that adds or removes some have moved since they were shown."""

    lines: int = 0
    placed: int = 0

    def shown(self, first: int, last: int) -> Seen:
        """With lines ``first`` to ``last`` as well, counted from 1, under their present numbers."""
        mask = mask_of(first - 1, last)
        return Seen(self.lines | mask, self.placed | mask)

    def knows_place(self, first: int, last: int) -> bool:
        """Whether the model knows the number of any of the lines ``first`` to ``last``, counted from 1."""
        return bool(self.placed & mask_of(first - 1, last))

    def missing(self, start: int, end: int) -> int:
        """How many of the lines ``start:end``, counted from 0, the model has not seen."""
        return (mask_of(start, end) & ~self.lines).bit_count()

    def after(self, changes: Sequence[Hunk], total: int) -> Seen:
        """The same knowledge after the model's own ``changes`` of a text of ``total`` lines.

        What it wrote it knows; it knows where, unless an earlier change of the same call moved it.
        """
        lines = placed = old = shift = 0
        for change in changes:
            written = mask_of(change.b0, change.b1)
            lines |= _moved(self.lines, old, change.a0, shift) | written
            if shift == 0:
                placed |= (self.placed & mask_of(old, change.a0)) | written
            old = change.a1
            shift += (change.b1 - change.b0) - (change.a1 - change.a0)
        lines |= _moved(self.lines, old, total, shift)
        if shift == 0:
            placed |= self.placed & mask_of(old, total)
        return Seen(lines, placed)


def mask_of(start: int, end: int) -> int:
    """The lines ``start:end``, counted from 0; none where that is empty."""
    return ((1 << max(end - start, 0)) - 1) << max(start, 0)


def stretches(mask: int) -> Iterator[tuple[int, int]]:
    """The runs of lines in a mask as ``start:end``, counted from 0, ascending."""
    start = 0
    while mask:
        gap = (mask & -mask).bit_length() - 1
        mask >>= gap
        length = (~mask & (mask + 1)).bit_length() - 1
        yield start + gap, start + gap + length
        mask >>= length
        start += gap + length


def named(mask: int) -> str:
    """The lines of a mask in words: "line 4", "lines 3-9, 40-62, 70 and 2 more stretches"."""
    runs = [f"{start + 1}-{end}" if end > start + 1 else str(start + 1) for start, end in stretches(mask)]
    more = f" and {len(runs) - 3} more stretches" if len(runs) > 3 else ""
    return f"{'line' if mask.bit_count() == 1 else 'lines'} {', '.join(runs[:3])}{more}"


def _moved(mask: int, start: int, end: int, shift: int) -> int:
    kept = mask & mask_of(start, end)
    return kept << shift if shift >= 0 else kept >> -shift
