"""What connects the code of a workspace: definitions and who uses them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from ..core.graph.graph import Graph
from ..core.graph.lookup import Lookup


@dataclass(frozen=True, slots=True)
class Indexing:
    """How far the reading of many files has come: ``done`` of ``total`` files. ``complete`` once every file
    has been read and its edges are resolved; until then the graph answers with what it has."""

    done: int = 0
    total: int = 0
    complete: bool = False


class CodeGraph(Protocol):
    """The code graph of a workspace, kept in step with its files and with what is open in an editor."""

    @property
    def graph(self) -> Graph:
        """As it stands. To be read on the event loop, without waiting in between."""
        ...

    @property
    def lookup(self) -> Lookup:
        """What answers questions to ``graph``; to be read as that is."""
        ...

    @property
    def indexing(self) -> Indexing: ...

    @property
    def skipped(self) -> Mapping[str, int]:
        """How many files were left out, by the reason. Counted now."""
        ...

    @property
    def notice(self) -> str:
        """What the user should know, such as that nothing is kept on the disk; "" for nothing."""
        ...

    async def current(self, patience: float) -> Graph:
        """The graph with all changes until now in it, as far as ``patience`` seconds are enough; begins to
        make it where nobody has yet. Never raises."""
        ...

    def touched(self, paths: Iterable[str]) -> None:
        """These files or folders were changed on the disk, made, removed or moved."""
        ...

    def look_again(self) -> None:
        """Any file may be other than before, as after a shell command; it is looked at before the next
        answer."""
        ...
