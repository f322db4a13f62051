"""What a mutation makes of an edit: a call, and what it has to come to."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from .edits import Edit

Wanted = Literal["apply", "refuse", "already"]


@dataclass(frozen=True)
class Call:
    """``text`` is the file and ``expected`` the file afterwards; the same where nothing may be changed."""

    text: str
    old: str
    new: str
    expected: str
    wanted: Wanted = "apply"


class Mutate(Protocol):
    """Makes a call of an edit, or None where the edit has nothing to be changed in that way."""

    __name__: str

    def __call__(self, edit: Edit, rng: random.Random, /) -> Call | None: ...


@dataclass(frozen=True)
class Kind:
    """A class of calls. ``floor`` is the least share of correct ones; 0 where only safety is asked for."""

    name: str
    mutate: Mutate
    floor: float = 0.95


def kinds(*mutations: Mutate, floor: float = 0.95) -> tuple[Kind, ...]:
    """Each under its function's name."""
    return tuple(Kind(mutate.__name__.replace("_", " "), mutate, floor) for mutate in mutations)


def applied(edit: Edit, old: str, new: str) -> Call:
    """The file is as it was, and only the call is another one."""
    return Call(edit.text, old, new, edit.expected)


def refused(text: str, old: str, new: str) -> Call:
    return Call(text, old, new, text, "refuse")


def by_line(text: str, change: Callable[[str], str]) -> str:
    """``change`` done to every line that is not blank."""
    return "\n".join(change(line) if line.strip() else line for line in text.split("\n"))
