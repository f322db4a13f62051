"""Replace a text that occurs once in a file by another one.

A patch goes through tiers from strict to lenient. Each finds the places that the old text may mean; the first
tier that finds any decides, and only a single place in the whole file is a match. Line ends belong to the
file: old and new text may be given with either, and what is written has those of its place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial

from .. import placeholders
from ..line_ends import to_lf
from ..textdiff import apply_edits
from .bounds import placeholder
from .elision import HOW as ELISION
from .elision import find_elided, unpaired
from .escapes import ESCAPES
from .exact import TIERS as EXACT_TIERS
from .exact import Named, find_exactly
from .lenient import DIFFERENCES, Difference, find_leniently
from .misses import already_there, ambiguous, doubtful, empty_old, nowhere
from .readings import DIFF_MARKS, ENTITIES, FENCES, HEADING, LINE_NUMBERS, Reading
from .results import Copies, Doubt, Hit, Miss, Outcome, Patched
from .view import FileView

# Longer texts than these are only sought exactly: no model copies so much by hand, and it bounds the time.
MOST_CHARS = 60_000
MOST_LINES = 2_000

# Ways to read what was given, tried in this order where it is nowhere as it was given.
READINGS: tuple[Reading, ...] = (LINE_NUMBERS, FENCES, HEADING, DIFF_MARKS, ESCAPES, ENTITIES)

# What is tried where the exact text is nowhere; each can be switched off.
LENIENT: tuple[Named | Difference | Reading, ...] = (*EXACT_TIERS, *DIFFERENCES, *READINGS, Named(ELISION))


def apply_patch(
    text: str, old: str, new: str, newline: str = "\n", disable: Collection[str] = ()
) -> Patched | Miss:
    """Put ``new`` for the one place where ``old`` stands; ``new`` is taken literally.

    ``newline`` is for a text without line ends. ``disable`` names lenient tiers that are not tried. Pure;
    never raises. The reasons call the two texts by the names of the tool's parameters, ``old_str`` and
    ``new_str``.
    """
    file = FileView(text, newline)
    outcome = locate(file, old, new, disable)
    if isinstance(outcome, Miss):
        return outcome
    edits = tuple(
        edit for place in outcome.places for edit in file.replace(place.start, place.end, place.new)
    )
    if not edits:
        return doubtful(file, Doubt("", *_lines(file, outcome), already=True))
    return Patched(apply_edits(text, edits), edits, ", ".join(outcome.how) or "exact")


def locate(file: FileView, old: str, new: str, disable: Collection[str] = ()) -> Hit | Miss:
    """Where ``old`` stands and what belongs there, or why nothing is changed."""
    if not old.strip():
        return empty_old(file, old)
    if to_lf(old) == to_lf(new):
        shortened = unpaired(file, old)
        if shortened is not None:
            return doubtful(file, shortened)
        return Miss(
            "old_str and new_str are the same, so nothing would change. Give the text you want as new_str."
        )
    outcome = _find(file, old, new, disable)
    left_out = None if placeholders.FEATURE in disable else placeholder(old, new)
    if left_out is not None and isinstance(outcome, Hit) and ELISION not in outcome.how:
        outcome = Doubt(
            f"Nothing was changed: `{left_out}` in new_str would replace the code that it stands for. Write "
            "all lines out, or change only the lines that differ",
            *_lines(file, outcome),
        )
    match outcome:
        case Hit():
            return outcome
        case Copies(starts):
            return ambiguous(file, starts)
        case Doubt():
            return doubtful(file, outcome)
        case None:
            return already_there(file, old, new) or nowhere(file, old)


def _find(file: FileView, old: str, new: str, disable: Collection[str]) -> Outcome:
    if max(len(old), len(new)) > MOST_CHARS or max(old.count("\n"), new.count("\n")) > MOST_LINES:
        return find_exactly(file, old, new, disable)
    find = partial(_find_plainly, disable=disable)
    outcome = find(file, old, new)
    if outcome is None:
        outcome = _read_otherwise(file, to_lf(old), to_lf(new), disable)
    if outcome is None and ELISION not in disable:
        outcome = find_elided(file, old, new, find)
    return outcome


def _find_plainly(file: FileView, old: str, new: str, disable: Collection[str]) -> Outcome:
    if not old.strip():
        return None
    outcome = find_exactly(file, old, new, disable)
    return find_leniently(file, old, new, disable) if outcome is None else outcome


def _read_otherwise(file: FileView, old: str, new: str, disable: Collection[str]) -> Outcome:
    """Each reading exactly, then leniently, before the next one."""
    for reading in READINGS:
        if reading.how in disable:
            continue
        texts = list(reading.read(file, old, new))
        for find in (find_exactly, find_leniently):
            outcome = _first(find(file, *given, disable) for given in texts if given[0].strip())
            if isinstance(outcome, Hit):
                return Hit(outcome.places, (reading.how, *outcome.how))
            if outcome is not None:
                return outcome
    return None


def _first(outcomes: Iterable[Outcome]) -> Outcome:
    return next((outcome for outcome in outcomes if outcome is not None), None)


def _lines(file: FileView, hit: Hit) -> tuple[int, int]:
    first, last = hit.places[0], hit.places[-1]
    return file.line_of(first.start) + 1, file.line_of(max(last.start, last.end - 1)) + 1
