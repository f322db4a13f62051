"""Calls and think blocks."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from ..surroundings import THOUGHTS, gap
from ..values import Call, Family, Mutated
from .base import LAYOUTS, contain, mutator, write

DECOY = Call("bash", {"command": "rm -rf build && make all"})


def _begins_inside(family: Family, calls: Sequence[Call], chance: Random) -> Mutated | None:
    """The template opened the block, so the reply has its end alone."""
    opener, closer = _tags(family)
    if contain(calls, opener, closer):
        return None
    original = write(family, calls, chance.getrandbits(32), form=chance.choice(LAYOUTS))
    text = f"{chance.choice(THOUGHTS)}\n{closer}{gap(family, chance)}{original}"
    return Mutated(text, original, tuple(calls))


def _decoy(family: Family, calls: Sequence[Call], chance: Random) -> Mutated | None:
    """A call that the thoughts weigh and reject, then the calls that are meant."""
    opener, closer = _tags(family)
    if contain(calls, opener, closer):
        return None
    seed = chance.getrandbits(32)
    original = write(family, calls, seed)
    decoy = write(family, (DECOY,), seed).strip()
    opening = opener if chance.random() < 0.6 else ""
    text = (
        f"{opening}Should I do this?\n{decoy}\nNo, that would remove too much. {chance.choice(THOUGHTS)}\n"
        f"{closer}{gap(family, chance)}{original}"
    )
    return Mutated(text, original, tuple(calls))


def _last_in_thoughts(family: Family, calls: Sequence[Call], chance: Random) -> Mutated | None:
    """The reply is the block and nothing else, and the call the last of it: the model forgot to close it."""
    opener, closer = _tags(family)
    if contain(calls, opener, closer):
        return None
    original = write(family, calls, chance.getrandbits(32), form=chance.choice(LAYOUTS))
    end = chance.choice(("", "", f"\n{closer}"))
    return Mutated(f"{opener}\n{chance.choice(THOUGHTS)}\n{original}{end}", original, tuple(calls))


def _tags(family: Family) -> tuple[str, str]:
    return family.think or ("<think>", "</think>")


def _thinks(family: Family) -> bool:
    return family.think is not None


def _thinks_marked(family: Family) -> bool:
    return family.think is not None and family.marked


MUTATORS = (
    mutator("begins inside thoughts", _thinks, _begins_inside),
    mutator("decoy in thoughts", _thinks, _decoy),
    mutator("last in thoughts", _thinks_marked, _last_in_thoughts),
)
