"""A turn that touches files of every kind, and its undoing, in processes that are killed.

As a program it is one warm interpreter that forks a child for each line of JSON on stdin, and answers with
one line: ``{"status": ...}``, negative for a signal. So a killed process costs milliseconds, not a start.
"""

from __future__ import annotations

import asyncio
import codecs
import json
import os
import signal
import stat
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.diskwriter import DiskWriter
from smallcode.adapters.snapshots import SnapshotStore
from smallcode.adapters.steps import Checkpoint, Count, KillAt, no_checkpoint
from smallcode.adapters.undolog import UndoLog
from smallcode.core.textdiff import minimal_edits
from smallcode.messages import Edit

TURN = "turn-1"
LARGE = "0123456789abcde\n" * 12_500
"""200 kB: written in place in several pieces."""

FILES = {
    "windows.txt": codecs.BOM_UTF8 + b"one\r\ntwo\r\nthree",
    "wide.txt": codecs.BOM_UTF16_LE + "é\n😀\n".encode("utf-16-le"),
    "gone.sh": b"#!/bin/sh\n",
    "again.txt": codecs.BOM_UTF8 + b"first\n",
    "target.txt": b"behind a link\n",
    "hard.txt": LARGE.encode(),
}
STAGES: dict[str, set[bytes | None]] = {
    "windows.txt": {
        FILES["windows.txt"],
        codecs.BOM_UTF8 + b"1\r\ntwo\r\nthree",
        codecs.BOM_UTF8 + b"1\n2\n",
    },
    "wide.txt": {FILES["wide.txt"], codecs.BOM_UTF16_LE + "ü\n".encode("utf-16-le")},
    "gone.sh": {FILES["gone.sh"], None},
    "again.txt": {FILES["again.txt"], None, b"second\n"},
    "target.txt": {FILES["target.txt"], b"written through\n"},
    "hard.txt": {FILES["hard.txt"], LARGE.replace("a", "A").encode()},
    "new/deep/made.txt": {None, b"x\n", b"y\n"},
}
"""Every content that a file may have at any moment, whole."""


@dataclass(frozen=True)
class Order:
    """``kill_at`` is the step, ``after`` the seconds, at which the process dies; neither lets it live."""

    what: str
    root: str
    state: str
    kill_at: int | None = None
    after: float | None = None


def lay_out(root: Path) -> None:
    root.mkdir(parents=True)
    for name, data in FILES.items():
        (root / name).write_bytes(data)
    (root / "gone.sh").chmod(0o755)
    (root / "again.txt").chmod(0o640)
    (root / "link.txt").symlink_to("target.txt")
    (root / "other name.txt").hardlink_to(root / "hard.txt")


def tree(root: Path) -> dict[str, object]:
    """All names below the root, with what tells whether anything is different."""
    found: dict[str, object] = {}
    for path in sorted(root.rglob("*")):
        state = path.lstat()
        if path.is_symlink():
            found[str(path.relative_to(root))] = str(path.readlink())
        elif stat.S_ISREG(state.st_mode):
            found[str(path.relative_to(root))] = (
                path.read_bytes(),
                stat.S_IMODE(state.st_mode),
                state.st_nlink,
            )
        else:
            found[str(path.relative_to(root))] = "folder"
    return found


def undo_log(root: Path, state: Path, step: Checkpoint = no_checkpoint) -> UndoLog:
    disk = DiskWorkspace(root, writer=DiskWriter(state, step), use_ripgrep=False)
    return UndoLog(disk, SnapshotStore(state / "snapshots", step), "session-1")


async def turn(log: UndoLog) -> None:
    log.begin_turn(TURN)
    await write(log, "windows.txt", "1\r\ntwo\r\nthree")
    await write(log, "new/deep/made.txt", "x\n")
    await write(log, "wide.txt", "ü\n")
    await log.remove(await log.read("gone.sh"))
    await write(log, "hard.txt", LARGE.replace("a", "A"))
    await log.remove(await log.read("again.txt"))
    await write(log, "link.txt", "written through\n")
    await write(log, "again.txt", "second\n")
    await write(log, "windows.txt", "1\n2\n")
    await write(log, "new/deep/made.txt", "y\n")
    log.end_turn()


async def write(log: UndoLog, path: str, content: str) -> None:
    base = await log.read(path) if (Path(log.root) / path).exists() else None
    before = "" if base is None else base.content
    await log.apply_edit(Edit(path, base, minimal_edits(before, content), content))


async def carry_out(order: Order, step: Checkpoint) -> None:
    log = undo_log(Path(order.root), Path(order.state), step)
    if order.what == "turn":
        await turn(log)
    else:
        await log.undo(TURN)


def steps_of(what: str, root: Path, state: Path) -> list[str]:
    """The names of all steps, by doing it once."""
    counted = Count()
    asyncio.run(carry_out(Order(what, str(root), str(state)), counted))
    return counted.steps


def _child(order: Order) -> None:
    step = no_checkpoint if order.kill_at is None else KillAt(order.kill_at)
    asyncio.run(carry_out(order, step))


def _answer(line: str) -> int:
    order = Order(**json.loads(line))
    child = os.fork()
    if child == 0:
        try:
            _child(order)
        except BaseException as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    if order.after is not None:
        time.sleep(order.after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def request(order: Order) -> str:
    return json.dumps(asdict(order)) + "\n"


if __name__ == "__main__":
    for received in sys.stdin:
        print(json.dumps({"status": _answer(received)}), flush=True)
