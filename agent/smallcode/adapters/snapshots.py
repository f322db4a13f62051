"""Where the records and contents of turns are kept: in the user's state folder.

::

    turns/<root>/<turn>.jsonl    the records of a turn, one folder for each workspace
    contents/<ab>/<sha-256>      what stood in a file, or a buffer, by its hash
    lock                         held together by those who write, alone by who prunes

All of it is this user's alone (0600, folders 0700). A content is whole or not there: a temporary file is
synced and renamed. While a turn is under way its process holds the lock of the records' file, and the system
lets go of it when the process dies: a turn without an end whose lock is free was cut off. Everything blocks.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ..core.turnlog import Began, Record, Turn, key_of
from ..errors import SmallCodeError
from .filesystem import lock_within, locked, make_private, sync_folder, try_lock
from .manifest import read_turn, to_lines, whole_lines
from .steps import Checkpoint, no_checkpoint

PATIENCE = 10.0
"""Seconds to wait for who prunes, and for another undo of the same turn."""

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_APPEND = os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Kept:
    """A turn as it is recorded; ``under_way`` while a process is in it."""

    turn: Turn
    under_way: bool

    @property
    def interrupted(self) -> bool:
        return self.turn.cut_off and not self.under_way


class Snapshots(Protocol):
    """Keeps records of turns and the contents behind their keys. Blocks; raises OSError."""

    @property
    def where(self) -> str:
        """The place, for error messages."""
        ...

    def open(self, began: Began) -> None:
        """A turn is under way from now on."""
        ...

    def record(
        self,
        turn_id: str,
        records: Sequence[Record],
        contents: Sequence[bytes] = (),
        spare: bytes | None = None,
    ) -> None:
        """Keep records of an open turn. ``contents`` are behind the records' keys, and both are on the disk
        for good when this returns; ``spare`` is kept as well, but a loss of power may take it."""
        ...

    def note(self, turn_id: str, record: Record, spare: bytes | None = None) -> None:
        """As ``record``, but a loss of power may take it."""
        ...

    def close(self, turn_id: str) -> None:
        """The turn is not under way any more."""
        ...

    def load(self, key: str) -> bytes | None:
        """The content; None where it is gone or damaged."""
        ...

    def turns(self, root: str) -> list[Kept]:
        """Those of a workspace, oldest first."""
        ...

    def held(self, root: str, turn_id: str) -> AbstractContextManager[Turn]:
        """An open turn that is not under way, for one who undoes it. Raises SmallCodeError where there is no
        such turn, or somebody else is in it."""
        ...


class SnapshotStore:
    """Implements ``Snapshots`` on a folder, which need not exist. ``step`` is called before each step."""

    def __init__(self, folder: Path, step: Checkpoint = no_checkpoint) -> None:
        self.folder = folder
        self._step = step
        self._open: dict[str, int] = {}

    @property
    def where(self) -> str:
        return str(self.folder)

    def open(self, began: Began) -> None:
        path = self._manifest(began.root, began.turn)
        make_private(path.parent)
        self._step("turn.create")
        descriptor = os.open(path, _APPEND | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            # Somebody may look at it this moment; a turn without records is passed over.
            if not lock_within(descriptor, PATIENCE):
                raise TimeoutError(errno.ETIMEDOUT, "another process holds the lock", str(path))
            self._append(descriptor, [began])
            sync_folder(path.parent)
        except OSError:
            path.unlink(missing_ok=True)
            os.close(descriptor)
            raise
        self._open[began.turn] = descriptor

    def record(
        self,
        turn_id: str,
        records: Sequence[Record],
        contents: Sequence[bytes] = (),
        spare: bytes | None = None,
    ) -> None:
        descriptor = self._descriptor(turn_id)
        with locked(self.lock(), PATIENCE, shared=True):
            for content in contents:
                self._put(content, durable=True)
            if spare is not None:
                self._put(spare, durable=False)
            self._append(descriptor, records, durable=True)

    def note(self, turn_id: str, record: Record, spare: bytes | None = None) -> None:
        descriptor = self._descriptor(turn_id)
        if spare is not None:
            with locked(self.lock(), PATIENCE, shared=True):
                self._put(spare, durable=False)
        self._append(descriptor, [record])

    def close(self, turn_id: str) -> None:
        descriptor = self._open.pop(turn_id, None)
        if descriptor is not None:
            os.close(descriptor)

    def load(self, key: str) -> bytes | None:
        try:
            content = self.content(key).read_bytes()
        except FileNotFoundError:
            return None
        return content if key_of(content) == key else None

    def turns(self, root: str) -> list[Kept]:
        found = [look_at(path) for path in self._manifest(root, "x").parent.glob("*.jsonl")]
        return sorted((one for one in found if one is not None), key=lambda one: one.turn.began.at)

    @contextlib.contextmanager
    def held(self, root: str, turn_id: str) -> Iterator[Turn]:
        path = self._manifest(root, turn_id)
        if not path.exists():
            raise no_such_turn(turn_id)
        descriptor = os.open(path, _APPEND)
        try:
            if not try_lock(descriptor):
                raise SmallCodeError(f"The turn {turn_id} is under way.", "Stop it before you undo it.")
            content = path.read_bytes()
            os.ftruncate(descriptor, len(whole_lines(content)))
            turn = read_turn(content, turn_id)
            if turn is None:
                raise no_such_turn(turn_id)
            self._open[turn_id] = descriptor
            yield turn
        finally:
            self._open.pop(turn_id, None)
            os.close(descriptor)

    def content(self, key: str) -> Path:
        """Where a content is kept."""
        return self.folder / "contents" / key[:2] / key

    def lock(self) -> Path:
        make_private(self.folder)
        return self.folder / "lock"

    def _manifest(self, root: str, turn_id: str) -> Path:
        name = os.path.normcase(printable(root)).encode()
        workspace = hashlib.sha256(name).hexdigest()[:16]
        # An id is made here, but none may name another folder.
        return self.folder / "turns" / workspace / f"{re.sub(r'[^A-Za-z0-9_-]', '_', turn_id)}.jsonl"

    def _descriptor(self, turn_id: str) -> int:
        """Raises OSError for a turn that is not open: a write that outlived its turn."""
        if turn_id not in self._open:
            raise OSError(errno.EBADF, f"the turn {turn_id} has ended")
        return self._open[turn_id]

    def _append(self, descriptor: int, records: Sequence[Record], *, durable: bool = False) -> None:
        """One write for all of them; none of it where it fails."""
        size = os.fstat(descriptor).st_size
        lines = to_lines(records)
        try:
            self._step("turn.append")
            while lines:
                lines = lines[os.write(descriptor, lines) :]
            if durable:
                self._step("turn.sync")
                os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, size)
            raise

    def _put(self, content: bytes, *, durable: bool) -> None:
        path = self.content(key_of(content))
        if _renewed(path, content, durable=durable):
            return
        make_private(path.parent)
        temporary = path.with_name(f"{secrets.token_hex(8)}.tmp")
        self._step("content.create")
        try:
            with os.fdopen(os.open(temporary, _CREATE, 0o600), "wb") as file:
                self._step("content.write")
                file.write(content)
                file.flush()
                if durable:
                    self._step("content.sync")
                    os.fsync(file.fileno())
            self._step("content.rename")
            temporary.replace(path)
            if durable:
                self._step("content.folder")
                sync_folder(path.parent)
        finally:
            temporary.unlink(missing_ok=True)


def _renewed(path: Path, content: bytes, *, durable: bool) -> bool:
    """Whether the content is there, whole, and as young as a new one from now on."""
    try:
        with path.open("r+b") as file:
            if file.read() != content:
                return False
            if durable:
                os.fsync(file.fileno())  # It may have been kept as a spare one.
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def look_at(path: Path) -> Kept | None:
    """A turn by the file of its records; None where it holds none, or has gone meanwhile."""
    try:
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        return None
    try:
        # Tried before reading: a turn that ends meanwhile is read with its end.
        under_way = not try_lock(descriptor)
        turn = read_turn(path.read_bytes(), path.stem)
    finally:
        os.close(descriptor)
    return None if turn is None else Kept(turn, under_way)


def printable(path: str) -> str:
    """A path with what is no Unicode in it written as escapes: records hold text."""
    return path.encode("utf-8", "backslashreplace").decode()


def no_such_turn(turn_id: str) -> SmallCodeError:
    return SmallCodeError(f"There is no turn {turn_id} to undo.", "Undo the last one instead.")
