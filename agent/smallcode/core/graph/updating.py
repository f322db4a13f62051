"""Keeping the edges of a graph in step with the facts of its files."""

from __future__ import annotations

from collections.abc import Iterable

from .facts import Edge, FileFacts
from .graph import Graph
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

    def load(self, facts: FileFacts, edges: Iterable[Edge] | None) -> None:
        """A file as it was kept; edges that are None, or begin elsewhere, are to be resolved."""
        self.graph.put(facts)
        self._stale.pop(facts.path, None)
        try:
            if edges is not None:
                self.graph.set_edges(facts.path, edges)
                return
        except ValueError:
            # What was kept fits no longer to how symbols are told apart.
            pass
        self._stale[facts.path] = None

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
