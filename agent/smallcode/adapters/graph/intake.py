"""What the graph is told: files of the disk and buffers, in pieces that leave the event loop free."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ...core.graph.facts import Edge, FileFacts
from ...core.graph.fast import fast_definitions
from ...core.graph.packing import Damaged, unpack_facts
from ...core.graph.updating import Updater
from ...languages import language_of
from . import files
from .buffers import Buffers
from .keeping import Keeper
from .reading import Readers, Taken
from .store import Stamp, Store
from .worker import DEADLY, GIVEN_UP, SLOW

MANY = 200
"""Changed files from which on all edges are resolved anew."""

PROCESSES_FROM = 20
"""Changed files from which on processes read them: those need a second to start, and survive any grammar."""

SLICE = 0.004
"""Seconds of work on the event loop until others have their turn."""

_SLICES_TO_FREEZE = 10
"""Only much work at a time has so many; a change of a file has one or two."""

_AT_ONCE = 50
"""Files that a thread reads or unpacks at a time."""


@dataclass(frozen=True, slots=True)
class Tools:
    """``few`` reads the files that changed, ``many`` those of a first start. Surveys of the whole folder, for
    files of which nothing is known, are ``apart`` times as far apart as one takes."""

    store: Store
    few: Readers
    many: Readers
    apart: float


class Intake:
    """One of ``load``, ``synchronise`` and ``read_touched`` runs at a time; ``read_buffer`` beside them."""

    def __init__(self, root: Path, updater: Updater, keeper: Keeper, buffers: Buffers, tools: Tools) -> None:
        self.skipped: Mapping[str, int] = {}
        self.searchable = asyncio.Event()
        self._root = root
        self._updater = updater
        self._graph = updater.graph
        self._keeper = keeper
        self._buffers = buffers
        self._tools = tools
        # Files of which only the words of definitions are known so far.
        self._sketched: set[str] = set()
        # Files that are open but do not belong to the project.
        self._foreign: set[str] = set()
        self._next_survey = 0.0
        self._slice_began = 0.0
        self._slices = 0

    async def load(self) -> None:
        """What the store holds."""
        kept = self._tools.store.load()
        edges: dict[str, tuple[Edge, ...]] = {}
        while some := await asyncio.to_thread(lambda: list(islice(kept, _AT_ONCE))):
            for one in some:
                path = one.facts.path
                self._keeper.loaded(path, one.stamp, with_edges=one.edges is not None)
                if path in self._buffers and path in self._graph:
                    continue
                with contextlib.suppress(Damaged):
                    self._updater.load(one.facts)
                    edges |= {} if one.edges is None else {path: one.edges}
                await self._breathe()
        if self._graph.paths():
            self.searchable.set()
        for path, known in edges.items():
            if path not in self._buffers:
                self._updater.load_edges(path, known)
                await self._breathe()
        await self._settle()

    async def synchronise(self, report: Callable[[int, int], None]) -> None:
        """Take in what is other on the disk than the graph says. Raises OSError where the folder cannot be
        read."""
        began = time.monotonic()
        survey = await asyncio.to_thread(files.survey, self._root)
        self._next_survey = time.monotonic() + self._tools.apart * (time.monotonic() - began)
        self.skipped = survey.skipped
        self._foreign.clear()
        stamps, unsaved = self._keeper.stamps, self._keeper.unsaved
        for path in [path for path in stamps if path not in survey.files]:
            self._accept(Taken(path))
            await self._breathe()
        await self._take(
            [
                path
                for path, seen in survey.files.items()
                if path in unsaved or path not in stamps or not _same_time(stamps[path], seen)
            ],
            report,
        )

    async def read_touched(self, paths: Iterable[str], report: Callable[[int, int], None]) -> None:
        """Files, or folders, to which something happened on the disk."""
        known: dict[str, None] = {}
        unknown = False
        for path in paths:
            if path in self._keeper.stamps or path in self._graph:
                known[path] = None
                continue
            inside = list(files.below(path, self._keeper.stamps))
            known |= dict.fromkeys(inside)
            unknown = unknown or not inside
        await self._take(list(known), report)
        if unknown:
            await asyncio.sleep(max(0.0, self._next_survey - time.monotonic()))
            await self.synchronise(report)

    async def read_buffer(self, path: str) -> None:
        known = self._graph.filed(path)
        if (known and known.packed.error.startswith((DEADLY, SLOW))) or not await self._belongs(path):
            return
        facts = await self._buffers.read(path)
        if facts is not None:
            self._sketched.discard(path)
            if self._updater.put(facts):
                self._keeper.edited(path)

    async def resolve(self) -> None:
        """Until no file is stale."""
        while (path := self._updater.step()) is not None:
            self._keeper.resolved(path)
            await self._breathe()

    async def _belongs(self, path: str) -> bool:
        """A file that is open but that git ignores is none of the project's."""
        if path in self._graph or path in self._keeper.stamps:
            return True
        if path in self._foreign:
            return False
        if await asyncio.to_thread(files.stamp_of, self._root, path) is None:
            return True
        if not await asyncio.to_thread(files.listed, self._root, path):
            self._foreign.add(path)
        return path not in self._foreign

    async def _take(self, paths: Sequence[str], report: Callable[[int, int], None]) -> None:
        readers = self._tools.few if len(paths) < PROCESSES_FROM else self._tools.many
        if len(paths) < MANY:
            return await self._read(paths, readers, report)
        self._updater.fill()
        try:
            await self._sketch([path for path in paths if path not in self._graph])
            self.searchable.set()
            await self._read(paths, readers, report)
        finally:
            self._updater.filled()
        await self._settle()
        return None

    async def _read(self, paths: Sequence[str], readers: Readers, report: Callable[[int, int], None]) -> None:
        stamps, unsaved = self._keeper.stamps, self._keeper.unsaved
        known = {path: stamps[path].digest if path in stamps else b"" for path in paths}
        known |= {path: b"" for path in known if path in unsaved}
        async with aclosing(readers.read(self._root, known)) as reading:
            done = 0
            async for taken in reading:
                self._accept(taken)
                done += 1
                report(done, len(paths))
                await self._breathe()

    def _accept(self, taken: Taken) -> None:
        """A buffer wins over the disk: then only what is kept of the file changes."""
        path, keeper = taken.path, self._keeper
        in_editor = path in self._buffers and path in self._graph and path not in self._sketched
        if taken.stamp is None:
            keeper.lost(path)
            if in_editor:
                keeper.unsaved.add(path)
            else:
                keeper.unsaved.discard(path)
                self._updater.remove(path)
        elif in_editor and taken.facts is not None and unpack_facts(taken.facts) != self._graph.facts(path):
            keeper.lost(path)
            keeper.unsaved.add(path)
        elif in_editor and taken.facts is None and path in keeper.unsaved:
            keeper.stamps[path] = taken.stamp
        else:
            if taken.facts is not None:
                self._updater.put_packed(taken.facts)
            if taken.facts is not None and taken.facts.error == GIVEN_UP:
                # It may be blameless: the next start reads it again.
                keeper.lost(path)
            else:
                keeper.took(path, taken.stamp)
        self._sketched.discard(path)

    async def _sketch(self, paths: Sequence[str]) -> None:
        """Definitions by their words, for the time until the files are read."""
        for at in range(0, len(paths), _AT_ONCE):
            some = paths[at : at + _AT_ONCE]
            for facts in await asyncio.to_thread(_sketches, self._root, some):
                if facts.path not in self._graph:
                    self._updater.put(facts)
                    self._sketched.add(facts.path)
                await self._breathe()

    async def _settle(self) -> None:
        for _ in self._graph.settling():
            await self._breathe()

    async def _breathe(self) -> None:
        """The end of a slice, if it is one. What was made for the graph lives as long as that: the garbage
        collector, which would stand still for a tenth of a second each time, need not look through it."""
        if time.perf_counter() - self._slice_began > SLICE:
            self._slices += 1
            if self._slices % _SLICES_TO_FREEZE == 0:
                gc.freeze()
            await asyncio.sleep(0)
            self._slice_began = time.perf_counter()


def _same_time(known: Stamp, seen: Stamp) -> bool:
    return (known.mtime, known.size) == (seen.mtime, seen.size)


def _sketches(root: Path, paths: Sequence[str]) -> list[FileFacts]:
    found = []
    for path in paths:
        content = files.read(root, path)
        language = language_of(path)
        if content is not None and language is not None and not content.problem:
            found.append(FileFacts(path, language.name, fast_definitions(path, content.text)))
    return found
