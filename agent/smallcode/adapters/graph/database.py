"""The database of one workspace: where it lies, what is in it, and who may write to it.

It holds nothing that could not be made again from the files, so one that is damaged, or of another version,
is thrown away. One process writes: the one that holds the lock beside the database, which the system lets go
of when the process ends. Everything blocks.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw

from ..filesystem import make_private, try_lock

SCHEMA = (
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # Facts and edges are only ever read and replaced by the file: packed values load faster than rows. Edges
    # are NULL where they are to be resolved anew. ``checked`` is a digest of the packed values.
    "CREATE TABLE file(id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, mtime INTEGER NOT NULL,"
    " size INTEGER NOT NULL, digest BLOB NOT NULL, language TEXT NOT NULL, package TEXT NOT NULL,"
    " error TEXT NOT NULL, definitions BLOB NOT NULL, calls BLOB NOT NULL, rest BLOB NOT NULL,"
    " words BLOB NOT NULL, call_count INTEGER NOT NULL, checked BLOB NOT NULL, edges BLOB)",
    # ``id`` is the symbol's in the graph; the full-text index has the same rows.
    "CREATE TABLE symbol(row INTEGER PRIMARY KEY, id INTEGER NOT NULL, file INTEGER NOT NULL)",
    "CREATE INDEX symbol_file ON symbol(file)",
    "CREATE VIRTUAL TABLE text USING fts5(words, signature, docstring, content='', contentless_delete=1,"
    " tokenize='porter unicode61')",
)

BUSY = 1000
"""Milliseconds that a statement waits for another program that has the database locked."""

_LOCK_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOINHERIT", 0)

UNUSABLE = (apsw.CorruptError, apsw.NotADBError, apsw.FormatError)


@dataclass(slots=True)
class Database:
    """``lock`` is the descriptor of the lock that makes this process the writer; None for one that only
    reads, and for a database in memory, whose ``path`` is None and which everybody may write."""

    connection: apsw.Connection
    path: Path | None = None
    lock: int | None = None

    @property
    def writable(self) -> bool:
        return self.path is None or self.lock is not None

    def close(self) -> None:
        with contextlib.suppress(apsw.Error):
            self.connection.close()
        if self.lock is not None:
            os.close(self.lock)
            self.lock = None


def place(folder: Path, root: str) -> Path:
    """The database of a workspace, by its real path: one for each, and never in the workspace."""
    name = hashlib.blake2b(
        os.path.realpath(root).encode("utf-8", "surrogatepass"), digest_size=10
    ).hexdigest()
    return folder / f"{name}.sqlite"


def in_memory() -> Database:
    connection = apsw.Connection(":memory:")
    _create(connection, "")
    return Database(connection)


def open_writer(path: Path, version: str) -> Database | None:
    """The database, made anew where it cannot be used or is of another version; None while another process
    is the writer. Raises OSError and apsw.Error."""
    make_private(path.parent)
    lock = os.open(lock_of(path), _LOCK_FLAGS, 0o600)
    try:
        if not try_lock(lock):
            os.close(lock)
            return None
        connection = _connect_to(path, version)
        return remake(path, lock, version) if connection is None else Database(connection, path, lock)
    except BaseException:
        with contextlib.suppress(OSError):
            os.close(lock)
        raise


def remake(path: Path, lock: int, version: str) -> Database:
    """Throw the database away and begin an empty one; ``lock`` is the writer's. Raises OSError and
    apsw.Error."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    connection = _connect(path)
    _create(connection, version)
    return Database(connection, path, lock)


def open_reader(path: Path, version: str) -> Database | None:
    """To read what another process writes; None where it cannot be used here."""
    try:
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
        connection.set_busy_timeout(BUSY)
        if _version(connection) == version:
            return Database(connection, path)
        connection.close()
    except apsw.Error:
        pass
    return None


def lock_of(path: Path) -> Path:
    return path.with_suffix(".lock")


def _connect(path: Path) -> apsw.Connection:
    connection = apsw.Connection(str(path))
    connection.set_busy_timeout(BUSY)
    for pragma in ("journal_mode = wal", "synchronous = normal", "journal_size_limit = 16777216"):
        rows(connection, f"PRAGMA {pragma}")
    return connection


def _connect_to(path: Path, version: str) -> apsw.Connection | None:
    """None for a database that is damaged or of another version."""
    connection = None
    try:
        connection = _connect(path)
        if _version(connection) == version:
            return connection
    except UNUSABLE:
        pass
    if connection is not None:
        connection.close()
    return None


def rows(connection: apsw.Connection, statement: str, values: Sequence[Any] = ()) -> list[Any]:
    """Carry out one statement, to its end: apsw stops at the first row until the others are fetched."""
    return connection.execute(statement, tuple(values)).fetchall()


def _create(connection: apsw.Connection, version: str) -> None:
    with connection:
        for statement in SCHEMA:
            rows(connection, statement)
        rows(connection, "INSERT INTO meta VALUES('version', ?)", (version,))


def _version(connection: apsw.Connection) -> str:
    """What was written at its making; "" for a database without tables."""
    try:
        found = rows(connection, "SELECT value FROM meta WHERE key = 'version'")
    except apsw.SQLError:
        return ""
    return str(found[0][0]) if found else ""
