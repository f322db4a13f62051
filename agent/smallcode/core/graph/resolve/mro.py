"""The order in which a class and its bases are searched."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def linearised(own: T, orders: Sequence[Sequence[T | None]], bases: Sequence[T]) -> tuple[T | None, ...]:
    """C3, as in The Python 2.3 Method Resolution Order (M. Simionato); ``orders`` are those of the bases.
    None stands for a base that nobody knows. Where there is no such order, depth first."""
    known = [[one for one in order if one is not None] for order in orders]
    merged = _merged([*known, list(bases)])
    if merged is None:
        merged = list(dict.fromkeys(one for order in known for one in order))
    merged = [one for one in merged if one != own]
    unknown = _place_of_unknown(orders, merged)
    return (own, *merged[:unknown], None, *merged[unknown:]) if unknown is not None else (own, *merged)


def _merged(sequences: list[list[T]]) -> list[T] | None:
    found: list[T] = []
    while sequences := [one for one in sequences if one]:
        head = next(
            (one[0] for one in sequences if not any(one[0] in other[1:] for other in sequences)), None
        )
        if head is None:
            return None
        found.append(head)
        sequences = [one[1:] if one[0] == head else one for one in sequences]
    return found


def _place_of_unknown(orders: Sequence[Sequence[T | None]], merged: Sequence[T]) -> int | None:
    """Where the first base that is not known stands: behind all that certainly comes before it."""
    before: set[T] = set()
    for order in orders:
        for one in order:
            if one is None:
                return max((place + 1 for place, other in enumerate(merged) if other in before), default=0)
            before.add(one)
    return None
