"""The code graph on the disk: facts and edges of files as they were last seen, and their full-text index.

One database for each workspace lies in the user's cache folder. The first process of a workspace writes it;
others read it, keep what is new in memory, and take over when the first has ended. Everything blocks; may be
called from several threads, one at a time goes ahead.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import apsw

from ...core.graph import packing
from ...core.graph.facts import Edge
from ...core.graph.packing import PackedFacts
from . import database, texts
from .database import Database, rows
from .texts import Hit

log = logging.getLogger(__name__)

_PACKED = tuple(one.name for one in fields(PackedFacts) if one.name != "path")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells whether a file is still as it was read: nanoseconds since the epoch, bytes, digest of the
    content."""

    mtime: int
    size: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """``edges`` is None where they have to be resolved."""

    stamp: Stamp
    facts: PackedFacts
    edges: tuple[Edge, ...] | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be kept: files with new content, files whose edges alone are others, and files that are
    gone. It is written whole or not at all."""

    files: Sequence[Stored] = ()
    edges: Mapping[str, tuple[Edge, ...] | None] = field(default_factory=dict)
    gone: Iterable[str] = ()


class Store:
    """``notice`` is for the user: why the graph is kept in memory alone, "" where it is not. ``version``
    names how facts are extracted; a database of another one is made anew.

    ``anew`` is set where the database lost what it held, or this process has only now become the one that
    writes: then everything is to be written. Who has done that clears it.
    """

    def __init__(self, folder: Path | None, root: str, version: Callable[[], str]) -> None:
        """Without a folder nothing is kept on the disk. Nothing is opened before it is used."""
        self.notice = ""
        self.anew = False
        self._name_version = version
        self._folder = folder
        self._root = root
        self._lock = threading.Lock()
        self._closed = False
        self._database: Database | None = None

    @property
    def writable(self) -> bool:
        """Whether this process is the one that writes."""
        return self._main.writable

    @property
    def path(self) -> Path | None:
        """Of the database that is in use; None for one in memory."""
        return self._main.path

    def load(self) -> Iterator[Stored]:
        """Every file that is kept; those that are damaged are left out, and will be read from the disk."""
        last = 0
        while found := self._rows_after(last):
            last = found[-1][0]
            for _, path, mtime, size, digest, edges, checked, *packed in found:
                facts = PackedFacts(path, *packed)
                if _digest(facts) == checked:
                    yield Stored(Stamp(mtime, size, digest), facts, _edges(edges))

    def write(self, batch: Batch) -> bool:
        """Whether the batch is done with: it is kept, or another process is the one that keeps it.

        False where the caller is to come again, with everything where ``anew`` is set. Never raises for what
        is wrong with the disk."""
        with self._lock:
            if self._closed:
                return False
            if not self._main.writable:
                return not self._take_over()
            try:
                with self._main.connection:
                    self._write(batch)
            except apsw.BusyError:
                self._tell("Another program has the code graph's database locked.")
                return False
            except database.UNUSABLE as error:
                self._rebuild(error)
                return False
            except apsw.Error as error:
                self._give_up(error)
                return False
            return True

    def search(self, words: Sequence[str], limit: int) -> list[Hit]:
        """Symbols, as they were last written, whose name, signature or docstring holds any of the words, the
        best first; empty where the database cannot be read."""
        with self._lock:
            try:
                return texts.search(self._main.connection, words, limit)
            except apsw.Error as error:
                log.warning("the code graph's full-text index: %s", error)
                return []

    def close(self) -> None:
        with self._lock:
            self._closed = True
            if self._database is not None:
                self._database.close()

    @property
    def _main(self) -> Database:
        if self._database is None:
            self._database = self._opened()
        return self._database

    @cached_property
    def _path(self) -> Path | None:
        return None if self._folder is None else database.place(self._folder, self._root)

    @cached_property
    def _version(self) -> str:
        return f"{packing.layout()} {self._name_version()}"

    # --- opening ---------------------------------------------------------------------------------------

    def _opened(self) -> Database:
        if self._path is None:
            return database.in_memory()
        try:
            writer = database.open_writer(self._path, self._version)
            if writer is not None:
                return writer
        except (OSError, apsw.Error) as error:
            self._tell(f"The code graph cannot be kept in {self._path.parent} ({error}).")
            return database.in_memory()
        self._tell("Another SmallCode keeps the code graph of this folder.")
        reader = database.open_reader(self._path, self._version)
        # Where the other is of another version there is nothing to read, and nothing may be written.
        return reader or Database(database.in_memory().connection, self._path)

    def _take_over(self) -> bool:
        """Become the writer where the one before has ended: whether it was so."""
        assert self._path is not None, "a database in memory is always writable"
        try:
            writer = database.open_writer(self._path, self._version)
        except (OSError, apsw.Error) as error:
            self._give_up(error)
            return False
        if writer is None:
            return False
        self._main.close()
        self._database = writer
        self.notice = ""
        self.anew = True
        return True

    def _rebuild(self, error: Exception) -> None:
        log.warning("the code graph's database is made anew: %s", error)
        path, lock = self._main.path, self._main.lock
        self._main.lock = None
        self._main.close()
        self.anew = True
        try:
            assert path is not None and lock is not None, "only a file can be damaged"
            self._database = database.remake(path, lock, self._version)
        except (OSError, apsw.Error) as second:
            self._database = database.in_memory()
            self._tell(f"The code graph cannot be kept in {path} ({second}).")

    def _give_up(self, error: Exception) -> None:
        """Go on in memory: the disk is full, read-only or gone."""
        self._tell(f"The code graph is no longer kept on the disk ({error}).")
        self._main.close()
        self._database = database.in_memory()
        self.anew = True

    def _tell(self, what: str) -> None:
        self.notice = f"{what} It is kept in memory meanwhile."

    # --- reading and writing ---------------------------------------------------------------------------

    def _rows_after(self, last: int, count: int = 100) -> list[Any]:
        with self._lock:
            try:
                return rows(
                    self._main.connection,
                    f"SELECT id, path, mtime, size, digest, edges, checked, {', '.join(_PACKED)} FROM file"
                    " WHERE id > ? ORDER BY id LIMIT ?",
                    (last, count),
                )
            except database.UNUSABLE as error:
                if self._main.lock is not None:
                    self._rebuild(error)
            except apsw.Error as error:
                log.warning("the code graph's database cannot be read: %s", error)
            return []

    def _write(self, batch: Batch) -> None:
        connection = self._main.connection
        for path in batch.gone:
            _drop(connection, path)
        for one in batch.files:
            _drop(connection, one.facts.path)
            file = _insert_file(connection, one)
            texts.add(connection, file, one.facts)
        if self._main.path:
            changed = [(_packed(edges), path) for path, edges in batch.edges.items()]
            connection.executemany("UPDATE file SET edges = ? WHERE path = ?", changed)


def _drop(connection: apsw.Connection, path: str) -> None:
    for (file,) in rows(connection, "SELECT id FROM file WHERE path = ?", (path,)):
        texts.forget(connection, file)
        rows(connection, "DELETE FROM file WHERE id = ?", (file,))


def _insert_file(connection: apsw.Connection, one: Stored) -> int:
    packed = [getattr(one.facts, name) for name in _PACKED]
    marks = ", ".join("?" * (len(_PACKED) + 6))
    rows(
        connection,
        f"INSERT INTO file(path, mtime, size, digest, edges, checked, {', '.join(_PACKED)}) VALUES({marks})",
        (one.facts.path, one.stamp.mtime, one.stamp.size, one.stamp.digest, _packed(one.edges),
         _digest(one.facts), *packed),
    )  # fmt: skip
    return connection.last_insert_rowid()


def _digest(facts: PackedFacts) -> bytes:
    """Damaged bytes are told before they are unpacked, which trusts them."""
    digest = hashlib.blake2b(digest_size=8)
    for part in (facts.definitions, facts.calls, facts.rest, facts.words):
        digest.update(part)
    return digest.digest()


def _packed(edges: tuple[Edge, ...] | None) -> bytes | None:
    """With a digest in front, since they are written apart from the facts too."""
    if edges is None:
        return None
    body = packing.pack(Edge, edges)
    return hashlib.blake2b(body, digest_size=8).digest() + body


def _edges(data: bytes | None) -> tuple[Edge, ...] | None:
    """None also for damaged ones."""
    if data is None or hashlib.blake2b(data[8:], digest_size=8).digest() != data[:8]:
        return None
    return packing.unpack(Edge, data[8:])
