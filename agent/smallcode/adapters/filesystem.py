"""What differs between operating systems about files: metadata, durable folders, locks. Everything blocks.

POSIX does all of it. Windows keeps of a file's metadata whether it is read-only, makes no folder durable by
itself (NTFS journals names), and has no shared locks, so that an exclusive one stands for them. macOS and the
BSDs have no ``os.listxattr``: extended attributes are kept where Python can read them, on Linux.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_POLL = 0.005
"""Seconds between two tries to lock."""

_FAR_AWAY = 1 << 40
"""The byte that is locked on Windows, where a lock keeps others from reading: it lies behind all content."""

# What file systems without locks answer, such as some network drives. Then nothing is locked.
_NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS}

_OPEN_LOCK = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)


class Metadata(NamedTuple):
    """Permission bits, user and group, extended attributes; None and empty where there are none."""

    mode: int | None = None
    owner: tuple[int, int] | None = None
    attributes: tuple[tuple[str, bytes], ...] = ()


# --- metadata ----------------------------------------------------------------------------------------


def metadata(real: Path, state: os.stat_result) -> Metadata:
    """Of a regular file. Attributes that cannot be read are left out. Raises OSError."""
    owner = None if sys.platform == "win32" else (state.st_uid, state.st_gid)
    return Metadata(stat.S_IMODE(state.st_mode), owner, _attributes(real))


def set_metadata(real: Path, wanted: Metadata) -> None:
    """As far as this user may: another's file stays ours where only root could give it away."""
    if wanted.owner is not None and sys.platform != "win32":
        with contextlib.suppress(PermissionError):
            os.chown(real, *wanted.owner)
    if sys.platform == "linux":
        for name, value in wanted.attributes:
            with contextlib.suppress(OSError):
                os.setxattr(real, name, value)
    if wanted.mode is not None:
        real.chmod(wanted.mode)


def copy_metadata(source: Path, state: os.stat_result, target: Path) -> None:
    """Mode, owner and extended attributes; the times are those of now. Raises OSError."""
    shutil.copystat(source, target)
    os.utime(target)
    if sys.platform == "win32":
        return
    mine = target.stat()
    if (mine.st_uid, mine.st_gid) != (state.st_uid, state.st_gid):
        # Root, as in a container, edits the files of others; they stay theirs.
        with contextlib.suppress(PermissionError):
            os.chown(target, state.st_uid, state.st_gid)
            target.chmod(stat.S_IMODE(state.st_mode))  # chown clears the setuid and setgid bits.


def read_only(real: Path, state: os.stat_result) -> bool:
    """Root may write to every file, so the mode is looked at as well."""
    return not os.access(real, os.W_OK) or not state.st_mode & 0o222


def _attributes(real: Path) -> tuple[tuple[str, bytes], ...]:
    if sys.platform != "linux":
        return ()
    found = []
    with contextlib.suppress(OSError):
        for name in os.listxattr(real):
            with contextlib.suppress(OSError):
                found.append((name, os.getxattr(real, name)))
    return tuple(found)


# --- folders -----------------------------------------------------------------------------------------


def sync_folder(folder: Path) -> None:
    """The names in the folder are on the disk for good. Where a folder cannot be synced nothing is done."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(descriptor)


def make_private(folder: Path) -> None:
    """Make the folder and those above it that are missing for this user alone. Raises OSError."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)


# --- locks -------------------------------------------------------------------------------------------


def try_lock(descriptor: int, *, shared: bool = False) -> bool:
    """Lock the open file if nobody else holds it, in this process or another; closing the file, or the end
    of the process, unlocks it. Raises OSError."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _FAR_AWAY, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}:
            return False
        if error.errno not in _NO_LOCKS:
            raise
    return True


def lock_within(descriptor: int, seconds: float, *, shared: bool = False) -> bool:
    """As ``try_lock``, but waits so long for the one who holds the lock."""
    ends = time.monotonic() + seconds
    while not try_lock(descriptor, shared=shared):
        if time.monotonic() >= ends:
            return False
        time.sleep(_POLL)
    return True


@contextlib.contextmanager
def locked(path: Path, seconds: float, *, shared: bool = False) -> Iterator[None]:
    """Hold the lock of that name; the file is made for it and stays. Raises TimeoutError, OSError."""
    descriptor = os.open(path, _OPEN_LOCK, 0o600)
    try:
        if not lock_within(descriptor, seconds, shared=shared):
            raise TimeoutError(errno.ETIMEDOUT, "another process holds the lock", str(path))
        yield
    finally:
        os.close(descriptor)
