"""Arguments as a coding agent's calls have them, by what they exercise; and those of generic tools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from ..values import Call
from .edits import EDITS
from .files import FILES
from .generic import GENERIC
from .shell import SHELL

# Kinds of small arguments come often, whole files seldom: as in real sessions, and it keeps the corpus small.
_POOLS: Mapping[str, Sequence[Call]] = {
    kind: [call for call in (*SHELL, *EDITS, *FILES, *GENERIC) if call.kind == kind]
    for kind in dict.fromkeys(call.kind for call in (*SHELL, *EDITS, *FILES, *GENERIC))
}
KINDS = tuple(_POOLS)


def deal(kind: str, chance: Random) -> Call:
    return chance.choice(_POOLS[kind])


def every_call() -> list[Call]:
    return [call for pool in _POOLS.values() for call in pool]
