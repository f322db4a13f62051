"""Merging two changes of one text, line by line, where they do not touch.

The classic three-way merge of diff3, on the hunks of our own line diff. It is stricter than usual: hunks that
are not apart by at least one unchanged line are a conflict, since nobody looks at the result before it is
written. There is no search for a place that merely resembles the old one: fuzzy patching puts the edit of a
function that was deleted into its neighbour and reports success.
"""

from __future__ import annotations

from .line_ends import PlainText, to_lf
from .seen import Seen
from .textdiff import Hunk, apply_edits, line_hunks, split_lines

FEATURE = "three-way merge"
"""The name under which it can be switched off."""


def replaced_once(text: str, newline: str, old: str, new: str, seen: Seen) -> str | None:
    """``text`` with ``new`` for ``old``, where that stands in it exactly once and on lines that were seen;
    else None."""
    file = PlainText(text, newline)
    sought = to_lf(old)
    start = file.plain.find(sought)
    if not sought or start < 0 or file.plain.find(sought, start + 1) >= 0:
        return None
    end = start + len(sought)
    if seen.missing(file.line(start) - 1, file.line(max(end - 1, start))):
        return None
    return apply_edits(text, file.replace(start, end, new))


def merge(base: str, ours: str, theirs: str) -> str | None:
    """``base`` with both changes of it; None where they touch. A change that both made is made once."""
    base_lines, our_lines, their_lines = split_lines(base), split_lines(ours), split_lines(theirs)
    mine = [(change, our_lines[change.b0 : change.b1]) for change in line_hunks(base_lines, our_lines)]
    other = [(change, their_lines[change.b0 : change.b1]) for change in line_hunks(base_lines, their_lines)]
    both: list[tuple[Hunk, list[str]]] = list(other)
    for change, lines in mine:
        near = [(theirs_too, text) for theirs_too, text in other if _touch(change, theirs_too)]
        if not near:
            both.append((change, lines))
        elif len(near) > 1 or near[0][0][:2] != change[:2] or near[0][1] != lines:
            return None
    merged: list[str] = []
    line = 0
    for change, lines in sorted(both, key=lambda pair: pair[0].a0):
        merged += base_lines[line : change.a0]
        merged += lines
        line = change.a1
    return "".join([*merged, *base_lines[line:]])


def _touch(a: Hunk, b: Hunk) -> bool:
    """Whether two changes of one base meet: they overlap, or no unchanged line stands between them."""
    return a.a0 <= b.a1 and b.a0 <= a.a1
