"""Any changes of a turn, taken back: the same bytes and names. What others did meanwhile stays."""

from __future__ import annotations

import asyncio
import codecs
import os
import sys
from pathlib import Path

import pytest
from fast_folder import fast_folder
from hypothesis import given, settings
from hypothesis import strategies as st
from killed_turn import tree, undo_log, write

from smallcode.adapters.undolog import UndoLog
from smallcode.errors import NotAFile
from smallcode.messages import Edit

NAMES = ("a.txt", "b.txt", "sub/c.txt", "sub/deep/d.txt", "other/e.txt")
CONTENTS = st.sampled_from(["", "x", "x\n", "x\r\ny\r\n", "é\n😀\r", "one\ntwo\nthree\n", "one\n2\nthree\n"])
BEFORE = {
    "a.txt": codecs.BOM_UTF8 + b"one\r\ntwo\r\n",
    "b.txt": codecs.BOM_UTF16_BE + "é\r\n".encode("utf-16-be"),
    "sub/c.txt": b"one\ntwo\nthree",
}
OPERATION = st.tuples(st.sampled_from(NAMES), st.one_of(st.none(), CONTENTS))


def lay_out(root: Path) -> None:
    for name, data in BEFORE.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (root / "b.txt").chmod(0o750)


async def carry_out(log: UndoLog, operations: list[tuple[str, str | None]]) -> None:
    for name, content in operations:
        if content is not None:
            await write(log, name, content)
        elif (Path(log.root) / name).exists():
            await log.remove(await log.read(name))


@settings(max_examples=40, deadline=None)
@given(
    turns=st.lists(st.lists(OPERATION, min_size=1, max_size=5), min_size=1, max_size=2),
    restarted=st.booleans(),
)
def test_undo_restores_bytes_and_names(turns: list[list[tuple[str, str | None]]], *, restarted: bool) -> None:
    async def work(root: Path, state: Path) -> None:
        lay_out(root)
        log = undo_log(root, state)
        stages = [tree(root)]
        for number, operations in enumerate(turns):
            log.begin_turn(f"turn-{number}")
            await carry_out(log, operations)
            log.end_turn()
            stages.append(tree(root))
        if restarted:
            log = undo_log(root, state)
        for number in reversed(range(len(turns))):
            kept = [one.turn.id for one in await log.turns()]
            if f"turn-{number}" in kept:
                assert (await log.undo(f"turn-{number}")).conflicts == ()
            assert tree(root) == stages[number]

    with fast_folder() as folder:
        asyncio.run(work(folder / "root", folder / "state"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "root"
    made.mkdir()
    return made


@pytest.fixture
def log(root: Path, tmp_path: Path) -> UndoLog:
    return undo_log(root, tmp_path / "state")


LINES = "one\ntwo\nthree\nfour\nfive\n"


async def test_a_change_elsewhere_since_stays(root: Path, log: UndoLog) -> None:
    (root / "a.py").write_text(LINES)
    log.begin_turn("1")
    await write(log, "a.py", LINES.replace("two", "2"))
    (root / "a.py").write_text(LINES.replace("two", "2").replace("five", "mine"))
    report = await log.undo("1")
    assert (report.restored, report.conflicts) == (("a.py",), ())
    assert (root / "a.py").read_text() == LINES.replace("five", "mine")


async def test_what_the_user_changed_between_two_edits_of_a_turn_stays(root: Path, log: UndoLog) -> None:
    (root / "a.py").write_text(LINES)
    log.begin_turn("1")
    await write(log, "a.py", LINES.replace("one", "1"))
    (root / "a.py").write_text((root / "a.py").read_text().replace("five", "mine"))
    await write(log, "a.py", (root / "a.py").read_text().replace("three", "3"))
    report = await log.undo("1")
    assert (report.restored, report.conflicts) == (("a.py",), ())
    assert (root / "a.py").read_text() == LINES.replace("five", "mine")


async def test_a_change_of_the_same_place_is_refused_with_its_diff(root: Path, log: UndoLog) -> None:
    (root / "a.py").write_text(LINES)
    log.begin_turn("1")
    await write(log, "a.py", LINES.replace("two", "2"))
    (root / "a.py").write_text(LINES.replace("two", "zwei"))
    report = await log.undo("1")
    (conflict,) = report.conflicts
    assert report.restored == () and conflict.reason == "changed since"
    assert "-2\n+zwei\n" in conflict.diff
    assert (root / "a.py").read_text() == LINES.replace("two", "zwei")


async def test_what_is_left_of_a_turn_can_be_undone_later_by_its_name(root: Path, log: UndoLog) -> None:
    for name in ("a", "b"):
        (root / name).write_text("0\n")
    log.begin_turn("1")
    for name in ("a", "b"):
        await write(log, name, "1\n")
    (root / "a").write_text("mine\n")
    assert (await log.undo()).restored == ("b",)
    assert (await log.undo()).turn_id is None, "the next undo without a name is not for this turn"
    (root / "a").write_text("1\n")
    assert (await log.undo("1")).restored == ("a",)
    assert (root / "a").read_text() == "0\n"


async def test_a_file_that_became_binary_is_left_alone(root: Path, log: UndoLog) -> None:
    (root / "a").write_text("0\n")
    log.begin_turn("1")
    await write(log, "a", "1\n")
    (root / "a").write_bytes(b"\x89PNG\0")
    report = await log.undo("1")
    assert "no text" in report.conflicts[0].reason
    assert (root / "a").read_bytes() == b"\x89PNG\0"


async def test_a_snapshot_that_is_gone_is_told(root: Path, log: UndoLog, tmp_path: Path) -> None:
    (root / "a").write_text("0\n")
    log.begin_turn("1")
    await write(log, "a", "1\n")
    for content in (tmp_path / "state" / "snapshots" / "contents").rglob("*"):
        if content.is_file():
            content.write_bytes(b"damaged")
    assert (await log.undo("1")).conflicts[0].reason == "its snapshot is gone"
    assert (root / "a").read_text() == "1\n"


@pytest.mark.skipif(sys.platform == "win32", reason="names of files are Unicode there")
async def test_a_name_that_is_no_unicode_is_not_written(root: Path, log: UndoLog) -> None:
    (root / os.fsdecode(b"caf\xe9")).write_text("0\n")
    (root / "link").symlink_to(os.fsdecode(b"caf\xe9"))
    log.begin_turn("1")
    with pytest.raises(NotAFile, match="no Unicode"):
        await log.apply_edit(Edit("link", await log.read("link"), (), "1\n"))
    assert (root / "link").read_text() == "0\n"
