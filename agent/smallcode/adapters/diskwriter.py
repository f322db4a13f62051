"""Changing the files of the disk: one writer at a time for each file, and each file whole at every moment."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from ..errors import DiskFailed
from .diskfile import create_file, refuse_read_only, remove_file, replace_file
from .filesystem import Metadata, locked, make_private, set_metadata
from .journal import Intent, recover, write_in_place
from .steps import Checkpoint, no_checkpoint

PATIENCE = 10.0
"""Seconds to wait for another writer of the same file, who needs milliseconds."""


class DiskWriter:
    """``state`` is the user's state folder: locks lie there, which hold for every SmallCode of this user,
    and the journal of writes in place. Without it only this object's writers wait for each other, and a file
    with several names is refused. ``step`` is called before each step of a write. Everything blocks.
    """

    def __init__(self, state: Path | None = None, step: Checkpoint = no_checkpoint) -> None:
        self._state = state
        self._step = step
        self._here = threading.Lock()
        self._recovered = state is None

    @contextlib.contextmanager
    def alone(self, real: Path) -> Iterator[None]:
        """Nobody else writes the file meanwhile: comparing it and replacing it is one step. Raises
        DiskFailed where no lock can be had, because another writer does not end or there is no place for it.
        """
        self.recover()
        with self._here, contextlib.ExitStack() as held:
            if self._state is not None:
                self._hold(held, self._lock(real))
            yield

    def _hold(self, held: contextlib.ExitStack, lock: Path) -> None:
        try:
            make_private(lock.parent)
            held.enter_context(locked(lock, PATIENCE))
        except OSError as error:
            remedy = "Check the permissions there." if not isinstance(error, TimeoutError) else "Try again."
            reason = error.strerror or error
            raise DiskFailed(str(lock), f"The lock {lock} cannot be had: {reason}.", remedy) from error

    @contextlib.contextmanager
    def steady(self, real: Path) -> Iterator[None]:
        """For reading: a file that is written in place is not seen half written. Raises DiskFailed."""
        self.recover()
        if self._state is not None and _names(real) > 1:
            with self.alone(real):
                yield
        else:
            yield

    def recover(self) -> None:
        """Once, before the first look at a file: finish what was cut off while it was written in place."""
        if not self._recovered and self._state is not None:
            recover(self._state / "journal")
            self._recovered = True

    def replace(self, real: Path, path: str, old: bytes, new: bytes, wanted: Metadata = Metadata()) -> None:  # noqa: B008
        """Put new content in the place of ``old``; to be called ``alone``. All names of the file stay, and
        mode, owner and attributes but for those that are ``wanted``. Raises DiskFailed, OSError."""
        if old == new:
            set_metadata(real, wanted)
            return
        if _names(real) == 1:
            replace_file(real, path, new, self._step, wanted)
            return
        if self._state is None:
            raise DiskFailed(
                path,
                f"{path} has several names (hard links), and there is no state folder to write it safely.",
                "Part it from its other names first, for example by copying it.",
            )
        state = real.stat()
        refuse_read_only(real, path, state)
        identity = (state.st_dev, state.st_ino)
        intent = Intent(str(real), identity, str(self._lock(real)), old, new)
        write_in_place(self._state / "journal", intent, self._step)
        set_metadata(real, wanted)

    def create(self, real: Path, path: str, data: bytes, wanted: Metadata = Metadata()) -> None:  # noqa: B008
        """To be called ``alone``. Raises StaleEdit where something of that name exists, OSError."""
        create_file(real, path, data, self._step, wanted)

    def remove(self, real: Path, path: str) -> None:
        """To be called ``alone``. Raises DiskFailed for a file that is read-only, OSError."""
        remove_file(real, path, self._step)

    def _lock(self, real: Path) -> Path:
        """One of 256 files: they are never deleted, since a lock on a deleted file excludes nobody. All
        names of a file share the lock of its number."""
        assert self._state is not None
        name = os.fsencode(os.path.normcase(real))
        with contextlib.suppress(OSError):
            state = real.stat()
            if state.st_nlink > 1:
                name = f"{state.st_dev}:{state.st_ino}".encode()
        return self._state / "locks" / f"{hashlib.sha256(name).hexdigest()[:2]}.lock"


def _names(real: Path) -> int:
    """How many names the file has; 1 for one that does not exist."""
    try:
        return real.stat().st_nlink
    except OSError:
        return 1
