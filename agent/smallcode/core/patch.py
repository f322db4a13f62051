"""Replace a text that occurs once in a file by another one.

A patch goes through tiers from strict to lenient. Each finds the places that the old text may mean; the first
tier that finds any decides, and only a single place in the whole file is a match. Line ends belong to the
file: old and new text may be given with either, and what is written has those of its place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from ..messages import TextEdit
from .line_ends import PlainText, to_lf
from .nearest import Region, nearest_region
from .textdiff import apply_edits

# Copies are counted so far, and this many of them are shown.
MOST_COUNTED = 50
MOST_SHOWN = 5

# A line that is quoted in a reason is cut to this many characters.
LONGEST_QUOTE = 80

# A shorter new text may stand in the file by accident.
FEWEST_CHARS_ALREADY = 8


@dataclass(frozen=True, slots=True)
class Patched:
    """``edits`` are the minimal ranges that lead to ``text``; ``how`` names the tier that matched."""

    text: str
    edits: tuple[TextEdit, ...]
    how: str


@dataclass(frozen=True, slots=True)
class Miss:
    """Nothing was changed. ``reason`` is for the model and says what to do next.

    ``nearest`` is the most similar region, verbatim but for line ends, "" where there is none.
    ``ambiguous_at`` are the lines, from 1, at which the copies begin. ``already`` is set where the new text
    stands in the file and the old one does not: no failure, there is nothing left to do.
    """

    reason: str
    nearest: str = ""
    ambiguous_at: tuple[int, ...] = ()
    already: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """``plain[start:end]`` of the file is what the old text means, ``new`` what should stand there."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Tier:
    """``find(file, old, new)`` gives all the places, ascending, MOST_COUNTED at most."""

    how: str
    find: Callable[[PlainText, str, str], Sequence[Place]]


def apply_patch(
    text: str, old: str, new: str, newline: str = "\n", disable: Collection[str] = ()
) -> Patched | Miss:
    """Put ``new`` for the one place where ``old`` stands; ``new`` is taken literally.

    ``newline`` is for a text without line ends. ``disable`` names lenient tiers that are not tried. Pure;
    never raises. The reasons call the two texts by the
    names of the tool's parameters, ``old_str`` and ``new_str``.
    """
    if not old:
        return Miss("old_str is empty. Give the exact text that should be replaced, copied from the file.")
    if to_lf(old) == to_lf(new):
        return Miss(
            "old_str and new_str are the same, so nothing would change. Give the text you want as new_str."
        )
    file = PlainText(text, newline)
    for tier in (EXACT, *(lenient for lenient in LENIENT if lenient.how not in disable)):
        places = tier.find(file, old, new)
        if len(places) == 1:
            edits = file.replace(places[0].start, places[0].end, places[0].new)
            return Patched(apply_edits(text, edits), edits, tier.how)
        if places:
            return _ambiguous(file, places)
    return _already(file, new) or _nowhere(file, old)


def _exact(file: PlainText, old: str, new: str) -> Sequence[Place]:
    """Every character equal. Copies that differ in line ends alone look the same to who reads them, so they
    count as copies: the next tier finds all of them."""
    places = _line_endings(file, old, new)
    if all(file.text[file.offset(place.start) : file.offset(place.end)] == old for place in places):
        return places
    return ()


def _line_endings(file: PlainText, old: str, new: str) -> Sequence[Place]:
    sought = to_lf(old)
    return [Place(start, start + len(sought), new) for start in _occurrences(file.plain, sought)]


EXACT = Tier("exact", _exact)

# Tried in this order where the exact text is nowhere; each can be switched off.
LENIENT: tuple[Tier, ...] = (Tier("line endings", _line_endings),)


def _occurrences(text: str, sought: str) -> list[int]:
    """Where ``sought`` begins, overlapping ones included: an overlap is as ambiguous as any two copies."""
    found: list[int] = []
    start = text.find(sought)
    while start >= 0 and len(found) < MOST_COUNTED:
        found.append(start)
        start = text.find(sought, start + 1)
    return found


def _ambiguous(file: PlainText, places: Sequence[Place]) -> Miss:
    lines = tuple(file.line(place.start) for place in places)
    all_lines = file.plain.split("\n")
    itself = [all_lines[line - 1] for line in lines]
    if len(set(itself)) == len(itself):
        context = [f"line {line}: {_quote(shown)}" for line, shown in zip(lines, itself, strict=True)]
    else:
        context = [f"line {line}, {_after(all_lines, line)}" for line in lines]
    more = f"\n… and {len(places) - MOST_SHOWN} more" if len(places) > MOST_SHOWN else ""
    count = f"at least {len(places)}" if len(places) == MOST_COUNTED else str(len(places))
    listed = "\n".join(context[:MOST_SHOWN])
    return Miss(
        f"old_str occurs {count} times, so it is not clear which one to change. Add lines before or after it "
        f"until only one place fits:\n{listed}{more}",
        ambiguous_at=lines,
    )


def _after(lines: Sequence[str], line: int) -> str:
    """The nearest line before that is not blank, to tell copies apart by."""
    for index in range(line - 2, -1, -1):
        if lines[index].strip():
            return f"after {_quote(lines[index])}"
    return "at the top of the file"


def _already(file: PlainText, new: str) -> Miss | None:
    """Whether ``new`` stands in the file, once, as whole lines, and is long enough to be no accident."""
    sought = to_lf(new).strip("\n")
    if len(sought.strip()) < FEWEST_CHARS_ALREADY:
        return None
    starts = _occurrences(file.plain, sought)
    if len(starts) != 1:
        return None
    before = file.plain[file.plain.rfind("\n", 0, starts[0]) + 1 : starts[0]]
    end = starts[0] + len(sought)
    if before.strip() or file.plain[end : end + 1] not in ("", "\n"):
        return None
    return Miss(
        f"The change is already there: new_str stands at line {file.line(starts[0])} and old_str is nowhere. "
        "Nothing was changed.",
        already=True,
    )


def _nowhere(file: PlainText, old: str) -> Miss:
    region = nearest_region(file.plain, to_lf(old))
    if region is None:
        return Miss("old_str does not occur in the file, and nothing in it is similar. Read the file again.")
    lines = f"lines {region.first}-{region.last}" if region.last > region.first else f"line {region.first}"
    cut = "" if region.whole else " The line goes on after what is shown."
    return Miss(
        f"old_str does not occur in the file.{_difference(region)} The nearest text is {lines}.{cut} "
        "Copy old_str from it exactly:",
        nearest=region.text,
    )


def _difference(region: Region) -> str:
    if region.differing is None:
        return " It differs only in line breaks or text at its beginning or end."
    if region.found is None:
        return " It goes on beyond the file's beginning or end."
    if region.found.split() == region.wanted.split():
        return f" It differs from line {region.differing} in white space."
    at = next(
        (index for index, (a, b) in enumerate(zip(region.found, region.wanted, strict=False)) if a != b),
        min(len(region.found), len(region.wanted)),
    )
    return (
        f" Line {region.differing} of the file is {_quote(region.found, at)}; "
        f"old_str has {_quote(region.wanted, at)}."
    )


def _quote(line: str, at: int = 0) -> str:
    """The line between backticks, cut to the part around the character ``at``."""
    if not line.strip():
        return "blank"
    if len(line.strip()) <= LONGEST_QUOTE:
        return f"`{line.strip()}`"
    start = max(0, at - LONGEST_QUOTE // 2)
    end = start + LONGEST_QUOTE
    return f"`{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}`"
