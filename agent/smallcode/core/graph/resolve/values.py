"""What a name can stand for."""

from __future__ import annotations

from typing import Literal, NamedTuple

from ..facts import NOWHERE


class Value(NamedTuple):
    """A definition itself (a function, a class), an ``instance`` of a class, what ``super`` stands for in a
    class, a ``module`` (a file), or a ``package`` (a folder without a file of its own, whose name is then the
    path). ``at`` is the place of the definition in the facts of its file. ``sure`` is how far to trust it,
    between 0 and 1. ``held`` marks a function or a class that a variable or an attribute holds: what a call
    of it calls may be another one by then, but what it makes is of that type."""

    kind: Literal["definition", "instance", "super", "module", "package"]
    path: str
    at: int = NOWHERE
    sure: float = 1.0
    held: bool = False

    def less(self, sure: float) -> Value:
        return self if sure >= 1.0 else self._replace(sure=round(self.sure * sure, 4))


# How far each way of finding out is to be trusted. Lexical scope, imports and inheritance are the language's
# own rules; an assignment is one of several that a run may pass.
INHERITED = 0.98
DECLARED = 0.95
ASSIGNED = 0.9
PAST_UNKNOWN_BASE = 0.8
UNIQUE_NAME = 0.7
