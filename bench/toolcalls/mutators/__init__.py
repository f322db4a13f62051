"""Seeded damage. What a reply is expected to hold is fixed before it is damaged; ``MUTATORS`` is the list."""

from __future__ import annotations

from ..values import Mutator
from . import cuts, json_damage, naming, thoughts, token_damage

MUTATORS: tuple[Mutator, ...] = (
    *json_damage.MUTATORS,
    *token_damage.MUTATORS,
    *thoughts.MUTATORS,
    *naming.MUTATORS,
    *cuts.MUTATORS,
)
