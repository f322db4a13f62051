import asyncio
import codecs
from pathlib import Path

import pytest

from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.memory import TURNS_KEPT, MemoryWorkspace
from smallcode.adapters.undolog import UndoLog, UndoReport
from smallcode.core.textdiff import minimal_edits
from smallcode.errors import DiskFailed, SmallCodeError, StaleEdit
from smallcode.messages import Edit, Text


class Interrupted(MemoryWorkspace):
    """Cancelled or broken in the middle of a write, before or after it happened."""

    def __init__(self, files: dict[str, str], error: BaseException, *, after: bool) -> None:
        super().__init__(files)
        self.error: BaseException | None = error
        self.after = after

    async def apply_edit(self, edit: Edit) -> Text:
        if self.error is None:
            return await super().apply_edit(edit)
        if self.after:
            await super().apply_edit(edit)
        error, self.error = self.error, None
        raise error


async def write(log: UndoLog, path: str, content: str) -> Text:
    """Change the file, or make it where there is none."""
    base = await log.read(path) if path in await log.files() else None
    before = "" if base is None else base.content
    return await log.apply_edit(Edit(path, base, minimal_edits(before, content), content))


def logged(files: dict[str, str]) -> tuple[UndoLog, MemoryWorkspace]:
    memory = MemoryWorkspace(files)
    log = UndoLog(memory)
    log.begin_turn("1")
    return log, memory


async def changed(log: UndoLog) -> list[str]:
    """What the newest turn changed."""
    found = await log.turns()
    return found[-1].turn.changed() if found else []


def told(report: UndoReport) -> dict[str, str]:
    return {conflict.path: conflict.reason for conflict in report.conflicts}


async def test_a_turn_is_taken_back_as_a_whole() -> None:
    files = {"a.py": "a\n", "b.py": "b\n", "c.py": "c\n"}
    log, memory = logged(files)
    await write(log, "a.py", "a1\n")
    await write(log, "a.py", "a2\n")
    await write(log, "new/d.py", "d\n")
    await log.remove(await log.read("b.py"))
    assert await changed(log) == ["a.py", "b.py", "new/d.py"]
    assert await log.undo() == UndoReport("1", ("a.py", "b.py", "new/d.py"))
    assert memory.texts == files


async def test_turns_are_taken_back_one_after_the_other() -> None:
    log, memory = logged({"a": "0"})
    await write(log, "a", "1")
    log.begin_turn("2")
    await write(log, "a", "2")
    log.begin_turn("3")
    assert (await log.undo()).turn_id == "2"
    assert memory.texts == {"a": "1"}
    assert (await log.undo()).turn_id == "1"
    assert memory.texts == {"a": "0"}
    assert await log.undo() == UndoReport(None)


async def test_undoing_twice_or_an_unknown_turn_is_told() -> None:
    log, _ = logged({"a": "0"})
    await write(log, "a", "1")
    await log.undo("1")
    with pytest.raises(SmallCodeError, match="undone already"):
        await log.undo("1")
    with pytest.raises(SmallCodeError, match="no turn 7"):
        await log.undo("7")


async def test_what_the_user_changed_since_stays_and_is_told() -> None:
    log, memory = logged({"a": "0", "b": "0", "c": "0", "d": "0"})
    for path in "abcde":
        await write(log, path, "1")
    memory.texts |= {"a": "mine", "e": "mine"}
    del memory.texts["b"]
    report = await log.undo()
    assert report.restored == ("c", "d")
    assert told(report) == {"a": "changed since", "b": "deleted since", "e": "changed since"}
    diffs = {conflict.path: conflict.diff for conflict in report.conflicts}
    assert "-1\n" in diffs["a"] and "+mine\n" in diffs["a"]
    assert memory.texts == {"a": "mine", "c": "0", "d": "0", "e": "mine"}


async def test_after_nothing_but_conflicts_the_turn_can_be_undone_later() -> None:
    log, memory = logged({"a": "0"})
    await write(log, "a", "1")
    memory.texts["a"] = "mine"
    assert told(await log.undo()) == {"a": "changed since"}
    memory.texts["a"] = "1"
    assert (await log.undo()).restored == ("a",)
    assert memory.texts == {"a": "0"}


async def test_an_older_turn_under_a_newer_one_is_a_conflict() -> None:
    log, memory = logged({"a": "0"})
    await write(log, "a", "1")
    log.begin_turn("2")
    await write(log, "a", "2")
    assert told(await log.undo("1")) == {"a": "changed since"}
    assert memory.texts == {"a": "2"}


