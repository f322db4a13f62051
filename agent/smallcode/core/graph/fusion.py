"""One ranking of several."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)

K = 60
"""Cormack, Clarke and Büttcher, Reciprocal Rank Fusion outperforms Condorcet and individual rank learning
methods (SIGIR 2009): their constant."""


def fused(rankings: Sequence[Sequence[T]]) -> list[T]:
    """What stands high in several rankings first; equals in the order in which they were met. Each ranking
    holds a value once."""
    scores: dict[T, float] = {}
    for ranking in rankings:
        for number, value in enumerate(ranking, 1):
            scores[value] = scores.get(value, 0.0) + 1 / (K + number)
    return sorted(scores, key=lambda value: -scores[value])
