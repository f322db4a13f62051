"""Writing a file in place, where replacing it would part it from its other names (hard links).

In place, a file is mixed for a moment. So what is going to be written, and what stood there, is on the disk
first, in the user's state folder; whoever starts next finishes what was cut off. Everything blocks.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from .filesystem import locked, make_private, sync_folder
from .steps import Checkpoint, no_checkpoint

log = logging.getLogger(__name__)

_CHUNK = 65_536
_BLOCK = 4096

_IN_PLACE = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Intent:
    """A write in place. ``identity`` is the file's device and number; ``lock`` the name of its lock."""

    path: str
    identity: tuple[int, int]
    lock: str
    old: bytes
    new: bytes


def write_in_place(folder: Path, intent: Intent, step: Checkpoint) -> None:
    """Make the new content of the old, under the file's lock, so that ``recover`` can mend what a crash
    leaves. ``folder`` is the journal's. Raises OSError; the old content is put back then, if that can be."""
    entry = _record(folder, intent, step)
    real = Path(intent.path)
    try:
        _overwrite(real, intent.new, step)
    except OSError:
        _overwrite(real, intent.old, no_checkpoint)
        entry.unlink()
        raise
    step("journal.remove")
    entry.unlink()


def recover(folder: Path) -> list[str]:
    """Finish the writes in place that were cut off, those of other projects too; the paths of the files that
    were mixed. A write that is under way is left alone, as is a file that somebody has changed since."""
    mended: list[str] = []
    try:
        entries = sorted(folder.glob("*.intent"))
    except OSError:
        return mended
    for entry in entries:
        try:
            intent = _read(entry)
            with locked(Path(intent.lock), 0):
                if entry.exists() and _finish(intent):
                    mended.append(intent.path)
                entry.unlink(missing_ok=True)
        except TimeoutError:
            continue
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("The journal entry %s cannot be worked off: %s", entry, error)
    return mended


def torn(current: bytes, old: bytes, new: bytes) -> bool:
    """Whether ``current`` is a mixture of the two, as a write in place that was cut off leaves it: every
    byte is that of one of them at this place, or zero where a loss of power has kept it from the disk."""
    if not len(current) <= max(len(old), len(new)):
        return False
    for at in range(0, len(current), _BLOCK):
        block = current[at : at + _BLOCK]
        size = len(block)
        if block in (old[at : at + size], new[at : at + size]):
            continue
        before, after = old[at : at + size].ljust(size, b"\0"), new[at : at + size].ljust(size, b"\0")
        if any(byte not in (0, one, other) for byte, one, other in zip(block, before, after, strict=True)):
            return False
    return True


def _finish(intent: Intent) -> bool:
    """Whether the file was mixed. It gets the new content: the turn that was cut off can be undone."""
    real = Path(intent.path)
    try:
        state = real.lstat()
        if not stat.S_ISREG(state.st_mode) or (state.st_dev, state.st_ino) != intent.identity:
            return False
        current = real.read_bytes()
    except FileNotFoundError:
        return False
    if current in (intent.old, intent.new) or not torn(current, intent.old, intent.new):
        return False
    _overwrite(real, intent.new, no_checkpoint)
    return True


def _record(folder: Path, intent: Intent, step: Checkpoint) -> Path:
    step("journal.create")
    make_private(folder)
    name = secrets.token_hex(8)
    temporary, entry = folder / f"{name}.tmp", folder / f"{name}.intent"
    head = {"path": os.fsencode(intent.path).hex(), "identity": intent.identity, "lock": intent.lock}
    sizes = {"old": len(intent.old), "new": len(intent.new)}
    line = json.dumps(head | sizes).encode() + b"\n"
    try:
        with os.fdopen(os.open(temporary, _CREATE, 0o600), "wb") as file:
            step("journal.write")
            file.write(line + intent.old + intent.new)
            file.flush()
            step("journal.sync")
            os.fsync(file.fileno())
        step("journal.rename")
        temporary.replace(entry)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    step("journal.folder")
    sync_folder(folder)
    return entry


def _read(entry: Path) -> Intent:
    """Raises OSError, and ValueError and KeyError for what is no entry."""
    line, _, content = entry.read_bytes().partition(b"\n")
    head = json.loads(line)
    old, new = int(head["old"]), int(head["new"])
    if len(content) != old + new:
        raise ValueError("it is not whole")
    device, number = head["identity"]
    path = os.fsdecode(bytes.fromhex(head["path"]))
    return Intent(path, (device, number), head["lock"], content[:old], content[old:])


def _overwrite(real: Path, data: bytes, step: Checkpoint) -> None:
    with os.fdopen(os.open(real, _IN_PLACE), "r+b", buffering=0) as file:
        for at in range(0, len(data), _CHUNK):
            step("place.write")
            _write_all(file.fileno(), data[at : at + _CHUNK])
        step("place.truncate")
        file.truncate(len(data))
        step("place.sync")
        os.fsync(file.fileno())


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
