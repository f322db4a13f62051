"""How far a tool is trusted in a session, by how often it failed in a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

DEMOTED_AT, DROPPED_AT = 3, 5
"""Failures in a row."""

Standing = Literal["trusted", "demoted", "dropped"]


@dataclass(slots=True)
class Trust:
    """The failures in a row of each tool, for one session. A success restores a tool.

    ``unlisted`` are those that the list of tools leaves out. It changes at a declared break of the prompt
    alone, since another list is another prompt from its beginning.
    """

    unlisted: frozenset[str] = frozenset()
    _failures: dict[str, int] = field(default_factory=dict)

    def note(self, tool: str, *, ok: bool) -> int:
        """One more call of a tool; returns its failures in a row."""
        self._failures[tool] = 0 if ok else self._failures.get(tool, 0) + 1
        return self._failures[tool]

    def standing(self, tool: str) -> Standing:
        failures = self._failures.get(tool, 0)
        return "trusted" if failures < DEMOTED_AT else "demoted" if failures < DROPPED_AT else "dropped"

    def at_break(self) -> None:
        """The prompt breaks here: what is dropped leaves the list, what was restored comes back."""
        failed = {tool for tool, failures in self._failures.items() if failures}
        dropped = {tool for tool in failed if self.standing(tool) == "dropped"}
        self.unlisted = frozenset(dropped | (self.unlisted & failed))

    def begin_turn(self) -> None:
        """A new request is a new chance: a tool that was dropped may be tried once, and is dropped again
        where that fails. Without it no success could restore it."""
        for tool, failures in self._failures.items():
            self._failures[tool] = min(failures, DROPPED_AT - 1)
