"""Extraction in processes of their own, so that a grammar that crashes or hangs costs one file.

Grammars are native code, and the text of a file decides what they do: nothing in this process could stop one
that goes round for ever. Processes use both cores besides, as threads do not.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Protocol

from ...core.graph.facts import FileFacts
from ...core.graph.packing import PackedFacts, pack_facts, unpack_facts
from ...languages import language_of
from .extract import Extractor

PROCESSES = 2
"""More gain little: the one that takes the facts is the bottleneck then."""

DEADLINE = 10.0
"""Seconds for one file, its parser's own limit and a busy machine included."""

START_LIMIT = 30.0
"""Seconds until a new process must say that it is ready."""

# Characters that are sent while the process may be busy with another file: a pipe takes them in any case, so
# that sending never waits for a process that hangs.
_AHEAD = 4_000
_ENOUGH_DEATHS = 3
_FAILED_STARTS = 2
_NICENESS = 10
_END_LIMIT = 2.0


File = tuple[str, str]
"""Path and content."""


class Extracts(Protocol):
    def facts(self, path: str, content: str) -> FileFacts: ...


Factory = Callable[[], Extracts]
"""A function at the top of a module, which the process imports."""


def patient() -> Extractor:
    """Its parser may take nearly as long as the pool waits: these processes give way to all others."""
    return Extractor(timeout=DEADLINE * 0.8)


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection
    since: float
    ready: bool = False
    files: deque[File] = field(default_factory=deque)

    @property
    def busy(self) -> bool:
        return bool(self.files) or not self.ready


GIVEN_UP = "files of its language have ended too many processes"
DEADLY = "it ended the process that read it"
SLOW = "it was not read in"
"""What the errors of files begin with that are not to be read in this process either."""


class WorkersFailedError(RuntimeError):
    """No process for extraction could be started."""


class ExtractionPool:
    """For one caller at a time. Its processes start with the first file and end with ``close``, or with this
    process."""

    def __init__(
        self, processes: int = PROCESSES, deadline: float = DEADLINE, factory: Factory = patient
    ) -> None:
        self._count = processes
        self._deadline = deadline
        self._factory = factory
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._failed_starts = 0
        self._deaths: Counter[str] = Counter()

    def __enter__(self) -> ExtractionPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def facts(self, files: Iterable[File]) -> Iterator[FileFacts]:
        """As ``packed``, unpacked."""
        with contextlib.closing(self.packed(files)) as found:
            for one in found:
                yield unpack_facts(one)

    def packed(self, files: Iterable[File]) -> Generator[PackedFacts, None, None]:
        """One result for each ``(path, content)``, in the order in which they are done. A file that kills its
        process or takes longer than the deadline has an ``error``; once three of a language did so, its other
        files are left out too. Raises WorkersFailedError where no process starts. Blocks."""
        again: deque[File] = deque()
        try:
            yield from self._all(iter(files), again)
        finally:
            # Who stops in the middle leaves results behind that nobody wants any more.
            for worker in [worker for worker in self._workers if worker.files]:
                self._end(worker)

    def interrupt(self) -> None:
        """From another thread: the processes end, and with them the waiting for what they are busy with."""
        for worker in tuple(self._workers):
            worker.process.kill()

    def close(self) -> None:
        for worker in list(self._workers):
            self._end(worker)

    def _all(self, waiting: Iterator[File], again: deque[File]) -> Iterator[PackedFacts]:
        exhausted = False
        while True:
            while not exhausted or again:
                one = again.popleft() if again else next(waiting, None)
                if one is None:
                    exhausted = True
                elif self._is_deadly(one):
                    yield _failed(one, GIVEN_UP)
                elif not self._sent(one):
                    again.appendleft(one)
                    break
            if exhausted and not again and not any(worker.files for worker in self._workers):
                return
            yield from self._finished(again)

    def _end(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.process.kill()
        worker.process.join(_END_LIMIT)
        worker.connection.close()

    def _is_deadly(self, one: File) -> bool:
        return self._deaths[_language(one)] >= _ENOUGH_DEATHS

    def _sent(self, one: File) -> bool:
        """Whether a process has taken the file: one without work any file, one with a file a small one."""
        while len(self._workers) < self._count:
            self._workers.append(self._start())
        ready = [worker for worker in self._workers if worker.ready]
        worker = min(ready, key=lambda worker: len(worker.files), default=None)
        if worker is None or len(worker.files) > 1 or (worker.files and len(one[1]) > _AHEAD):
            return False
        if not worker.files:
            worker.since = time.monotonic()
        worker.files.append(one)
        with contextlib.suppress(OSError):
            # A process that has ended is found by those who wait for it.
            worker.connection.send(one)
        return True

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_serve, args=(theirs, self._factory, self._deadline), name="smallcode-graph", daemon=True
        )
        process.start()
        theirs.close()
        return _Worker(process, ours, time.monotonic())

    def _finished(self, again: deque[File]) -> Iterator[PackedFacts]:
        """What is done by now, after waiting for something to be."""
        ends = min(worker.since + self._limit(worker) for worker in self._workers if worker.busy)
        done = wait([worker.connection for worker in self._workers], max(0.0, ends - time.monotonic()))
        for worker in list(self._workers):
            if worker.connection in done:
                yield from self._received(worker, again)
            elif worker.busy and time.monotonic() - worker.since > self._limit(worker):
                yield from self._lost(worker, again, f"{SLOW} {self._deadline:g} s")

    def _limit(self, worker: _Worker) -> float:
        return self._deadline if worker.ready else START_LIMIT

    def _received(self, worker: _Worker, again: deque[File]) -> Iterator[PackedFacts]:
        try:
            packed = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join(_END_LIMIT)
            code = worker.process.exitcode
            yield from self._lost(worker, again, f"{DEADLY} (exit code {code})")
            return
        worker.since = time.monotonic()
        if not worker.ready:
            worker.ready = True
            self._failed_starts = 0
            return
        worker.files.popleft()
        yield packed

    def _lost(self, worker: _Worker, again: deque[File], reason: str) -> Iterator[PackedFacts]:
        """The file that it was busy with is at fault, the next one has another try."""
        self._end(worker)
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts > _FAILED_STARTS:
                raise WorkersFailedError(
                    f"The process that reads files for the code graph does not start ({reason})."
                )
            return
        if worker.files:
            guilty = worker.files.popleft()
            self._deaths[_language(guilty)] += 1
            again.extend(worker.files)
            yield _failed(guilty, reason)


def _serve(connection: Connection, factory: Factory, deadline: float) -> None:
    """The life of a worker. Its standard streams are not those of the server, whose client talks there. The
    alarm ends it where a file goes on for ever and nobody is left to end it."""
    with open(os.devnull, "r+b") as nothing:  # noqa: PTH123 - a device, not a file
        for stream in (0, 1):
            os.dup2(nothing.fileno(), stream)
    with contextlib.suppress(AttributeError, OSError):
        os.nice(_NICENESS)
    extractor = factory()
    connection.send(())
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            path, content = connection.recv()
            _alarm(deadline + _END_LIMIT)
            packed = pack_facts(extractor.facts(path, content))
            _alarm(0)
            connection.send(packed)


def _alarm(seconds: float) -> None:
    """Not on Windows, which has no signal that ends a process in native code."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _language(one: File) -> str:
    language = language_of(*one)
    return language.name if language else ""


def _failed(one: File, reason: str) -> PackedFacts:
    return pack_facts(FileFacts(one[0], _language(one), error=reason))
