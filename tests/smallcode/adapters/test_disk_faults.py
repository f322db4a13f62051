"""Full disks, vanished folders, files with several names, and several writers: nothing is lost."""

from __future__ import annotations

import asyncio
import errno
import os
import sys
from pathlib import Path

import pytest
from killed_turn import tree, write

from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.diskwriter import DiskWriter
from smallcode.adapters.filesystem import locked, try_lock
from smallcode.adapters.journal import recover, torn
from smallcode.adapters.snapshots import SnapshotStore
from smallcode.adapters.steps import Checkpoint, FailAt, no_checkpoint
from smallcode.adapters.undolog import UndoLog
from smallcode.core.textdiff import minimal_edits
from smallcode.errors import DiskFailed, OutsideWorkspace, StaleEdit
from smallcode.messages import Edit, Text

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs links and modes of Unix")

STORING = ("turn.create", "turn.append", "turn.sync", "content.create", "content.write", "content.rename")
WRITING = ("file.create", "file.write", "file.sync", "file.metadata", "file.rename")
IN_PLACE = ("journal.write", "journal.rename", "place.write", "place.truncate", "place.sync")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "root"
    made.mkdir()
    (made / "a.txt").write_bytes(b"old\r\n")
    return made


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def disk(root: Path, state: Path | None, step: Checkpoint = no_checkpoint) -> DiskWorkspace:
    return DiskWorkspace(root, writer=DiskWriter(state, step), use_ripgrep=False)


def logged(root: Path, state: Path, step: Checkpoint) -> UndoLog:
    log = UndoLog(disk(root, state, step), SnapshotStore(state / "snapshots", step))
    log.begin_turn("1")
    return log


def change(base: Text, content: str) -> Edit:
    return Edit(base.path, base, minimal_edits(base.content, content), content)


# --- faults ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", [*STORING, *WRITING])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
async def test_a_fault_at_any_step_changes_nothing_and_is_told(
    root: Path, state: Path, step: str, number: int
) -> None:
    before = tree(root)
    log = logged(root, state, FailAt(step, number))
    with pytest.raises(DiskFailed) as caught:
        await write(log, "a.txt", "new\n")
    assert "a.txt" in caught.value.message and os.strerror(number) in caught.value.message
    assert caught.value.remedy
    assert (str(state) in caught.value.message) == (step in STORING)
    assert tree(root) == before
    log.end_turn()
    assert (await log.undo()).turn_id is None
    assert [path.name for path in state.rglob("*.tmp")] == []


@posix_only
@pytest.mark.parametrize("step", IN_PLACE)
async def test_a_fault_while_writing_in_place_puts_the_old_back(root: Path, state: Path, step: str) -> None:
    (root / "b.txt").hardlink_to(root / "a.txt")
    before = tree(root)
    with pytest.raises(DiskFailed, match=r"a\.txt cannot be written: No space left"):
        await write(logged(root, state, FailAt(step, errno.ENOSPC)), "a.txt", "new\n" * 100)
    assert tree(root) == before
    assert list((state / "journal").iterdir()) == []


async def test_a_record_that_is_cut_off_hides_none_after_it(root: Path, state: Path) -> None:
    log = logged(root, state, no_checkpoint)
    await write(log, "a.txt", "new\n")
    log.end_turn()
    (manifest,) = (state / "snapshots" / "turns").rglob("*.jsonl")
    manifest.write_bytes(manifest.read_bytes() + b'{"path": "a.t')
    assert (await log.undo("1")).restored == ("a.txt",)
    (kept,) = await log.turns()
    assert kept.turn.closed
    assert (root / "a.txt").read_bytes() == b"old\r\n"


async def test_a_state_folder_that_cannot_be_made_is_named(root: Path, state: Path) -> None:
    state.write_text("a file in its place")
    with pytest.raises(DiskFailed, match="state"):
        await write(logged(root, state, no_checkpoint), "a.txt", "new\n")
    assert (root / "a.txt").read_bytes() == b"old\r\n"


# --- several names -----------------------------------------------------------------------------------------


