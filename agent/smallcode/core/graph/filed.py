"""One file as the graph holds it: what is asked for all the time as it is, the rest packed.

A workspace of 2,800 files has 175,000 calls and 40,000 assignments, which are read when a file is resolved
and seldom else. As objects they would take more memory than all the rest, and the garbage collector would go
through them again and again.
"""

from __future__ import annotations

import marshal
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter

from . import packing
from .facts import NOWHERE, Call, Edge, FileFacts
from .symbols import PossibleCall, Symbol, module_of, symbols_of

_NO_IDS = array("q")


class FiledFile:
    """``used`` are the targets under which the file is filed: those of the edges that were set last. They
    outlive new facts, so that resolving a file again touches only the targets that differ."""

    __slots__ = (
        "_by_source", "_by_target", "_calls", "_rest", "_sources", "_targets",
        "call_count", "error", "language", "module", "symbols", "used",
    )  # fmt: skip

    def __init__(self, facts: FileFacts, used: frozenset[int] = frozenset()) -> None:
        self.language = facts.language
        self.error = facts.error
        self.module: Symbol = module_of(facts)
        self.symbols: tuple[Symbol, ...] = symbols_of(facts)
        self.call_count = len(facts.calls)
        self.used = used
        self._calls = packing.pack(Call, facts.calls)
        self._rest = packing.pack_facts(replace(facts, definitions=(), calls=()))
        self._by_source: tuple[Edge, ...] = ()
        self._by_target: tuple[Edge, ...] = ()
        self._sources = self._targets = _NO_IDS

    @property
    def path(self) -> str:
        return self.module.path

    def facts(self) -> FileFacts:
        """Unpacked, which takes as long as reading a page of the file."""
        return replace(
            packing.unpack_facts(self._rest),
            definitions=tuple([one.definition for one in self.symbols]),
            calls=packing.unpack(Call, self._calls),
        )

    @property
    def edges(self) -> tuple[Edge, ...]:
        return self._by_source

    def set_edges(self, edges: Iterable[Edge]) -> None:
        found = set(edges)
        self._by_source = tuple(sorted(found, key=attrgetter("source", "line", "target", "kind")))
        self._by_target = tuple(sorted(found, key=attrgetter("target", "line", "source", "kind")))
        self._sources = array("q", [edge.source for edge in self._by_source])
        self._targets = array("q", [edge.target for edge in self._by_target])

    def edges_from(self, id: int) -> tuple[Edge, ...]:
        """By line."""
        return self._by_source[bisect_left(self._sources, id) : bisect_right(self._sources, id)]

    def edges_to(self, id: int) -> tuple[Edge, ...]:
        """By line."""
        return self._by_target[bisect_left(self._targets, id) : bisect_right(self._targets, id)]

    def calls_named(self, name: str) -> list[PossibleCall]:
        """By line."""
        rows = marshal.loads(self._calls)
        return [self._possible(Call(*row)) for row in rows if row[0] == name]

    def _possible(self, call: Call) -> PossibleCall:
        source = self.module if call.within == NOWHERE else self.symbols[call.within]
        return PossibleCall(self.path, call.line, call.receiver, source.id)
