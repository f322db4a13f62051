"""What a patch comes to: for those who ask for one, and between the parts of the engine."""

from __future__ import annotations

from dataclasses import dataclass

from ...messages import TextEdit


@dataclass(frozen=True, slots=True)
class Patched:
    """``edits`` are the minimal ranges that lead to ``text``; ``how`` names the tiers that matched."""

    text: str
    edits: tuple[TextEdit, ...]
    how: str


@dataclass(frozen=True, slots=True)
class Miss:
    """Nothing was changed. ``reason`` is for the model and says what to do next.

    ``nearest`` is the most similar region, verbatim but for line ends, "" where there is none; it begins at
    line ``nearest_at``, from 1. ``ambiguous_at`` are the lines, from 1, at which the copies begin.
    ``already`` is set where the new text stands in the file and the old one does not: no failure, there is
    nothing left to do.
    """

    reason: str
    nearest: str = ""
    nearest_at: int = 0
    ambiguous_at: tuple[int, ...] = ()
    already: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """``plain[start:end]`` of the file is what the old text means, ``new`` what should stand there."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Hit:
    """The places of one old text, ascending: one, or several where it has elisions."""

    places: tuple[Place, ...]
    how: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Copies:
    """The old text may mean any of the places that begin at these offsets of ``plain``."""

    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """The place is known, but what should become of it is not. ``first`` and ``last`` are its lines, from 1.

    ``already`` is set where the place is as the new text wants it.
    """

    reason: str
    first: int
    last: int
    already: bool = False


Outcome = Hit | Copies | Doubt | None
