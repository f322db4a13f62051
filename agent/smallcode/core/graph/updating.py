"""Keeping the edges of a graph in step with the facts of its files."""

from __future__ import annotations

from collections.abc import Iterable

from . import packing
from .facts import Edge, FileFacts
from .graph import Graph
from .packing import PackedFacts
from .resolving import Resolver


class Updater:
    """Changes of files go in here, and come out as the files that are to be resolved again; ``step`` resolves
    one of them. When none is left the graph is what a new one of the same files would be.

    The work is in pieces of a millisecond, so that an event loop can do them between other things.
    """

    def __init__(self, graph: Graph, resolver: Resolver) -> None:
        self.graph = graph
        self._resolver = resolver
        # A dictionary, for its order: what became stale first is resolved first.
        self._stale: dict[str, None] = {}
        self._filling = False

    def fill(self) -> None:
        """From now until ``filled`` so many files come that asking for each whom it affects is of no use."""
        self._filling = True

    def filled(self) -> None:
        """All files are to be resolved, those that became stale before first."""
        self._filling = False
        self._stale |= dict.fromkeys(self.graph.paths())

    def load(self, packed: PackedFacts) -> None:
        """A file as it was kept. Raises packing.Damaged."""
        self.graph.put_packed(packed)
        self._stale[packed.path] = None

    def load_edges(self, path: str, edges: Iterable[Edge]) -> None:
        """What was kept of its edges, once all files are loaded; where it does not fit how symbols are told
        apart, the file stays one to resolve."""
        try:
            self.graph.set_edges(path, edges)
        except ValueError:
            return
        self._stale.pop(path, None)

    def put_packed(self, packed: PackedFacts) -> None:
        """A file whose facts come from another process. Raises packing.Damaged."""
        if self._filling:
            self.graph.put_packed(packed)
            self._stale[packed.path] = None
        else:
            self.put(packing.unpack_facts(packed))

    def put(self, facts: FileFacts) -> bool:
        """A file that is new or other than before; False where it says the same as it did."""
        graph, path = self.graph, facts.path
        old = graph.facts(path)
        if old == facts:
            return False
        graph.put(facts)
        self._stale[path] = None
        self._spread(old, facts)
        return True

    def remove(self, path: str) -> bool:
        """A file that is gone; False where it was not known."""
        old = self.graph.facts(path)
        if old is None:
            return False
        self.graph.remove(path)
        self._spread(old, None)
        self._stale.pop(path, None)
        return True

    @property
    def stale(self) -> int:
        """How many files are to be resolved."""
        return len(self._stale)

    def stale_paths(self) -> tuple[str, ...]:
        return tuple(self._stale)

    def step(self) -> str | None:
        """Resolve one file and name it; None where all are resolved."""
        while self._stale:
            path = next(iter(self._stale))
            del self._stale[path]
            if path in self.graph:
                self.graph.set_edges(path, self._resolver.resolve(self.graph, path))
                return path
        return None

    def settle(self) -> None:
        """Resolve all."""
        while self.step() is not None:
            pass

    def _spread(self, old: FileFacts | None, new: FileFacts | None) -> None:
        if not self._filling:
            self._stale |= dict.fromkeys(sorted(self._resolver.affected(self.graph, old, new)))
