"""What must hold of a merge that a model made before it may be written.

Another agent's merge destroyed seven of eight files when the model answered nonsense. Here the model sees one
region and rewrites that region; what it gives back is taken only where all of this holds, else nothing is
written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .line_ends import PlainText, to_lf
from .patch.nearest import nearest_region
from .patch.view import FileView
from .textdiff import apply_edits, line_changes, split_lines

FEATURE = "model merge"
"""The name under which it can be switched off."""

MISSES_BEFORE_MERGE = 2
"""Misses at one place before a model is asked: a request is spent on it only as a last resort."""

REGION_CONTEXT = 8
MOST_REGION_LINES = 80
MOST_REGION_CHARS = 4000
SPARE_LINES = 1
"""Lines that may go beyond those of the old text: a model may close up a blank line."""


_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class MergeRegion:
    """Lines ``first`` to ``last`` of the file, counted from 1, with plain line ends; of these, the edit
    should change ``near_first`` to ``near_last`` alone."""

    first: int
    last: int
    text: str
    near_first: int
    near_last: int


def merge_region(plain: str, old: str) -> MergeRegion | None:
    """The whole region that ``old`` probably means, with lines around it; None where nothing resembles it or
    the region is too long to be written again."""
    file = FileView(plain)
    nearest = nearest_region(file.lines, file.squeezed, to_lf(old))
    if nearest is None or not nearest.whole:
        return None
    lines = split_lines(plain)
    size = max(nearest.last - nearest.first + 1, len(split_lines(to_lf(old))))
    near_last = nearest.first + size - 1
    first = max(nearest.first - REGION_CONTEXT, 1)
    last = min(near_last + REGION_CONTEXT, len(lines))
    text = "".join(lines[first - 1 : last])
    if last - first + 1 > MOST_REGION_LINES or len(text) > MOST_REGION_CHARS:
        return None
    return MergeRegion(first, last, text, nearest.first, near_last)


def put_region(content: str, newline: str, region: MergeRegion, answer: str) -> str:
    """The file with ``answer`` for the region; line ends are the file's own."""
    file = PlainText(content, newline)
    lines = split_lines(file.plain)
    start = len("".join(lines[: region.first - 1]))
    end = start + len(region.text)
    ended = answer if answer.endswith("\n") or not region.text.endswith("\n") else f"{answer}\n"
    return apply_edits(content, file.replace(start, end, to_lf(ended)))


@dataclass(frozen=True, slots=True)
class Names:
    """What is defined in the file before and after a merge, and in the old text, which may go."""

    before: Sequence[str]
    after: Sequence[str]
    old: Sequence[str]


def objection(before: str, after: str, *, old: str, new: str, names: Names, region: MergeRegion) -> str:
    """Why the merge ``after`` of the file ``before`` may not be written, "" where it may.

    It must keep every definition, change one place no larger than the old text, and be made of what was
    there: the words that are new in ``new`` are all in it, none stands in it that neither the file nor
    ``new`` has, and none is lost that ``old`` does not name, since that is how the file differs from it.
    """
    changes = line_changes(to_lf(before), to_lf(after))
    if not changes:
        return "it changes nothing"
    gone = Counter(names.before) - Counter(names.after) - Counter(names.old)
    if gone:
        return f"it loses the definition of {', '.join(sorted(gone))}"
    size = changes[-1].a1 - changes[0].a0
    outside = changes[0].a0 + 1 < region.near_first or changes[-1].a1 > region.near_last
    if outside or size > len(split_lines(to_lf(old))) + SPARE_LINES:
        return "it changes more than the place that was meant"
    was, became, meant, wanted = (_words(text) for text in (before, after, old, new))
    if missing := wanted.keys() - meant.keys() - became.keys():
        return f"it leaves out {', '.join(sorted(missing))}"
    if invented := became.keys() - was.keys() - wanted.keys():
        return f"it invents {', '.join(sorted(invented))}"
    lost = was - meant - became
    return f"it loses {', '.join(sorted(lost))}" if lost else ""


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))
