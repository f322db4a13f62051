"""The place in a file that a text which does not occur in it was probably copied from.

Two questions, the cheap one first: at which offset do most lines agree but for white space, rare lines
counting more than common ones; and where none does, which single line shares most words. The work is bounded
by the constants below, whatever the sizes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from .fold import squeeze

# Bounds of the search: lines of the file, lines of the text sought, characters of a line.
MOST_FILE_LINES = 20_000
MOST_SOUGHT_LINES = 200
MOST_LINE_CHARS = 300

# A line that occurs more often says nothing about the place.
COMMON = 20

# Lines with fewer letters and digits, such as a lone brace, do not vote.
FEWEST_WORD_CHARS = 3

# Share of words in common below which two lines do not resemble each other.
LEAST_OVERLAP = 0.5

# Words of the line sought that are counted, those of them that are followed up, occurrences of each.
MOST_WORDS = 20
RARE_WORDS = 3
MOST_CANDIDATES = 200

# What is shown: enough to copy a region from, little enough for a small window.
MOST_SHOWN_LINES = 25
MOST_SHOWN_CHARS = 2400
CONTEXT_LINES = 2

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_a-zA-Z]+")
_WORD_CHAR = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Region:
    """``text`` is lines ``first`` to ``last`` verbatim, counted from 1.

    ``differing`` is the number of the first line that differs: ``found`` in the file, ``wanted`` in the text
    sought. It is None where all lines that were compared agree, and ``found`` is None beyond the file's ends.
    ``whole`` is False where a line was too long to be shown in full.
    """

    first: int
    last: int
    text: str
    differing: int | None
    found: str | None
    wanted: str
    whole: bool


def nearest_region(lines: Sequence[str], keys: Sequence[str], sought: str) -> Region | None:
    """The region of a file that resembles ``sought`` most, or None.

    ``lines`` are the file's, without their ends, and ``keys`` the same squeezed (``fold.squeeze``).
    """
    lines, keys = lines[:MOST_FILE_LINES], keys[:MOST_FILE_LINES]
    wanted = sought.strip("\n").split("\n", MOST_SOUGHT_LINES)[:MOST_SOUGHT_LINES]
    start = _by_equal_lines(keys, [squeeze(line[:MOST_LINE_CHARS]) for line in wanted])
    if start is None:
        start = _by_words(lines, wanted)
    if start is None:
        return None
    return _region(lines, wanted, start)


def _by_equal_lines(keys: Sequence[str], wanted: Sequence[str]) -> int | None:
    sought = {key for key in wanted if len(_WORD_CHAR.findall(key)) >= FEWEST_WORD_CHARS}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        if key in sought:
            places[key].append(index)
    votes: defaultdict[int, float] = defaultdict(float)
    for index, key in enumerate(wanted):
        if key in places and len(places[key]) <= COMMON:
            for place in places[key]:
                votes[place - index] += 1 / len(places[key])
    if not votes:
        return None
    # Among equals the one that the earliest line voted for: it is where reading would begin.
    return max(votes, key=lambda start: votes[start])


def _by_words(lines: Sequence[str], wanted: Sequence[str]) -> int | None:
    """By the line that shares most words with the longest of the lines sought."""
    longest = max(range(len(wanted)), key=lambda index: len(wanted[index]))
    sought = wanted[longest][:MOST_LINE_CHARS]
    words = _words(sought)
    best, best_overlap = None, 0.0
    for index in _lines_with_rare_words(lines, sought):
        other = _words(lines[index][:MOST_LINE_CHARS])
        overlap = 2 * len(words & other) / (len(words) + len(other))
        if overlap > best_overlap:
            best, best_overlap = index - longest, overlap
    return best if best_overlap >= LEAST_OVERLAP else None


def _lines_with_rare_words(lines: Sequence[str], sought: str) -> list[int]:
    """Lines with one of the words of ``sought`` that are rarest in the file, ascending."""
    text = "\n".join(lines)
    starts = [before + index for index, before in enumerate(accumulate(map(len, lines), initial=0))]
    words = sorted(set(_WORD.findall(sought)), key=lambda word: (-len(word), word))[:MOST_WORDS]
    counts = sorted((text.count(word), word) for word in words)
    found: set[int] = set()
    for _, word in [pair for pair in counts if pair[0]][:RARE_WORDS]:
        at = -1
        for _ in range(MOST_CANDIDATES):
            at = text.find(word, at + 1)
            if at < 0:
                break
            found.add(bisect_right(starts, at) - 1)
    return sorted(found)


def _words(key: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(key)}


def _region(lines: Sequence[str], wanted: Sequence[str], start: int) -> Region:
    """Cut out the lines around the first difference."""
    pairs = [
        (lines[at] if 0 <= at < len(lines) else None, line) for at, line in enumerate(wanted, start=start)
    ]
    differing = next((index for index, (found, line) in enumerate(pairs) if found != line), None)
    end = len(lines) - 1 if len(lines) > 1 and not lines[-1] else len(lines)
    first = min(max(0, start - CONTEXT_LINES), end - 1)
    last = min(end, max(start, 0) + len(wanted) + CONTEXT_LINES)
    if last - first > MOST_SHOWN_LINES:
        first = max(first, min(start + (differing or 0) - CONTEXT_LINES, last - MOST_SHOWN_LINES))
        last = first + MOST_SHOWN_LINES
    shown, whole = _fit(lines[first:last])
    found, line = pairs[differing or 0]
    number = None if differing is None else start + differing + 1
    return Region(first + 1, first + len(shown), "\n".join(shown), number, found, line, whole)


def _fit(lines: Sequence[str]) -> tuple[list[str], bool]:
    """As many lines as may be shown, at least one; whether the last is whole."""
    shown: list[str] = []
    room = MOST_SHOWN_CHARS
    for line in lines:
        room -= len(line) + 1
        if room < 0 and shown:
            break
        shown.append(line[:MOST_SHOWN_CHARS])
    return shown, len(shown[-1]) == len(lines[len(shown) - 1])
