"""Writing the graph to its store: in batches, in a thread, and never what is not so."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from ...core.graph.facts import Edge
from ...core.graph.filed import FiledFile
from ...core.graph.updating import Updater
from .store import Batch, Stamp, Store, Stored

BATCH = 100
"""Files that are written in one transaction."""


@dataclass(frozen=True, slots=True)
class _Planned:
    """A batch, before it is in another thread."""

    files: list[tuple[Stamp, FiledFile, tuple[Edge, ...] | None]] = field(default_factory=list)
    edges: dict[str, tuple[Edge, ...] | None] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)


class Keeper:
    """``stamps`` tell which state of each file on the disk the graph holds; ``unsaved`` are files whose text
    in an editor is another than the disk's.

    What is kept is always about the disk: of an unsaved file nothing is, and while there is one no edge is
    kept that was resolved meanwhile, since it may be one to the unsaved text. Every transaction leaves a true
    store: the edges of a file that waits to be resolved are taken out with the change that made it wait.
    """

    def __init__(self, updater: Updater, store: Store) -> None:
        self.stamps: dict[str, Stamp] = {}
        self.unsaved: set[str] = set()
        self._updater = updater
        self._store = store
        self._files: set[str] = set()
        self._edges: set[str] = set()
        self._gone: set[str] = set()
        self._without: set[str] = set()
        self._writing = asyncio.Lock()

    def loaded(self, path: str, stamp: Stamp, *, with_edges: bool) -> None:
        self.stamps[path] = stamp
        if not with_edges:
            self._without.add(path)

    def took(self, path: str, stamp: Stamp) -> None:
        """The graph holds the file as it is on the disk."""
        self.unsaved.discard(path)
        self.stamps[path] = stamp
        self._files.add(path)
        self._gone.discard(path)

    def lost(self, path: str) -> None:
        """There is no such file on the disk, or the graph holds another text of it."""
        self.stamps.pop(path, None)
        self._files.discard(path)
        self._gone.add(path)

    def edited(self, path: str) -> None:
        """The graph now holds a text of the file that is not the disk's. What is kept of the disk's stays,
        unless it was still to be written: it is no longer at hand."""
        self.unsaved.add(path)
        if path in self._files:
            self.lost(path)

    def resolved(self, path: str) -> None:
        self._edges.add(path)

    @property
    def waiting(self) -> bool:
        """Whether there is something to write now."""
        stale = set(self._updater.stale_paths())
        return bool(self._files or self._gone or self._ripe(stale) or self._untrue(stale))

    async def flush(self) -> bool:
        """Write what is waiting; whether all of it is kept, or another process's to keep."""
        async with self._writing:
            if self._store.anew:
                self._store.anew = False
                self._begin_anew()
            while self.waiting:
                planned = self._plan()
                if not await asyncio.to_thread(self._write, planned):
                    self._take_back(planned)
                    return False
            return True

    def _begin_anew(self) -> None:
        self._files = set(self.stamps)
        self._edges = set()
        self._gone = set()
        self._without = set()

    def _plan(self) -> _Planned:
        graph = self._updater.graph
        stale = set(self._updater.stale_paths())
        planned = _Planned(gone=sorted(self._gone))
        self._forget(planned.gone)
        for path in sorted(self._files)[:BATCH]:
            self._files.discard(path)
            file = graph.filed(path)
            if file is not None:
                planned.files.append((self.stamps[path], file, self._edges_of(path, stale)))
        # What is no longer true is taken out at once, in the same transaction.
        untrue = self._untrue(stale)
        planned.edges.update(dict.fromkeys(sorted(untrue), None))
        self._without |= untrue
        for path in sorted(self._ripe(stale))[: BATCH * 10]:
            self._edges.discard(path)
            if path in self.stamps:
                planned.edges[path] = self._edges_of(path, stale)
        return planned

    def _untrue(self, stale: set[str]) -> set[str]:
        """Files whose edges in the store may be others by now."""
        return {path for path in stale | self._edges if path in self.stamps and path not in self._without}

    def _ripe(self, stale: set[str]) -> set[str]:
        """Files whose edges alone can be written."""
        return set() if self.unsaved else self._edges - stale - self._files

    def _edges_of(self, path: str, stale: set[str]) -> tuple[Edge, ...] | None:
        if self.unsaved or path in stale:
            self._without.add(path)
            return None
        self._edges.discard(path)
        self._without.discard(path)
        return self._updater.graph.edges(path)

    def _forget(self, gone: Iterable[str]) -> None:
        for path in gone:
            self._edges.discard(path)
            self._without.discard(path)
        self._gone.clear()

    def _write(self, planned: _Planned) -> bool:
        stored = [Stored(stamp, file.packed, edges) for stamp, file, edges in planned.files]
        return self._store.write(Batch(stored, planned.edges, planned.gone))

    def _take_back(self, planned: _Planned) -> None:
        self._gone |= {path for path in planned.gone if path not in self.stamps}
        written = {file.path for _, file, _ in planned.files}
        self._files |= {path for path in written if path in self.stamps}
        self._edges |= set(planned.edges)
        self._without -= written | set(planned.edges)
