"""Reading and replacing one file. What depends on the operating system stands here. Everything blocks."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from ..errors import DiskFailed, NotAFile, StaleEdit, TooLarge

_REMEDIES = {
    errno.ENOSPC: "Free some space on the disk.",
    errno.EDQUOT: "Free some of the quota.",
    errno.EROFS: "The file system is mounted read-only.",
    errno.EACCES: "Check the permissions of the file and its folder.",
    errno.EPERM: "Check the permissions of the file and its folder.",
    errno.ENAMETOOLONG: "Use a shorter name.",
    errno.ENOTDIR: "A part of the path is a file.",
    errno.EEXIST: "A part of the path is a file.",
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


def replace_file(real: Path, path: str, data: bytes) -> None:
    """Put new content in the place of an existing file, whole or not at all; mode, owner and extended
    attributes stay. Raises DiskFailed for a file that is read-only, OSError."""
    state = real.stat()
    # Root may write to every file, so the mode is looked at as well.
    if not os.access(real, os.W_OK) or not state.st_mode & 0o222:
        raise DiskFailed(path, f"{path} is read-only.", "Make it writable first.")
    with _temporary(real, data, mode=0o600) as temporary:
        shutil.copystat(real, temporary)
        os.utime(temporary)
        _keep_owner(temporary, state)
        temporary.replace(real)


def create_file(real: Path, path: str, data: bytes) -> None:
    """Make a new file with its folders. Raises StaleEdit where something of that name exists, OSError."""
    real.parent.mkdir(parents=True, exist_ok=True)
    with _temporary(real, data, mode=0o666) as temporary:
        try:
            # Unlike a rename, a link does not overwrite what appeared in the meantime.
            real.hardlink_to(temporary)
        except FileExistsError as error:
            raise exists_already(path) from error
        except OSError:  # Not every file system has hard links.
            if os.path.lexists(real):
                raise exists_already(path) from None
            temporary.replace(real)


def remove_file(real: Path, path: str) -> None:
    """Raises DiskFailed for a file that is read-only, OSError."""
    if not real.stat().st_mode & 0o222:
        raise DiskFailed(path, f"{path} is read-only.", "Make it writable first.")
    real.unlink()


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


@contextlib.contextmanager
def _temporary(real: Path, data: bytes, mode: int) -> Iterator[Path]:
    """A file with the data in the same folder, on the disk for good; removed at the end if still there.

    ``mode`` is lessened by the umask, as for every new file.
    """
    temporary = real.parent / f".smallcode-{secrets.token_hex(8)}.tmp"
    try:
        with os.fdopen(os.open(temporary, _CREATE, mode), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _keep_owner(temporary: Path, state: os.stat_result) -> None:
    """Root, as in a container, edits the files of others; they stay theirs."""
    if not hasattr(os, "chown"):
        return
    mine = temporary.stat()
    if (mine.st_uid, mine.st_gid) != (state.st_uid, state.st_gid):
        with contextlib.suppress(PermissionError):
            os.chown(temporary, state.st_uid, state.st_gid)
            temporary.chmod(stat.S_IMODE(state.st_mode))  # chown clears the setuid and setgid bits.
