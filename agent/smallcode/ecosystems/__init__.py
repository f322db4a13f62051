"""The ecosystems, a file each: how a project is known, and what its manifests say of it.

Pure: who reads the files is ``adapters.project``.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..core.room import Room
from ..core.shorten import shorten_to
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

# Longer ones say little more.
_LONGEST = 120


def render(facts: Sequence[Facts], room: Room) -> str:
    """One line for each ecosystem, as far as there is room; "" where nothing is known."""
    lines = [_line(one) for one in facts[:MOST_PROJECTS]]
    while lines:
        text = "\n".join([HEADING, *(f"- {line}" for line in lines)])
        if room.holds(text):
            return text
        if len(lines) == 1:
            return shorten_to(text, room)
        lines.pop()
    return ""


def _line(facts: Facts) -> str:
    made = ", ".join([facts.runtime or facts.ecosystem, facts.packages, *facts.frameworks])
    told = [
        ("", f"{facts.folder}/: {made}" if facts.folder else made),
        ("Entry: ", ", ".join(facts.entry)),
        ("Build: ", facts.build),
        ("Run: ", facts.run),
        ("Tests: ", facts.tests.command if facts.tests else ""),
    ]
    parts = [f"{name}{' '.join(text.split())[:_LONGEST]}" for name, text in told if text]
    return "; ".join(parts)
