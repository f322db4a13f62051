"""A code graph that somebody else fills: for tests, and for whoever has the facts already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...core.graph.graph import Graph
from ...core.graph.lookup import Lookup
from ...ports.graph import Indexing

READY = Indexing(complete=True)


class MemoryGraph:
    """Implements ports.CodeGraph on a graph as it stands. ``changes`` are the paths that it was told of, ""
    for any."""

    def __init__(self, graph: Graph, indexing: Indexing = READY) -> None:
        self.graph = graph
        self.lookup = Lookup(graph)
        self.indexing = indexing
        self.skipped: Mapping[str, int] = {}
        self.notice = ""
        self.changes: list[str] = []

    async def current(self, patience: float) -> Graph:
        return self.graph

    def touched(self, paths: Iterable[str]) -> None:
        self.changes += paths

    def look_again(self) -> None:
        self.changes.append("")
