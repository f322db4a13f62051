"""Turns taken back through the editor: buffers by their text, files that are not open by their bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.diskwriter import DiskWriter
from smallcode.adapters.snapshots import SnapshotStore
from smallcode.adapters.undolog import UndoLog, UndoReport
from smallcode.core.textdiff import minimal_edits
from smallcode.errors import EditRejected
from smallcode.messages import Edit
from smallcode_lsp.buffer_edit import Patience
from smallcode_lsp.editor_workspace import EditorWorkspace
from smallcode_lsp.fake_editor import FakeEditor, Manners
from smallcode_lsp.mirror import Documents

PATIENCE = Patience(answer=0.3, change=0.3, settle=0.1, save=0.3)
TEXT = "one\ntwo\nthree\nfour\nfive\n"


@dataclass
class Desk:
    root: Path
    state: Path

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """The editor and the server, anew."""
        self.editor = FakeEditor(Documents())
        disk = DiskWorkspace(self.root, writer=DiskWriter(self.state))
        self.workspace = EditorWorkspace(disk, self.editor.documents, self.editor, patience=PATIENCE)
        self.log = UndoLog(self.workspace, SnapshotStore(self.state / "snapshots"))

    def open(self, name: str = "a.py", text: str | None = None) -> str:
        return self.editor.open(self.root / name, text)

    async def write(self, name: str, content: str) -> None:
        base = await self.log.read(name) if name in await self.log.files() else None
        before = "" if base is None else base.content
        await self.log.apply_edit(Edit(name, base, minimal_edits(before, content), content))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    root = tmp_path / "root"
    root.mkdir()
    (root / "a.py").write_text(TEXT)
    made = Desk(root, tmp_path / "state")
    made.log.begin_turn("1")
    yield made
    made.log.end_turn()


async def test_unsaved_text_comes_back_and_the_disk_stays(desk: Desk) -> None:
    uri = desk.open(text=TEXT + "unsaved\n")
    await desk.write("a.py", "rewritten\n")
    assert (await desk.log.undo()).restored == ("a.py",)
    assert desk.editor.text(uri) == TEXT + "unsaved\n"
    assert (desk.root / "a.py").read_text() == TEXT
    assert len(desk.editor.edits) == 2


async def test_what_the_user_typed_elsewhere_stays(desk: Desk) -> None:
    uri = desk.open()
    await desk.write("a.py", TEXT.replace("two", "2"))
    desk.editor.type(uri, "five", "mine")
    assert (await desk.log.undo()).conflicts == ()
    assert desk.editor.text(uri) == TEXT.replace("five", "mine")


async def test_what_the_user_typed_in_the_same_place_is_a_conflict_with_its_diff(desk: Desk) -> None:
    uri = desk.open()
    await desk.write("a.py", TEXT.replace("two", "2"))
    desk.editor.type(uri, "2", "zwei")
    (conflict,) = (await desk.log.undo()).conflicts
    assert "-2\n+zwei\n" in conflict.diff
    assert "zwei" in desk.editor.text(uri)


async def test_after_a_crash_unsaved_text_that_the_turn_saved_comes_back(desk: Desk) -> None:
    desk.open(text=TEXT + "unsaved\n")
    await desk.write("a.py", TEXT.replace("two", "2") + "unsaved\n")
    await desk.log.save()
    desk.log.end_turn()
    desk.start()
    assert (await desk.log.undo("1")).restored == ("a.py",)
    assert (desk.root / "a.py").read_text() == TEXT + "unsaved\n"


async def test_after_a_crash_a_change_that_was_never_saved_needs_nothing(desk: Desk) -> None:
    desk.open(text=TEXT + "unsaved\n")
    await desk.write("a.py", "rewritten\n")
    desk.log.end_turn()
    desk.start()
    assert await desk.log.undo("1") == UndoReport("1")
    assert (desk.root / "a.py").read_text() == TEXT


async def test_a_file_changed_on_the_disk_and_opened_since_is_restored_in_the_buffer(desk: Desk) -> None:
    await desk.write("a.py", "rewritten\n")
    uri = desk.open()
    assert (await desk.log.undo()).restored == ("a.py",)
    assert desk.editor.text(uri) == TEXT
    assert desk.editor.edits


async def test_a_deleted_file_whose_buffer_is_still_open_is_back_on_the_disk(desk: Desk) -> None:
    (desk.root / "a.py").chmod(0o751)
    uri = desk.open()
    await desk.log.remove(await desk.log.read("a.py"))
    assert not (desk.root / "a.py").exists()
    assert (await desk.log.undo()).restored == ("a.py",)
    assert (desk.root / "a.py").read_text() == desk.editor.text(uri) == TEXT
    assert (desk.root / "a.py").stat().st_mode & 0o777 == 0o751


async def test_a_new_file_in_an_empty_buffer_is_empty_again(desk: Desk) -> None:
    uri = desk.open("new.py", "")
    await desk.write("new.py", "x = 1\n")
    assert (await desk.log.undo()).restored == ("new.py",)
    assert desk.editor.text(uri) == ""


async def test_a_new_file_that_was_opened_since_is_deleted(desk: Desk) -> None:
    await desk.write("new.py", "x = 1\n")
    desk.open("new.py")
    assert (await desk.log.undo()).restored == ("new.py",)
    assert not (desk.root / "new.py").exists()


@pytest.mark.parametrize(
    ("manners", "shown"),
    [
        (Manners(partly=True), TEXT.replace("one", "1")),
        (Manners(applies=False), TEXT),
        (Manners(applies=False, answer="no", reason="read-only"), TEXT),
    ],
)
async def test_an_edit_that_failed_leaves_nothing_after_undo(
    desk: Desk, manners: Manners, shown: str
) -> None:
    uri = desk.open()
    desk.editor.manners = manners
    with pytest.raises(EditRejected):
        await desk.write("a.py", TEXT.replace("one", "1").replace("five", "5"))
    assert desk.editor.text(uri) == shown
    desk.editor.manners = Manners()
    report = await desk.log.undo()
    assert report.conflicts == ()
    assert desk.editor.text(uri) == TEXT


async def test_an_editor_that_refuses_the_undo_is_told(desk: Desk) -> None:
    uri = desk.open()
    await desk.write("a.py", "rewritten\n")
    desk.editor.manners = Manners(applies=False, answer="no", reason="read-only")
    (conflict,) = (await desk.log.undo()).conflicts
    assert "read-only" in conflict.reason
    desk.editor.manners = Manners()
    assert (await desk.log.undo("1")).restored == ("a.py",)
    assert desk.editor.text(uri) == TEXT
