"""What the graph asks of a resolver."""

from __future__ import annotations

from typing import Protocol

from .facts import Edge, FileFacts
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