async def test_what_the_user_took_back_already_is_no_conflict() -> None:
    log, memory = logged({"a": "0"})
    await write(log, "a", "1")
    await write(log, "b", "1")
    memory.texts = {"a": "0"}
    assert await log.undo() == UndoReport("1")
    assert memory.texts == {"a": "0"}


async def test_a_line_end_that_the_editor_added_is_no_conflict() -> None:
    log, memory = logged({"a": "0", "b": "0"})
    await write(log, "a", "1")
    await write(log, "b", "0\n")
    memory.texts["a"] = "1\n"
    assert await changed(log) == ["a", "b"]
    assert (await log.undo()).restored == ("a", "b")
    assert memory.texts == {"a": "0", "b": "0"}


async def test_a_file_that_ends_as_it_began_is_not_changed() -> None:
    log, _ = logged({"a": "0"})
    await write(log, "a", "1")
    await write(log, "a", "0")
    await write(log, "b", "1")
    await log.remove(await log.read("b"))
    assert await changed(log) == []
    assert await log.undo() == UndoReport(None)


async def test_a_write_that_failed_is_not_remembered() -> None:
    memory = Interrupted({"a": "0"}, DiskFailed("a", "full"), after=False)
    log = UndoLog(memory)
    log.begin_turn("1")
    with pytest.raises(DiskFailed):
        await write(log, "a", "1")
    assert await changed(log) == []
    await write(log, "a", "2")
    with pytest.raises(StaleEdit):
        await log.apply_edit(Edit("a", Text("a", "old", ""), (), "3"))
    with pytest.raises(StaleEdit):
        await log.remove(Text("a", "old", ""))
    assert await changed(log) == ["a"]
    assert (await log.undo()).restored == ("a",)
    assert memory.texts == {"a": "0"}


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("earlier", [False, True])
async def test_a_write_that_was_cancelled_can_be_undone_whether_it_happened_or_not(
    *, after: bool, earlier: bool
) -> None:
    memory = Interrupted({"a": "0"}, asyncio.CancelledError(), after=after)
    log = UndoLog(memory)
    log.begin_turn("1")
    if earlier:
        error, memory.error = memory.error, None
        await write(log, "a", "1")
        memory.error = error
    with pytest.raises(asyncio.CancelledError):
        await write(log, "a", "2")
    report = await log.undo()
    assert memory.texts == {"a": "0"}
    assert report.conflicts == ()
    assert report.restored == (("a",) if after or earlier else ())


async def test_old_turns_are_forgotten() -> None:
    log, _ = logged({})
    for number in range(TURNS_KEPT + 5):
        log.begin_turn(f"turn {number}")
        await write(log, "a", str(number))
    with pytest.raises(SmallCodeError, match="no turn"):
        await log.undo("turn 0")
    assert (await log.undo()).turn_id == f"turn {TURNS_KEPT + 4}"


async def test_what_was_changed_before_the_first_turn_is_not_undone() -> None:
    memory = MemoryWorkspace()
    log = UndoLog(memory)
    await write(log, "a", "1")
    assert await log.undo() == UndoReport(None)
    assert memory.texts == {"a": "1"}


async def test_on_the_disk_every_byte_comes_back(tmp_path: Path) -> None:
    before = {
        "bom.txt": codecs.BOM_UTF8 + b"a\r\nb\nc",
        "utf16.txt": codecs.BOM_UTF16_BE + "é\r\n".encode("utf-16-be"),
        "gone.txt": codecs.BOM_UTF16_LE + "x".encode("utf-16-le"),
    }
    for name, data in before.items():
        (tmp_path / name).write_bytes(data)
    log = UndoLog(DiskWorkspace(tmp_path))
    log.begin_turn("1")
    await write(log, "bom.txt", "a\r\nB\nc\n")
    await write(log, "utf16.txt", "😀")
    await write(log, "new.txt", "x")
    await log.remove(await log.read("gone.txt"))
    assert len((await log.undo()).restored) == 4
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


async def test_what_cannot_be_written_is_a_conflict_and_the_rest_is_restored(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text("0")
    log = UndoLog(DiskWorkspace(tmp_path))
    log.begin_turn("1")
    for name in ("a", "b"):
        await write(log, name, "1")
    (tmp_path / "a").chmod(0o444)
    report = await log.undo()
    assert report.restored == ("b",)
    assert "read-only" in told(report)["a"]
    assert (tmp_path / "a").read_text() == "1"
