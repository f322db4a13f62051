"""The code graph of one workspace, made from its files and kept in step with them and with open buffers.

The graph is changed on the event loop alone, in pieces of a few milliseconds; reading, parsing and the store
are in other threads and processes.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ...core.graph.facts import FileFacts
from ...core.graph.graph import Graph
from ...core.graph.lookup import Lookup
from ...core.graph.resolving import Resolver
from ...core.graph.updating import Updater
from ...ports.graph import Indexing
from . import files
from .buffers import Buffers
from .debounce import Debounced
from .extract import Extractor
from .health import Health
from .intake import Intake, Tools
from .keeping import Keeper
from .reading import InThread, Readers
from .store import Store

log = logging.getLogger(__name__)

QUIET, LONGEST = 0.15, 1.0
"""Seconds from the last and from the first change of a buffer until it is read."""

FLUSH_AFTER = 2.0
"""Seconds from a change until it is written to the store."""


EVERYTHING = ""
"""In the place of a path: the whole folder."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What an index is made with. ``many`` reads many files at a time, such as at the first start; None does
    it in a thread of this process. ``apart`` is that of Tools."""

    store: Store
    extractor: Extractor
    resolver: Resolver
    many: Readers | None = None
    apart: float = 10.0


class CodeIndex:
    """Implements ports.CodeGraph. Made and used in one event loop; ``aclose`` ends all that it started."""

    def __init__(self, root: str, sources: Sources) -> None:
        self.graph = Graph()
        self.lookup = Lookup(self.graph)
        self.indexing = Indexing()
        few = InThread(sources.extractor)
        self._store = sources.store
        self._updater = Updater(self.graph, sources.resolver)
        self._keeper = Keeper(self._updater, sources.store)
        self._buffers = Buffers(sources.extractor)
        tools = Tools(sources.store, few, sources.many or few, sources.apart)
        self._intake = Intake(Path(root), self._updater, self._keeper, self._buffers, tools)
        self._edited = Debounced(QUIET, LONGEST)
        self._touched = Debounced(QUIET, LONGEST)
        self._unkept = Debounced(FLUSH_AFTER, FLUSH_AFTER)
        self._under_way = 0
        self._moved = asyncio.Condition()
        self._problem = ""
        self._look_again = False
        self._closed = False
        self._reading_disk = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []
        self._watchers: list[Callable[[Indexing], None]] = []

    # --- life ------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to load and to read; nothing happens where that was done before, and after the end."""
        if not self._tasks and not self._closed:
            work = (self._build(), self._follow_buffers(), self._follow_disk(), self._keep())
            self._tasks = [asyncio.create_task(one) for one in work]

    async def built(self) -> None:
        """Wait until all files were read and resolved once. Raises OSError for a folder that is not there."""
        self.start()
        await asyncio.shield(self._tasks[0])

    async def searchable(self) -> None:
        """Wait until definitions can be found, those of the last start or by their words."""
        self.start()
        await self._intake.searchable.wait()

    async def kept(self) -> bool:
        """Write what is not written yet; whether that went well."""
        return await self._keeper.flush()

    async def aclose(self) -> None:
        self._closed = True
        self._intake.searchable.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._tasks:
            await self._keeper.flush()
        self._tasks = []
        await asyncio.to_thread(self._store.close)

    # --- what is asked ---------------------------------------------------------------------------------

    @property
    def notice(self) -> str:
        return self._problem or self._store.notice

    @property
    def skipped(self) -> Mapping[str, int]:
        left_out = Counter(self._intake.skipped)
        for path in self.graph.paths():
            file = self.graph.filed(path)
            if file is not None and file.packed.error:
                left_out[file.packed.error] += 1
        return left_out

    @property
    def store(self) -> Store:
        return self._store

    def problems(self) -> list[str]:
        """A sentence for each language whose files gave nothing, though they should."""
        health = Health()
        for path in self.graph.paths():
            file, stamp = self.graph.filed(path), self._keeper.stamps.get(path)
            if file is not None and stamp is not None:
                shown = tuple(symbol.definition for symbol in file.symbols)
                health.note(FileFacts(path, file.packed.language, shown, error=file.packed.error), stamp.size)
        return health.problems()

    def watch(self, watcher: Callable[[Indexing], None]) -> None:
        """Called with each step of reading many files."""
        self._watchers.append(watcher)

    async def current(self, patience: float) -> Graph:
        self.start()
        if self._look_again and self.indexing.complete:
            self._look_again = False
            self._touched.add(EVERYTHING)
        self._edited.hurry()
        self._touched.hurry()
        try:
            async with asyncio.timeout(patience):
                await self._intake.searchable.wait()
                async with self._moved:
                    await self._moved.wait_for(lambda: not self._behind)
        except TimeoutError:
            log.info("the code graph is asked before it is up to date")
        return self.graph

    @property
    def _behind(self) -> bool:
        """While the first index is made, what happens on the disk has to wait for its end."""
        if not self.indexing.complete:
            return bool(self._edited)
        return bool(self._edited or self._touched or self._under_way or self._updater.stale)

    # --- what changes ----------------------------------------------------------------------------------

    def opened(self, path: str, text: Callable[[], str]) -> None:
        """A file is open in an editor; ``text`` gives what stands there, at any time."""
        if files.is_read(path):
            self._buffers.open(path, text)
            self._edited.add(path)

    def edited(self, path: str) -> None:
        if path in self._buffers:
            self._edited.add(path)

    def closed(self, path: str) -> None:
        """From now on the disk counts."""
        if path in self._buffers:
            self._buffers.close(path)
            self._edited.discard(path)
            self._touched.add(path)

    def touched(self, paths: Iterable[str]) -> None:
        """Something happened to these files or folders on the disk: they were saved, made, removed, moved."""
        for path in paths:
            self._touched.add(path)

    def look_again(self) -> None:
        self._look_again = bool(self._tasks)

    # --- the tasks -------------------------------------------------------------------------------------

    async def _build(self) -> None:
        try:
            async with self._reading_disk:
                await self._intake.load()
                await self._intake.synchronise(self._report)
                await self._intake.resolve()
            await self._take_in_names()
        except OSError as error:
            self._problem = f"The code graph cannot be made: {error}."
            raise
        finally:
            self._intake.searchable.set()
            self._tell(Indexing(self.indexing.total, self.indexing.total, complete=True))
            await self._rest()

    async def _follow_buffers(self) -> None:
        while True:
            paths = await self._edited.take()
            async with self._working():
                for path in paths:
                    await self._guarded(self._intake.read_buffer(path))

    async def _follow_disk(self) -> None:
        while True:
            paths = await self._touched.take()
            async with self._working(), self._reading_disk:
                all_of_them = EVERYTHING in paths
                work = self._intake.synchronise if all_of_them else partial(self._intake.read_touched, paths)
                await self._guarded(work(self._report))

    async def _keep(self) -> None:
        while True:
            await self._unkept.take()
            if not await self._keeper.flush():
                self._unkept.add("")

    @asynccontextmanager
    async def _working(self) -> AsyncIterator[None]:
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            await self._rest()

    async def _rest(self) -> None:
        """Some work is done: who waits for the end of all may look, and what is new is written later."""
        self._unkept.add("")
        async with self._moved:
            self._moved.notify_all()

    async def _guarded(self, work: Awaitable[None]) -> None:
        """One change that goes wrong does not end the following of others."""
        try:
            await work
            await self._intake.resolve()
            await self._take_in_names()
        except Exception:
            log.exception("the code graph could not take a change")

    async def _take_in_names(self) -> None:
        """File by file, so that the next question need not do it at once."""
        left = True
        while left:
            left = self.lookup.step()
            await asyncio.sleep(0)

    def _report(self, done: int, total: int) -> None:
        if not self.indexing.complete:
            self._tell(Indexing(done, total))

    def _tell(self, indexing: Indexing) -> None:
        self.indexing = indexing
        for watcher in self._watchers:
            watcher(indexing)
