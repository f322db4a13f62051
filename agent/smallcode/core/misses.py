"""How often edits have missed their place since the file was last changed."""

from __future__ import annotations

from dataclasses import dataclass, field

SAME_PLACE_LINES = 10
"""Misses nearer to each other than this mean the same place: the model tries again with more or less text."""


@dataclass(slots=True)
class Misses:
    """Counts for one turn, by path."""

    _lines: dict[str, list[int]] = field(default_factory=dict)

    def note(self, path: str, line: int) -> tuple[int, int]:
        """One more miss, near ``line``, 0 where nothing resembles the text. Returns the misses so far at this
        place and in the file."""
        lines = self._lines.setdefault(path, [])
        lines.append(line)
        here = sum(line > 0 and other > 0 and abs(other - line) <= SAME_PLACE_LINES for other in lines)
        return max(here, 1), len(lines)

    def landed(self, path: str) -> None:
        self._lines.pop(path, None)
