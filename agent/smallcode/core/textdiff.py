"""Differences between two versions of a text: as edits, and as a diff for people.

Lines end at ``\\n``, ``\\r\\n`` and ``\\r`` and nowhere else. ``str.splitlines`` also splits at form feeds,
U+2028 and others, which no editor does, so that line numbers would shift.

The line diff is a patience diff (Bram Cohen): lines that occur once in both texts are matched by a longest
increasing subsequence, and only the gaps between them are compared line by line. It is O(n log n), where
difflib alone is quadratic for a large file with many scattered changes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import AnyStr, NamedTuple

from ..messages import TextEdit

_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)|[^\r\n]++")

# A gap is compared with difflib while its estimated steps per line stay below this; beyond it, the gap is
# one hunk. It bounds the whole diff to about half a second for 10,000 lines.
_STEPS_PER_LINE = 500


class Hunk(NamedTuple):
    """Lines ``a0:a1`` of the old text become lines ``b0:b1`` of the new one, counted from 0."""

    a0: int
    a1: int
    b0: int
    b1: int


def split_lines(text: str) -> list[str]:
    """The lines with their ends; ``"".join(split_lines(text)) == text``. The last may have no end."""
    return _LINE.findall(text)


def minimal_edits(old: str, new: str) -> tuple[TextEdit, ...]:
    """Edits that turn ``old`` into ``new``: ascending, not overlapping, none for equal texts.

    An edit covers no more than the changed part of its lines. It begins and ends between whole characters
    and never between ``\\r`` and ``\\n``, neither in the old text nor in the new one.
    """
    if old == new:
        return ()
    a, b = split_lines(old), split_lines(new)
    edits = []
    offset = line = 0
    for hunk in line_hunks(a, b):
        offset += sum(map(len, a[line : hunk.a0]))
        before, after = "".join(a[hunk.a0 : hunk.a1]), "".join(b[hunk.b0 : hunk.b1])
        edits.append(_trimmed(offset, before, after))
        offset += len(before)
        line = hunk.a1
    return tuple(edits)


def line_changes(old: str, new: str) -> tuple[Hunk, ...]:
    """The differing stretches, ascending, with at least one equal line between two of them."""
    return tuple(line_hunks(split_lines(old), split_lines(new)))


def apply_edits(content: str, edits: Sequence[TextEdit]) -> str:
    """The text after all edits. Raises ValueError for edits out of range, out of order or overlapping."""
    parts: list[str] = []
    position = 0
    for edit in edits:
        if not position <= edit.start <= edit.end <= len(content):
            raise ValueError(f"The edit {edit.start}:{edit.end} overlaps another or leaves the text.")
        parts += (content[position : edit.start], edit.new)
        position = edit.end
    return "".join((*parts, content[position:]))


def unified_diff(path: str, old: str | None, new: str | None, context: int = 3) -> str:
    """A unified diff with ``a/`` and ``b/`` before the path; "" where nothing changes.

    ``old`` is None for a file that is created, ``new`` for one that is deleted. Lines keep their own ends,
    so that a change of line ends alone is seen.
    """
    if old == new:
        return ""
    a, b = split_lines(old or ""), split_lines(new or "")
    shown = path if path.isprintable() else path.encode("unicode_escape").decode("ascii")
    parts = [
        "--- /dev/null\n" if old is None else f"--- a/{shown}\n",
        "+++ /dev/null\n" if new is None else f"+++ b/{shown}\n",
    ]
    for group in _grouped(line_hunks(a, b), context):
        parts += _rendered(a, b, group, context)
    return "".join(parts)


def line_hunks(a: Sequence[str], b: Sequence[str]) -> list[Hunk]:
    """The differing stretches, ascending, with at least one equal line between two of them."""
    whole = _without_equal_ends(a, b, Hunk(0, len(a), 0, len(b)))
    found: list[Hunk] = []
    i, j = whole.a0, whole.b0
    for next_i, next_j in (*_anchors(a, b, whole), (whole.a1, whole.b1)):
        gap = _without_equal_ends(a, b, Hunk(i, next_i, j, next_j))
        found += _compared(a, b, gap)
        i, j = next_i + 1, next_j + 1
    return _joined(found)


def _without_equal_ends(a: Sequence[str], b: Sequence[str], hunk: Hunk) -> Hunk:
    a0, a1, b0, b1 = hunk
    while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
        a0, b0 = a0 + 1, b0 + 1
    while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
        a1, b1 = a1 - 1, b1 - 1
    return Hunk(a0, a1, b0, b1)


def _anchors(a: Sequence[str], b: Sequence[str], hunk: Hunk) -> list[tuple[int, int]]:
    """Positions of lines that occur once in each text, as many as keep their order in both."""
    in_a, in_b = Counter(a[hunk.a0 : hunk.a1]), Counter(b[hunk.b0 : hunk.b1])
    place = {b[j]: j for j in range(hunk.b0, hunk.b1) if in_b[b[j]] == 1}
    pairs = [(i, place[a[i]]) for i in range(hunk.a0, hunk.a1) if in_a[a[i]] == 1 and a[i] in place]
    return _longest_increasing(pairs)


def _longest_increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence whose second numbers ascend, by patience sorting."""
    tops: list[int] = []
    top_index: list[int] = []
    previous: list[int] = []
    for index, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        previous.append(top_index[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(j)
            top_index.append(index)
        else:
            tops[pile], top_index[pile] = j, index
    chain = []
    index = top_index[-1] if top_index else -1
    while index >= 0:
        chain.append(pairs[index])
        index = previous[index]
    return chain[::-1]


def _compared(a: Sequence[str], b: Sequence[str], gap: Hunk) -> Iterator[Hunk]:
    old, new = a[gap.a0 : gap.a1], b[gap.b0 : gap.b1]
    if not old and not new:
        return
    in_new = Counter(new)
    equal_pairs = sum(in_new[line] for line in old)
    rounds = min(len(old), len(new), equal_pairs + 1)
    if (len(old) + equal_pairs) * rounds > _STEPS_PER_LINE * (len(old) + len(new)):
        yield gap
        return
    for tag, i0, i1, j0, j1 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Hunk(gap.a0 + i0, gap.a0 + i1, gap.b0 + j0, gap.b0 + j1)


def _joined(hunks: Sequence[Hunk]) -> list[Hunk]:
    """Hunks that touch become one."""
    joined: list[Hunk] = []
    for hunk in hunks:
        if joined and joined[-1].a1 == hunk.a0 and joined[-1].b1 == hunk.b0:
            joined[-1] = Hunk(joined[-1].a0, hunk.a1, joined[-1].b0, hunk.b1)
        else:
            joined.append(hunk)
    return joined


def _trimmed(offset: int, before: str, after: str) -> TextEdit:
    """The change from ``before``, which stands at ``offset``, to ``after``, without what they share."""
    shortest = min(len(before), len(after))
    start = common_prefix(before, after, shortest)
    while _splits(before, start) or _splits(after, start):
        start -= 1
    tail = common_prefix(before[::-1], after[::-1], shortest - start)
    while tail and (_splits(before, len(before) - tail) or _splits(after, len(after) - tail)):
        tail -= 1
    return TextEdit(offset + start, offset + len(before) - tail, after[start : len(after) - tail])


def common_prefix(a: AnyStr, b: AnyStr, most: int | None = None) -> int:
    """Length of the common beginning, ``most`` at most; by halving, for slices are compared at the speed of
    memory."""
    low, high = 0, min(len(a), len(b)) if most is None else most
    while low < high:
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _splits(text: str, at: int) -> bool:
    """Whether a cut before ``text[at]`` would part ``\\r\\n`` or the halves of a surrogate pair."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    return (left == "\r" and right == "\n") or (
        "\ud800" <= left <= "\udbff" and "\udc00" <= right <= "\udfff"
    )


def _grouped(hunks: Sequence[Hunk], context: int) -> Iterator[list[Hunk]]:
    """Hunks whose context lines would meet are shown together."""
    group: list[Hunk] = []
    for hunk in hunks:
        if group and hunk.a0 - group[-1].a1 > 2 * context:
            yield group
            group = []
        group.append(hunk)
    if group:
        yield group


def _rendered(a: Sequence[str], b: Sequence[str], group: Sequence[Hunk], context: int) -> Iterator[str]:
    lead = min(context, group[0].a0)
    trail = min(context, len(a) - group[-1].a1)
    a0, a1 = group[0].a0 - lead, group[-1].a1 + trail
    b0, b1 = group[0].b0 - lead, group[-1].b1 + trail
    yield f"@@ -{_span(a0, a1)} +{_span(b0, b1)} @@\n"
    position = a0
    for hunk in group:
        yield from _marked(" ", a[position : hunk.a0])
        yield from _marked("-", a[hunk.a0 : hunk.a1])
        yield from _marked("+", b[hunk.b0 : hunk.b1])
        position = hunk.a1
    yield from _marked(" ", a[position:a1])


def _marked(mark: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield mark + line
        if not line.endswith(("\n", "\r")):
            yield "\n\\ No newline at end of file\n"


def _span(start: int, end: int) -> str:
    """Line range as GNU diff writes it: an empty range names the line before it."""
    length = end - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"
