"""What a reminder is: a few words at the very end of a request, for a model that loses sight of things.

They stand in the newest message of each request and in no transcript, because they are others the next time:
whatever changes in front of it makes a server read the prompt anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..budget import Budget, unasked
from ..file_list import FilesOfTurn
from ..plan import Plan


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the turn stands. ``plan_wanted``: the model is to write a plan with its next reply."""

    files: FilesOfTurn = field(default_factory=FilesOfTurn)
    plan: Plan | None = None
    plan_wanted: bool = False
    budget: Budget = field(default_factory=unasked)


@dataclass(frozen=True, slots=True)
class Reminder:
    """``feature`` is the name under which it can be switched off; ``text`` gives "" where it is not due, and
    keeps a cap of its own."""

    feature: str
    text: Callable[[Standing], str]
