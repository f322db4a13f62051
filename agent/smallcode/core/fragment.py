"""A whole write that is only a piece of the file.

After an edit that missed, models send the part that they were shown last as if it were the file. All the
lines may have been read before, so that no guard of unread text sees anything wrong.
"""

from __future__ import annotations

from .seen import mask_of
from .textdiff import line_changes, split_lines

FEATURE = "fragment check"
"""The name under which it can be switched off."""

FEWEST_LINES = 20
"""A shorter file is seen at a glance, and written anew without harm."""

LEAST_OLD_SHARE = 0.6
"""Of the lines of a piece that stand in the file already; a text that is new is a new version."""


def lost_around(old: str, new: str) -> int:
    """The lines of ``old``, as a mask, that would go because ``new`` is a piece of it and less than half; 0
    where ``new`` is no piece."""
    total, size = len(split_lines(old)), len(split_lines(new))
    if total < FEWEST_LINES or size == 0:
        return 0
    lost = 0
    for change in line_changes(old, new):
        lost |= mask_of(change.a0, change.a1)
    kept = total - lost.bit_count()
    return lost if 2 * kept < total and kept >= LEAST_OLD_SHARE * size else 0
