"""The positive cases: every family with every damage that fits it, dealt by a seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import TypeVar

from .encoders import FAMILIES
from .mutators import MUTATORS
from .mutators.base import LAYOUTS, write
from .mutators.thoughts import DECOY
from .samples import KINDS, deal
from .surroundings import prose_before, thoughts
from .tools import offered
from .values import Call, Case, Family, Mutated, Mutator

T = TypeVar("T")

# The share of a family's cases that carry no damage.
UNDAMAGED = 0.3

# The calls as they were dealt, and the reply that came of them.
Made = tuple[Sequence[Call], Mutated]

# How often calls are dealt anew for a mutator that found nothing to damage in them.
TRIES = 25


def cases(seed: int, per_family: int) -> list[Case]:
    """``per_family`` cases of each family, the same for the same seed.

    A family's cases depend on its own name alone, so a new family does not change the others.
    """
    return [
        case
        for family in FAMILIES
        for case in _of_family(family, Random(f"{seed} {family.name}"), per_family)
    ]


def _of_family(family: Family, chance: Random, count: int) -> Iterator[Case]:
    whole = max(1, round(count * UNDAMAGED))
    kinds = _cycle(KINDS, chance)
    for number in range(whole):
        yield _undamaged(family, chance, kinds, number)
    fitting = [one for one in MUTATORS if one.applies(family) for _ in range(one.weight)]
    turns = _cycle(fitting, chance)
    made, misses = whole, 0
    while made < count and misses < 3 * len(fitting):
        mutator = next(turns)
        found = _damaged(family, mutator, chance, kinds)
        if found is None:
            misses += 1
            continue
        yield _case(family, mutator.name, made, found, chance)
        made += 1


def _cycle(items: Sequence[T], chance: Random) -> Iterator[T]:
    """All items in a new order each time round."""
    while True:
        yield from chance.sample(items, k=len(items))


def _undamaged(family: Family, chance: Random, kinds: Iterator[str], number: int) -> Case:
    """Plain, after prose and after thoughts in turns, as far as the family has these."""
    calls = _calls(family, chance, kinds)
    text = write(family, calls, chance.getrandbits(32), form=chance.choice(LAYOUTS))
    ways = [("none", "")]
    if family.prose_before:
        ways.append(("none, after prose", prose_before(chance)))
    if family.think is not None:
        ways.append(("none, after thoughts", thoughts(family, chance)))
    name, before = ways[number % len(ways)]
    mutated = Mutated(before + text, text, tuple(calls))
    return _case(family, name, number, (calls, mutated), chance)


def _damaged(family: Family, mutator: Mutator, chance: Random, kinds: Iterator[str]) -> Made | None:
    for _ in range(TRIES):
        calls = _calls(family, chance, kinds)
        mutated = mutator.apply(family, calls, chance)
        if mutated is not None and mutated.text != mutated.original:
            return calls, mutated
    return None


def _calls(family: Family, chance: Random, kinds: Iterator[str]) -> tuple[Call, ...]:
    """Mostly one call; the kind of arguments goes round so that all of them come."""
    wanted = min(family.most, chance.choices((1, 2, 3), (14, 4, 2))[0])
    found: list[Call] = []
    while len(found) < wanted:
        call = deal(next(kinds), chance)
        if family.accepts(call):
            found.append(call)
    return tuple(found)


def _case(family: Family, corruption: str, number: int, made: Made, chance: Random) -> Case:
    calls, mutated = made
    return Case(
        id=f"{family.name}-{number:03}",
        family=family.name,
        corruption=corruption,
        kind=calls[0].kind if len(calls) == 1 else "several calls",
        text=mutated.text,
        original=mutated.original,
        expected=mutated.expected,
        tools=offered((*(call.name for call in calls), DECOY.name), chance),
        planned=family.planned,
        must_not=mutated.must_not,
        source=family.source,
    )
