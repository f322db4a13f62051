"""How long a text may be that goes into the prompt."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .tokens import BYTES_PER_TOKEN, utf8_size

Measure = Callable[[str], int]
"""Tokens of a text."""


def by_size(text: str) -> int:
    """An estimate where no vocabulary is at hand; too low for digits and random letters."""
    return math.ceil(utf8_size(text) / BYTES_PER_TOKEN)


@dataclass(frozen=True, slots=True)
class Room:
    """At most ``tokens`` by ``measure``, and at most ``chars`` characters (a setting of the user)."""

    tokens: int
    chars: int
    measure: Measure = by_size

    def holds(self, text: str) -> bool:
        if len(text) > self.chars:
            return False
        # No vocabulary has more tokens than bytes: a short text need not be counted.
        return utf8_size(text) <= self.tokens or self.measure(text) <= self.tokens

    def first_that_fits(self, candidates: Iterable[str]) -> str:
        """The first of the texts that there is room for, "" where there is for none."""
        return next((text for text in candidates if self.holds(text)), "")

    def beside(self, text: str) -> Room:
        """What is left where ``text`` stands there too."""
        tokens = max(self.tokens - self.measure(text), 0)
        return Room(tokens, max(self.chars - len(text), 0), self.measure)

    def part(self, share: float) -> Room:
        return Room(int(self.tokens * share), int(self.chars * share), self.measure)
