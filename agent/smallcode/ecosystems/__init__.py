"""The ecosystems, a file each: how a project is known, and what its manifests say of it.

Pure: who reads the files is ``adapters.project``.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..core.room import Room
from .base import Ecosystem, Facts, Layout, Tests
from .go import GO
from .node import NODE
from .python import PYTHON
from .rust import RUST

__all__ = ["ALL", "FEATURE", "HEADING", "MOST_PROJECTS", "Ecosystem", "Facts", "Layout", "Tests", "render"]

FEATURE = "bootstrap"
"""The name under which it can be switched off that the model is told of the project."""

# A project with a manifest of its own comes before loose files of Python.
ALL: tuple[Ecosystem, ...] = (RUST, GO, NODE, PYTHON)

MOST_PROJECTS = 3

HEADING = "About the project:"

# How much of each project is told, from the most: how many of what follows its name, the most useful first,
# and how long one of them may be, in characters.
_DETAIL = ((4, 100), (3, 100), (2, 100), (1, 100), (1, 30))


def render(facts: Sequence[Facts], room: Room) -> str:
    """One line for each ecosystem, in as much detail as there is room for; "" where nothing is known."""
    for count in range(min(len(facts), MOST_PROJECTS), 0, -1):
        for fields, longest in _DETAIL:
            lines = [_line(one, fields, longest) for one in facts[:count]]
            text = "\n".join([HEADING, *(f"- {line}" for line in lines)])
            if room.holds(text):
                return text
    return ""


def _line(facts: Facts, fields: int, longest: int) -> str:
    made = ", ".join(filter(None, [facts.runtime or facts.ecosystem, facts.packages, *facts.frameworks]))
    details = [
        ("Tests", facts.tests.command if facts.tests else ""),
        ("Run", facts.run),
        ("Build", facts.build),
        ("Entry", ", ".join(facts.entry)),
    ]
    told = [f"{name}: {' '.join(text.split())[:longest]}" for name, text in details[:fields] if text]
    name = f"{facts.folder}/: " if facts.folder else ""
    return "; ".join([f"{name}{' '.join(made.split())[:longest]}", *told])
