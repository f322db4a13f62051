"""One file as the graph holds it: what is asked for all the time as it is, the rest packed.

A workspace of 2,800 files has 175,000 calls and 40,000 assignments, which are read when a file is resolved
and seldom else. As objects they would take more memory than all the rest, and the garbage collector would go
through them again and again.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from operator import attrgetter

from . import packing
from .facts import NOWHERE, Call, Definition, Edge, FileFacts
from .packing import PackedFacts
from .symbols import PossibleCall, Symbol, module_of, symbols_of

_NO_IDS = array("q")
_NO_ROWS = packing.pack(Call, ())


class FiledFile:
    """``used`` are the targets under which the file is filed, ``called`` the names of calls that no edge
    accounts for: as it was when edges were set last. They outlive new facts, so that resolving a file again
    touches only what differs."""

    __slots__ = (
        "_by_source", "_by_target", "_sources", "_targets", "_unaccounted",
        "called", "module", "packed", "symbols", "used",
    )  # fmt: skip

    def __init__(self, packed: PackedFacts, before: FiledFile | None = None) -> None:
        """``before`` is the same file with other facts. Raises packing.Damaged."""
        definitions = packing.unpack(Definition, packed.definitions)
        self.module: Symbol = module_of(packed.path, definitions)
        self.symbols: tuple[Symbol, ...] = symbols_of(packed.path, definitions)
        self.packed = packed
        self.used: frozenset[int] = before.used if before else frozenset()
        self.called: frozenset[str] = before.called if before else frozenset()
        self._unaccounted = _NO_ROWS
        self._by_source: tuple[Edge, ...] = ()
        self._by_target: tuple[Edge, ...] = ()
        self._sources = self._targets = _NO_IDS

    @property
    def path(self) -> str:
        return self.packed.path

    def facts(self) -> FileFacts:
        """Unpacked, which takes as long as reading a page of the file."""
        return packing.unpack_facts(self.packed, tuple([one.definition for one in self.symbols]))

    @property
    def edges(self) -> tuple[Edge, ...]:
        return self._by_source

    def set_edges(self, edges: Iterable[Edge], accounted: Collection[tuple[int, str]]) -> None:
        """``accounted`` are lines with the names by which the edges' targets are called there."""
        found = set(edges)
        self._by_source = tuple(sorted(found, key=attrgetter("source", "line", "target", "kind")))
        self._by_target = tuple(sorted(found, key=attrgetter("target", "line", "source", "kind")))
        self._sources = array("q", [edge.source for edge in self._by_source])
        self._targets = array("q", [edge.target for edge in self._by_target])
        self.used = frozenset(self._targets)
        calls = packing.unpack(Call, self.packed.calls)
        left = [call for call in calls if (call.line, call.name) not in accounted]
        self.called = frozenset(call.name for call in left)
        self._unaccounted = packing.pack(Call, left)

    def edges_from(self, id: int) -> tuple[Edge, ...]:
        """By line."""
        return self._by_source[bisect_left(self._sources, id) : bisect_right(self._sources, id)]

    def edges_to(self, id: int) -> tuple[Edge, ...]:
        """By line."""
        return self._by_target[bisect_left(self._targets, id) : bisect_right(self._targets, id)]

    def possible_calls(self, name: str) -> list[PossibleCall]:
        """Calls of that name that no edge accounts for, by line."""
        return [self._possible(call) for call in packing.unpack_named(Call, self._unaccounted, name)]

    def _possible(self, call: Call) -> PossibleCall:
        source = self.module if call.within == NOWHERE else self.symbols[call.within]
        return PossibleCall(self.path, call.line, call.receiver, source.id)
