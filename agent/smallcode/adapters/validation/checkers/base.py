"""What a checker is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from ....messages import Problem
from ..programs import Programs
from ..source import Source

Verdict = Sequence[Problem] | None
"""The errors of a file, none for a good one; None where the checker cannot tell: its program is not
installed, it failed, or the file is in a dialect that it does not know."""


@dataclass(frozen=True, slots=True)
class Checker:
    """Judges texts of ``languages``, as they stand in the buffer, without running or loading any code of the
    project. Its word goes before the grammar's. ``name`` is the problems' source."""

    name: str
    languages: tuple[str, ...]
    check: Callable[[Source, Programs], Awaitable[Verdict]]
