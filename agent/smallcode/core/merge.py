"""Merging two changes of one text, line by line, where neither touches the other."""

from __future__ import annotations

from .textdiff import Hunk, line_hunks, split_lines


def merge(base: str, ours: str, theirs: str) -> str | None:
    """``base`` with what both texts changed of it; None where the changes meet.

    Changes meet where their lines overlap or are neighbours, as in diff3: two changes side by side mostly
    belong together. The same change in both texts is made once.
    """
    a, b, c = split_lines(base), split_lines(ours), split_lines(theirs)
    left = [(hunk, b[hunk.b0 : hunk.b1]) for hunk in line_hunks(a, b)]
    right = [(hunk, c[hunk.b0 : hunk.b1]) for hunk in line_hunks(a, c)]
    changes = list(left)
    for hunk, lines in right:
        meeting = [(other, theirs_lines) for other, theirs_lines in left if _meet(hunk, other)]
        if not meeting:
            changes.append((hunk, lines))
        elif len(meeting) > 1 or not _same(meeting[0], (hunk, lines)):
            return None
    changes.sort(key=lambda change: change[0].a0, reverse=True)
    for hunk, lines in changes:
        a[hunk.a0 : hunk.a1] = lines
    return "".join(a)


def _meet(one: Hunk, other: Hunk) -> bool:
    return one.a0 <= other.a1 and other.a0 <= one.a1


def _same(one: tuple[Hunk, list[str]], other: tuple[Hunk, list[str]]) -> bool:
    return (one[0].a0, one[0].a1, one[1]) == (other[0].a0, other[0].a1, other[1])
