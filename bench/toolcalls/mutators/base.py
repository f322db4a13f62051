"""What the mutators share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from typing import Any

from ..json_text import JsonForm
from ..values import Call, Family, Mutated, Mutator, Style

Apply = Callable[[Family, Sequence[Call], Random], Mutated | None]
Applies = Callable[[Family], bool]

# Layouts of JSON that are well-formed; the compact ones come most.
LAYOUTS = (
    JsonForm(),
    JsonForm(),
    JsonForm(),
    JsonForm(tight=True),
    JsonForm(indent=2),
    JsonForm(indent=4),
    JsonForm(ascii=True),
)


def write(family: Family, calls: Sequence[Call], seed: int, **style: Any) -> str:
    """The same seed chooses the same legitimate variants of the family."""
    return family.encode(calls, Style(Random(seed), **style))


def is_json(family: Family) -> bool:
    return family.syntax == "json"


def is_marked(family: Family) -> bool:
    return family.marked


def always(family: Family) -> bool:
    return True


def strings(value: Any) -> Iterator[str]:
    """All strings within the arguments, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)


def contain(calls: Sequence[Call], *texts: str) -> bool:
    return any(text in string for call in calls for string in strings(call.arguments) for text in texts)


def on_text(change: Callable[[Family, str, Sequence[Call], Random], str | None]) -> Apply:
    """A mutator that changes the text of an undamaged reply and leaves its calls as they were."""

    def apply(family: Family, calls: Sequence[Call], chance: Random) -> Mutated | None:
        original = write(family, calls, chance.getrandbits(32), form=chance.choice(LAYOUTS))
        text = change(family, original, calls, chance)
        return None if text is None else Mutated(text, original, tuple(calls))

    return apply


def on_style(**changes: Any) -> Apply:
    """A mutator that writes the same calls with other settings of ``Style``."""

    def apply(family: Family, calls: Sequence[Call], chance: Random) -> Mutated | None:
        seed = chance.getrandbits(32)
        original = write(family, calls, seed)
        return Mutated(write(family, calls, seed, **changes), original, tuple(calls))

    return apply


def mutator(name: str, applies: Applies, apply: Apply, weight: int = 1) -> Mutator:
    return Mutator(name, applies, apply, weight)