@posix_only
async def test_all_names_of_a_file_show_the_change(root: Path, state: Path) -> None:
    (root / "b.txt").hardlink_to(root / "a.txt")
    (root / "a.txt").chmod(0o640)
    workspace = disk(root, state)
    await workspace.apply_edit(change(await workspace.read("a.txt"), "new\n"))
    assert (root / "b.txt").read_bytes() == b"new\n"
    assert (root / "b.txt").samefile(root / "a.txt")
    assert (root / "a.txt").stat().st_mode & 0o777 == 0o640


@posix_only
async def test_without_a_state_folder_several_names_are_refused(root: Path) -> None:
    (root / "b.txt").hardlink_to(root / "a.txt")
    workspace = disk(root, None)
    with pytest.raises(DiskFailed, match="several names"):
        await workspace.apply_edit(change(await workspace.read("a.txt"), "new\n"))
    assert (root / "a.txt").read_bytes() == b"old\r\n"


@posix_only
async def test_a_link_is_written_through_and_stays_one(root: Path, state: Path) -> None:
    (root / "link").symlink_to("a.txt")
    (root / "out").symlink_to(root.parent / "elsewhere")
    workspace = disk(root, state)
    await workspace.apply_edit(change(await workspace.read("link"), "new\n"))
    assert (root / "link").is_symlink() and (root / "a.txt").read_bytes() == b"new\n"
    with pytest.raises(OutsideWorkspace):
        await workspace.apply_edit(Edit("out", None, (), "x"))
    assert not (root.parent / "elsewhere").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="needs extended attributes")
async def test_extended_attributes_are_kept_and_come_back(root: Path, state: Path) -> None:
    try:
        os.setxattr(root / "a.txt", "user.note", b"mine")
    except OSError as error:
        pytest.skip(f"no extended attributes here: {error}")
    log = logged(root, state, no_checkpoint)
    await write(log, "a.txt", "new\n")
    assert os.getxattr(root / "a.txt", "user.note") == b"mine"
    await log.remove(await log.read("a.txt"))
    await log.undo()
    assert os.getxattr(root / "a.txt", "user.note") == b"mine"


@pytest.mark.parametrize(
    ("current", "is_torn"),
    [
        (b"aaaa", True),
        (b"bbaa", True),
        (b"bbbbb", True),
        (b"b\0\0", True),
        (b"abab", True),
        (b"abxb", False),
        (b"bbbbbbb", False),
        (b"", True),
    ],
)
def test_what_a_write_in_place_that_was_cut_off_looks_like(current: bytes, *, is_torn: bool) -> None:
    assert torn(current, b"aaaa", b"bbbbbb") == is_torn


# --- several writers ---------------------------------------------------------------------------------------


async def test_two_sessions_that_write_one_file_are_serialised(root: Path, state: Path) -> None:
    workspaces = [disk(root, state) for _ in range(8)]
    base = await workspaces[0].read("a.txt")
    edits = (one.apply_edit(change(base, f"{number}\n")) for number, one in enumerate(workspaces))
    results = await asyncio.gather(*edits, return_exceptions=True)
    written = [result for result in results if isinstance(result, Text)]
    assert len(written) == 1
    assert all(isinstance(one, StaleEdit) for one in results if one not in written)
    assert (await workspaces[0].read("a.txt")).content == written[0].content


def test_a_lock_excludes_others_until_it_is_let_go(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with locked(path, 0):
        with pytest.raises(TimeoutError), locked(path, 0):
            pass
        descriptor = os.open(path, os.O_RDWR)
        assert not try_lock(descriptor)
    assert try_lock(descriptor)
    os.close(descriptor)
    with locked(path, 0, shared=True), locked(path, 0, shared=True):
        pass


def test_what_cannot_be_read_in_the_journal_stops_nothing(state: Path) -> None:
    journal = state / "journal"
    journal.mkdir(parents=True)
    for name, content in (("1", b""), ("2", b"{}\n"), ("3", b'{"old": 1, "new": 1}\nx')):
        (journal / f"{name}.intent").write_bytes(content)
    assert recover(journal) == []
    assert recover(state / "none") == []
