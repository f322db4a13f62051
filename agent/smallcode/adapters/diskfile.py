"""Reading and replacing one file. Everything blocks."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

from ..errors import DiskFailed, NotAFile, StaleEdit, TooLarge
from .filesystem import Metadata, copy_metadata, read_only, set_metadata, sync_folder
from .steps import Checkpoint, no_checkpoint

_REMEDIES = {
    errno.ENOSPC: "Free some space on the disk.",
    errno.EDQUOT: "Free some of the quota.",
    errno.EROFS: "The file system is mounted read-only.",
    errno.EACCES: "Check the permissions of the file and its folder.",
    errno.EPERM: "Check the permissions of the file and its folder.",
    errno.ENAMETOOLONG: "Use a shorter name.",
    errno.ENOTDIR: "A part of the path is a file.",
    errno.EEXIST: "A part of the path is a file.",
    errno.EFBIG: "Raise the limit on the size of files (ulimit -f), or write less.",
    errno.ENOENT: "A folder of the path has vanished; bring it back.",
    errno.EIO: "The disk reports a fault; check it.",
    errno.ETIMEDOUT: "Wait for the other SmallCode that is writing, or end it.",
}

_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)

# Windows has no O_NONBLOCK, and Unix no O_BINARY. Without blocking, a file that became a pipe after it was
# looked at does not hang the opening.
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


@contextlib.contextmanager
def told(path: str, what: str) -> Iterator[None]:
    """Turns an OSError into DiskFailed; ``what`` is "read", "written", …"""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise DiskFailed(
            path, f"{path} cannot be {what}: {reason}.", _REMEDIES.get(error.errno or 0, "")
        ) from error


def read_bytes(real: Path, path: str, max_bytes: int) -> bytes:
    """The content of a regular file. Raises NotAFile, TooLarge, OSError (FileNotFoundError, …)."""
    _check(real, path, real.stat(), max_bytes)
    with os.fdopen(os.open(real, _READ), "rb") as file:
        _check(real, path, os.fstat(file.fileno()), max_bytes)
        data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise too_large(path, len(data), max_bytes)
    return data


def replace_file(
    real: Path,
    path: str,
    data: bytes,
    step: Checkpoint = no_checkpoint,
    wanted: Metadata = Metadata(),  # noqa: B008 - it is frozen
) -> None:
    """Put new content in the place of an existing file, whole or not at all; mode, owner and extended
    attributes stay, but for those that are ``wanted``. Raises DiskFailed for a file that is read-only,
    OSError."""
    state = real.stat()
    refuse_read_only(real, path, state)
    with _temporary(real, data, 0o600, step) as temporary:
        step("file.metadata")
        copy_metadata(real, state, temporary)
        set_metadata(temporary, wanted)
        step("file.rename")
        temporary.replace(real)
        step("file.folder")
        sync_folder(real.parent)


def create_file(
    real: Path,
    path: str,
    data: bytes,
    step: Checkpoint = no_checkpoint,
    wanted: Metadata = Metadata(),  # noqa: B008 - it is frozen
) -> None:
    """Make a new file with its folders. Raises StaleEdit where something of that name exists, OSError."""
    real.parent.mkdir(parents=True, exist_ok=True)
    with _temporary(real, data, 0o666, step) as temporary:
        step("file.metadata")
        set_metadata(temporary, wanted)
        step("file.link")
        try:
            # Unlike a rename, a link does not overwrite what appeared in the meantime.
            real.hardlink_to(temporary)
        except FileExistsError as error:
            raise exists_already(path) from error
        except OSError:  # Not every file system has hard links.
            if os.path.lexists(real):
                raise exists_already(path) from None
            temporary.replace(real)
        step("file.folder")
        sync_folder(real.parent)
        step("file.unlink")


def remove_file(real: Path, path: str, step: Checkpoint = no_checkpoint) -> None:
    """Raises DiskFailed for a file that is read-only, OSError."""
    if not real.stat().st_mode & 0o222:
        raise DiskFailed(path, f"{path} is read-only.", "Make it writable first.")
    step("file.remove")
    real.unlink()
    step("file.folder")
    sync_folder(real.parent)


def refuse_read_only(real: Path, path: str, state: os.stat_result) -> None:
    """Raises DiskFailed."""
    if read_only(real, state):
        raise DiskFailed(path, f"{path} is read-only.", "Make it writable first.")


def remove_left_overs(real: Path) -> None:
    """Remove what writes of this file that were cut off have left beside it. Nobody may be writing it."""
    with contextlib.suppress(OSError):
        for left_over in real.parent.glob(f"{_prefix(real)}*.tmp"):
            left_over.unlink(missing_ok=True)


def exists_already(path: str) -> StaleEdit:
    return StaleEdit(path, f"{path} exists already.", "Read it, then change it.")


def too_large(path: str, size: int, max_bytes: int) -> TooLarge:
    return TooLarge(
        path,
        f"{path} is too large: {size:,} bytes, the limit is {max_bytes:,}.",
        "Look at a part of it with a shell command such as head or grep.",
    )


def _check(real: Path, path: str, state: os.stat_result, max_bytes: int) -> None:
    if stat.S_ISDIR(state.st_mode):
        raise NotAFile(path, f"{path} is a folder{_inventory(real)}.", "Give the path of a file.")
    if not stat.S_ISREG(state.st_mode):
        kind = next((name for test, name in _KINDS if test(state.st_mode)), "something else")
        raise NotAFile(path, f"{path} is {kind}, not a file.", "Give the path of a regular file.")
    if state.st_size > max_bytes:
        raise too_large(path, state.st_size, max_bytes)


def _inventory(folder: Path, most: int = 10) -> str:
    try:
        names = sorted(
            child.name + ("/" if child.is_dir() else "") for child in folder.iterdir() if child.name != ".git"
        )
    except OSError:
        return ""
    if not names:
        return " and empty"
    more = ", …" if len(names) > most else ""
    return f" with {', '.join(names[:most])}{more}"


def _prefix(real: Path) -> str:
    """The beginning of a temporary file's name: it tells for which file it is."""
    return f".smallcode-{hashlib.sha256(os.fsencode(real.name)).hexdigest()[:12]}-"


@contextlib.contextmanager
def _temporary(real: Path, data: bytes, mode: int, step: Checkpoint) -> Iterator[Path]:
    """A file with the data in the same folder, on the disk for good; removed at the end if still there.

    ``mode`` is lessened by the umask, as for every new file.
    """
    temporary = real.parent / f"{_prefix(real)}{secrets.token_hex(8)}.tmp"
    step("file.create")
    try:
        with os.fdopen(os.open(temporary, _CREATE, mode), "wb") as file:
            step("file.write")
            file.write(data)
            file.flush()
            step("file.sync")
            os.fsync(file.fileno())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
