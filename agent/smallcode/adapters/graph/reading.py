"""From files to facts, for many files at a time."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ...core.graph.facts import FileFacts
from ...core.graph.packing import PackedFacts, pack_facts
from ...languages import language_of
from . import files
from .extract import Extractor
from .store import Stamp
from .worker import ExtractionPool, WorkersFailedError

log = logging.getLogger(__name__)

_AHEAD = 500
"""Results that may wait for the event loop."""

_END_LIMIT = 2.0
"""Seconds that the end of the processes is waited for."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file: ``stamp`` is None where it is gone, ``facts`` where its content is the one
    that is known already."""

    path: str
    stamp: Stamp | None = None
    facts: PackedFacts | None = None


class Readers(Protocol):
    def read(self, root: Path, known: Mapping[str, bytes]) -> AsyncGenerator[Taken, None]:
        """The facts of these files, in no particular order, each once, as they come. ``known`` are the
        files with the digest of the content that need not be read again, b"" for none. Closing the
        generator ends the work."""
        ...


def take(extractor: Extractor, root: Path, path: str, known: bytes) -> Taken:
    """Read one file. Blocks; never raises."""
    content = files.read(root, path)
    settled = _without_text(path, content, known)
    if settled is not None or content is None:
        return settled or Taken(path)
    return Taken(path, content.stamp, pack_facts(extractor.facts(path, content.text)))


def _without_text(path: str, content: files.Content | None, known: bytes) -> Taken | None:
    """What can be said of a file without a look at its text; None for one that is to be read."""
    if content is None:
        return Taken(path)
    if known and content.stamp.digest == known:
        return Taken(path, content.stamp)
    if not content.problem:
        return None
    language = language_of(path)
    facts = FileFacts(path, language.name if language else "", error=content.problem)
    return Taken(path, content.stamp, pack_facts(facts))


class InThread:
    """For a few files, for which it would not pay to start processes."""

    def __init__(self, extractor: Extractor, at_once: int = 4) -> None:
        self._extractor = extractor
        self._at_once = at_once

    async def read(self, root: Path, known: Mapping[str, bytes]) -> AsyncGenerator[Taken, None]:
        for some in _groups(tuple(known), self._at_once):
            taken = await asyncio.to_thread(
                lambda paths: [take(self._extractor, root, path, known[path]) for path in paths], some
            )
            for one in taken:
                yield one


def _groups(paths: Sequence[str], size: int) -> list[Sequence[str]]:
    return [paths[at : at + size] for at in range(0, len(paths), size)]


class InProcesses:
    """For many files: in processes that a grammar may bring down, and on more than one core."""

    def __init__(self, make_pool: Callable[[], ExtractionPool], few: Readers) -> None:
        """``few`` reads on where no process can be started."""
        self._make_pool = make_pool
        self._few = few

    async def read(self, root: Path, known: Mapping[str, bytes]) -> AsyncGenerator[Taken, None]:
        left = dict(known)
        feed = _Feed(self._make_pool, root, left)
        running = asyncio.create_task(asyncio.to_thread(feed.run))
        try:
            while (taken := await feed.next()) is not None:
                left.pop(taken.path, None)
                yield taken
        finally:
            feed.stop()
            await asyncio.wait({running}, timeout=_END_LIMIT)
        if failed := await running:
            log.warning("the code graph is read without processes of its own: %s", failed)
            async with aclosing(self._few.read(root, left)) as reading:
                async for taken in reading:
                    yield taken


class _Feed:
    """The pool is driven by a thread; what it gives goes to the event loop, which must not fall behind."""

    def __init__(
        self, make_pool: Callable[[], ExtractionPool], root: Path, known: Mapping[str, bytes]
    ) -> None:
        self._make_pool = make_pool
        self._root = root
        self._known = dict(known)
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[Taken | None] = asyncio.Queue()
        self._room = threading.Semaphore(_AHEAD)
        self._stopped = threading.Event()
        self._stamps: dict[str, Stamp] = {}
        self._pool: ExtractionPool | None = None

    def run(self) -> str:
        """In a thread. Why there is no pool; "" where all was read."""
        try:
            with self._make_pool() as self._pool:
                for facts in self._pool.packed(self._contents()):
                    self._give(Taken(facts.path, self._stamps.pop(facts.path), facts))
                    if self._stopped.is_set():
                        break
            return ""
        except WorkersFailedError as error:
            return str(error)
        finally:
            self._give(None)

    async def next(self) -> Taken | None:
        taken = await self._queue.get()
        self._room.release()
        return taken

    def stop(self) -> None:
        """The file that a process is busy with is given up."""
        self._stopped.set()
        self._room.release(_AHEAD)
        if self._pool is not None:
            self._pool.interrupt()

    def _contents(self) -> Iterator[tuple[str, str]]:
        """What is known without a look at the text does not go to a process."""
        for path, digest in self._known.items():
            if self._stopped.is_set():
                return
            content = files.read(self._root, path)
            settled = _without_text(path, content, digest)
            if settled is not None or content is None:
                self._give(settled)
            else:
                self._stamps[path] = content.stamp
                yield path, content.text

    def _give(self, taken: Taken | None) -> None:
        self._room.acquire()
        # The loop may have been closed by a program that ends.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._queue.put_nowait, taken)
