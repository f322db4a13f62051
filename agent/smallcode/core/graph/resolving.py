"""What the graph asks of a resolver, and the smallest one: names of the same file."""

from __future__ import annotations

from typing import Protocol

from .facts import NOWHERE, Edge, FileFacts, symbol_id
from .graph import Graph


class Resolver(Protocol):
    """From facts to edges. Pure: the same facts in the graph give the same edges, whatever came before."""

    def resolve(self, graph: Graph, path: str) -> tuple[Edge, ...]:
        """The edges that begin in the file, as the graph stands; edges already in it are not looked at."""
        ...

    def affected(self, graph: Graph, old: FileFacts | None, new: FileFacts | None) -> set[str]:
        """The files, beside the changed one, whose edges may be others now. The graph holds ``new`` already;
        ``old`` is None for a file that is new, ``new`` for one that is gone."""
        ...


class SameFile:
    """Calls of bare names that their own file defines once, at its top."""

    def resolve(self, graph: Graph, path: str) -> tuple[Edge, ...]:
        facts = graph.facts(path)
        if facts is None:
            return ()
        symbols = graph.in_file(path)
        top: dict[str, list[int]] = {}
        for symbol in symbols:
            if symbol.definition.parent == NOWHERE:
                top.setdefault(symbol.name, []).append(symbol.id)
        edges = []
        for call in facts.calls:
            targets = top.get(call.name, [])
            if call.receiver or len(targets) != 1:
                continue
            source = symbol_id(path, "") if call.within == NOWHERE else symbols[call.within].id
            edges.append(Edge(source, targets[0], "calls", 0.9, call.line))
        return tuple(edges)

    def affected(self, graph: Graph, old: FileFacts | None, new: FileFacts | None) -> set[str]:
        return set()
