"""The workspace over a scripted editor with the manners that were measured in real ones."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest

from smallcode.adapters.disk import DiskWorkspace
from smallcode.core.textdiff import minimal_edits
from smallcode.errors import EditRejected, NoSuchFile, OutsideWorkspace, Protected, SmallCodeError, StaleEdit
from smallcode.messages import Edit, SearchMatch, SearchQuery, Text, TextEdit
from smallcode_lsp.buffer_edit import Patience
from smallcode_lsp.editor_workspace import EditorWorkspace
from smallcode_lsp.fake_editor import FakeEditor, Manners
from smallcode_lsp.mirror import Documents

# Long enough for the scripted editor's delays, short enough for a test that waits all of it.
PATIENCE = Patience(answer=0.3, change=0.3, settle=0.1, save=0.3)


@dataclass
class Desk:
    root: Path
    editor: FakeEditor
    workspace: EditorWorkspace

    def file(self, name: str, content: str = "one\ntwo\nthree\n") -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
        return path

    def sit(self, **manners: object) -> None:
        self.editor.manners = Manners(**manners)  # type: ignore[arg-type]

    async def change(self, name: str, old: str, new: str) -> Text:
        base = await self.workspace.read(name)
        return await self.workspace.apply_edit(edit_of(base, base.content.replace(old, new, 1)))


def edit_of(base: Text, content: str) -> Edit:
    return Edit(base.path, base, minimal_edits(base.content, content), content)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    root = tmp_path / "my project"
    root.mkdir()
    documents = Documents()
    editor = FakeEditor(documents)
    return Desk(root, editor, EditorWorkspace(DiskWorkspace(root), documents, editor, patience=PATIENCE))


# --- reading -----------------------------------------------------------------------------------------


async def test_an_open_buffer_is_read_instead_of_the_disk(desk: Desk) -> None:
    uri = desk.editor.open(desk.file("a b.py"), "unsaved\r\n\ftext\r\n")
    text = await desk.workspace.read("a b.py")
    assert text == Text("a b.py", "unsaved\r\n\ftext\r\n", "buffer:1.1", "\r\n")
    desk.editor.close(uri)
    assert (await desk.workspace.read("a b.py")).content == "one\ntwo\nthree\n"


async def test_a_file_gone_from_the_disk_is_still_read_while_open(desk: Desk) -> None:
    path = desk.file("sub/a.py")
    uri = desk.editor.open(path)
    path.unlink()
    path.parent.rmdir()
    assert (await desk.workspace.read("sub/a.py")).content == "one\ntwo\nthree\n"
    desk.editor.close(uri)
    with pytest.raises(NoSuchFile):
        await desk.workspace.read("sub/a.py")


async def test_a_buffer_outside_the_root_cannot_be_addressed(desk: Desk) -> None:
    outside = desk.root.parent / "secret.txt"
    outside.write_text("secret\n")
    desk.editor.open(outside)
    (desk.root / "link.txt").symlink_to(outside)
    for path in (str(outside), "../secret.txt", "link.txt"):
        with pytest.raises(OutsideWorkspace):
            await desk.workspace.read(path)
    assert await desk.workspace.files() == []
    assert await desk.workspace.search(SearchQuery("secret")) == []


async def test_a_buffer_opened_through_a_link_is_the_file(desk: Desk) -> None:
    desk.file("src/a.py")
    (desk.root / "lib").symlink_to(desk.root / "src", target_is_directory=True)
    desk.editor.open(desk.root / "lib" / "a.py", "unsaved\n")
    for path in ("src/a.py", "lib/a.py"):
        assert (await desk.workspace.read(path)).content == "unsaved\n"


# --- editing -----------------------------------------------------------------------------------------


async def test_an_edit_goes_through_the_editor_and_not_to_the_disk(desk: Desk) -> None:
    path = desk.file("a.py")
    uri = desk.editor.open(path, "one\ntwo\nunsaved\n")
    result = await desk.change("a.py", "two", "2")
    assert result == Text("a.py", "one\n2\nunsaved\n", "buffer:1.2", "\n")
    assert desk.editor.text(uri) == "one\n2\nunsaved\n"
    assert path.read_text() == "one\ntwo\nthree\n"
    assert "a.py" in desk.editor.labels[0]


async def test_two_sessions_that_edit_one_document_do_not_cross(desk: Desk) -> None:
    desk.sit(delay=0.02)
    uri = desk.editor.open(desk.file("a.py"))
    base = await desk.workspace.read("a.py")
    results = await asyncio.gather(
        desk.workspace.apply_edit(edit_of(base, "ONE\ntwo\nthree\n")),
        desk.workspace.apply_edit(edit_of(base, "one\nTWO\nthree\n")),
        return_exceptions=True,
    )
    assert isinstance(results[0], Text)
    assert isinstance(results[1], StaleEdit)
    assert desk.editor.text(uri) == "ONE\ntwo\nthree\n"


async def test_an_edit_of_a_text_that_was_typed_over_is_stale(desk: Desk) -> None:
    uri = desk.editor.open(desk.file("a.py"))
    base = await desk.workspace.read("a.py")
    desk.editor.type(uri, "three", "four")
    with pytest.raises(StaleEdit):
        await desk.workspace.apply_edit(edit_of(base, "1\ntwo\nthree\n"))
    assert desk.editor.text(uri) == "one\ntwo\nfour\n"
    assert desk.editor.edits == []


async def test_an_edit_that_changes_nothing_is_not_sent(desk: Desk) -> None:
    desk.editor.open(desk.file("a.py"))
    base = await desk.workspace.read("a.py")
    assert await desk.workspace.apply_edit(Edit("a.py", base, (), base.content)) == base
    assert desk.editor.edits == []


async def test_a_client_without_document_changes(desk: Desk) -> None:
    workspace = EditorWorkspace(
        DiskWorkspace(desk.root),
        desk.editor.documents,
        desk.editor,
        patience=PATIENCE,
        document_changes=False,
    )
    uri = desk.editor.open(desk.file("a.py"))
    base = await workspace.read("a.py")
    await workspace.apply_edit(edit_of(base, "1\ntwo\nthree\n"))
    assert desk.editor.text(uri) == "1\ntwo\nthree\n"
    assert desk.editor.edits[0].document_changes is None


async def test_a_file_that_is_not_open_is_changed_on_the_disk(desk: Desk) -> None:
    path = desk.file("a.py", "\ufeffone\r\n")
    await desk.change("a.py", "one", "1")
    assert path.read_bytes() == b"\xef\xbb\xbf1\r\n"
    assert desk.editor.edits == []


async def test_a_file_opened_between_reading_and_writing_is_changed_in_the_editor(desk: Desk) -> None:
    path = desk.file("a.py")
    base = await desk.workspace.read("a.py")
    uri = desk.editor.open(path)
    result = await desk.workspace.apply_edit(edit_of(base, "1\ntwo\nthree\n"))
    assert desk.editor.text(uri) == result.content
    assert path.read_text() == base.content


async def test_a_file_saved_and_closed_between_is_changed_on_the_disk(desk: Desk) -> None:
    path = desk.file("a.py")
    uri = desk.editor.open(path, "one\nunsaved\n")
    base = await desk.workspace.read("a.py")
    desk.editor.write(uri)
    desk.editor.close(uri)
    await desk.workspace.apply_edit(edit_of(base, "1\nunsaved\n"))
    assert path.read_text() == "1\nunsaved\n"


def creation(path: str, content: str) -> Edit:
    return Edit(path, None, (TextEdit(0, 0, content),), content)


async def test_a_new_file_is_made_on_the_disk(desk: Desk) -> None:
    await desk.workspace.apply_edit(creation("new/a.py", "x = 1\n"))
    assert (desk.root / "new/a.py").read_text() == "x = 1\n"


@pytest.mark.parametrize("empty", ["", "\n"])
async def test_a_new_file_that_the_editor_shows_as_an_empty_buffer(desk: Desk, empty: str) -> None:
    uri = desk.editor.open(desk.root / "a.py", empty)
    result = await desk.workspace.apply_edit(creation("a.py", "x = 1\n"))
    assert desk.editor.text(uri) == result.content == "x = 1\n"
    assert not (desk.root / "a.py").exists()


async def test_a_new_file_that_the_user_is_writing(desk: Desk) -> None:
    uri = desk.editor.open(desk.root / "a.py", "the user's\n")
    with pytest.raises(StaleEdit):
        await desk.workspace.apply_edit(creation("a.py", "x = 1\n"))
    assert desk.editor.text(uri) == "the user's\n"


async def test_gits_own_files_are_protected_in_the_editor_too(desk: Desk) -> None:
    desk.editor.open(desk.file(".git/config", "[core]\n"))
    base = await desk.workspace.read(".git/config")
    with pytest.raises(Protected):
        await desk.workspace.apply_edit(edit_of(base, "[core]\nfsmonitor = evil\n"))
    assert desk.editor.edits == []


# --- deleting ----------------------------------------------------------------------------------------


async def test_a_saved_open_file_is_deleted_from_the_disk(desk: Desk) -> None:
    path = desk.file("a.py")
    desk.editor.open(path)
    await desk.workspace.remove(await desk.workspace.read("a.py"))
    assert not path.exists()


async def test_unsaved_changes_are_not_deleted(desk: Desk) -> None:
    path = desk.file("a.py")
    uri = desk.editor.open(path)
    before = await desk.workspace.read("a.py")
    desk.editor.type(uri, "three", "unsaved")
    with pytest.raises(StaleEdit):
        await desk.workspace.remove(before)
    with pytest.raises(EditRejected, match="unsaved"):
        await desk.workspace.remove(await desk.workspace.read("a.py"))
    assert path.exists()


# --- saving ------------------------------------------------------------------------------------------


async def test_save_brings_our_changes_to_the_disk_and_leaves_the_users(desk: Desk) -> None:
    ours, theirs = desk.file("ours.py"), desk.file("theirs.py")
    uri = desk.editor.open(ours)
    desk.editor.type(desk.editor.open(theirs), "one", "unfinished")
    await desk.change("ours.py", "one", "1")
    await desk.workspace.save()
    assert ours.read_text() == "1\ntwo\nthree\n"
    assert theirs.read_text() == "one\ntwo\nthree\n"
    await desk.workspace.save()
    assert desk.editor.saved == [uri]


async def test_what_was_cancelled_after_the_editor_was_asked_is_saved_all_the_same(desk: Desk) -> None:
    path = desk.file("a.py")
    desk.editor.open(path)
    desk.sit(delay=0.1)
    changing = asyncio.create_task(desk.change("a.py", "one", "1"))
    while not desk.editor.edits:
        await asyncio.sleep(0)
    changing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await changing
    await asyncio.sleep(0.15)
    await desk.workspace.save()
    assert path.read_text() == "1\ntwo\nthree\n"


async def test_an_edit_that_was_refused_makes_nothing_ours_to_save(desk: Desk) -> None:
    uri = desk.editor.open(desk.file("a.py"))
    desk.editor.type(uri, "three", "unfinished")
    desk.sit(answer="no", applies=False)
    with pytest.raises(EditRejected):
        await desk.change("a.py", "one", "1")
    desk.sit()
    await desk.workspace.save()
    assert desk.editor.saved == []


async def test_an_edit_that_changes_nothing_makes_nothing_ours_to_save(desk: Desk) -> None:
    uri = desk.editor.open(desk.file("a.py"))
    desk.editor.type(uri, "three", "unfinished")
    await desk.change("a.py", "one", "one")
    await desk.workspace.save()
    assert desk.editor.saved == []


async def test_what_the_user_saved_meanwhile_is_not_saved_again(desk: Desk) -> None:
    uri = desk.editor.open(desk.file("a.py"))
    await desk.change("a.py", "one", "1")
    desk.editor.write(uri)
    await desk.workspace.save()
    assert desk.editor.saved == []


async def test_an_editor_that_saves_without_telling(desk: Desk) -> None:
    path = desk.file("a.py", "\ufeffone\n")
    desk.sit(tells_saves=False)
    desk.editor.open(path)
    await desk.change("a.py", "one", "1")
    await desk.workspace.save()
    assert path.read_text() == "\ufeff1\n"


@pytest.mark.parametrize("manners", [{"saves": False}, {"answer": "never"}])
async def test_what_is_not_saved_is_named(desk: Desk, manners: dict[str, object]) -> None:
    for name in ("a.py", "b.py"):
        desk.editor.open(desk.file(name))
        await desk.change(name, "one", "1")
    desk.sit(**manners)
    with pytest.raises(EditRejected, match=r"a\.py, b\.py") as error:
        await desk.workspace.save()
    assert "Save" in error.value.remedy
    desk.sit()
    await desk.workspace.save()
    assert (desk.root / "b.py").read_text() == "1\ntwo\nthree\n"


# --- looking around ----------------------------------------------------------------------------------


async def test_search_sees_the_buffers_as_they_stand(desk: Desk) -> None:
    desk.file("a.py", "needle on the disk\n")
    desk.editor.open(desk.file("b.py", "needle that is gone\n"), "x\n\fneedle in the buffer\n")
    desk.file("c.py", "needle\nneedle\n")
    desk.editor.open(desk.root / "new.py", "needle unsaved\n")
    found = await desk.workspace.search(SearchQuery("needle"))
    assert found == [
        SearchMatch("a.py", 1, "needle on the disk"),
        SearchMatch("b.py", 2, "\fneedle in the buffer"),
        SearchMatch("c.py", 1, "needle"),
        SearchMatch("c.py", 2, "needle"),
        SearchMatch("new.py", 1, "needle unsaved"),
    ]
    assert await desk.workspace.search(SearchQuery("needle", limit=3)) == found[:3]
    assert await desk.workspace.search(SearchQuery("needle", glob="[bn]*.py")) == [found[1], found[4]]


async def test_search_below_a_folder(desk: Desk) -> None:
    desk.file("src/a.py", "needle\n")
    desk.editor.open(desk.file("other/b.py", "needle\n"), "needle\n")
    desk.editor.open(desk.root / "fresh" / "c.py", "needle\n")
    assert await desk.workspace.search(SearchQuery("needle", under="src")) == [
        SearchMatch("src/a.py", 1, "needle")
    ]
    assert await desk.workspace.search(SearchQuery("needle", under="./other/")) == [
        SearchMatch("other/b.py", 1, "needle")
    ]
    assert await desk.workspace.search(SearchQuery("needle", under="fresh")) == [
        SearchMatch("fresh/c.py", 1, "needle")
    ]
    with pytest.raises(NoSuchFile):
        await desk.workspace.search(SearchQuery("needle", under="nowhere"))


async def test_a_pattern_that_is_none_is_told(desk: Desk) -> None:
    desk.editor.open(desk.file("a.py"))
    with pytest.raises(SmallCodeError, match="regular expression"):
        await desk.workspace.search(SearchQuery("(", regex=True))


async def test_files_lists_what_exists_only_in_the_editor(desk: Desk) -> None:
    desk.editor.open(desk.file("b.py"))
    desk.editor.open(desk.root / "sub" / "new.py", "x\n")
    assert await desk.workspace.files() == ["b.py", "sub/new.py"]
    assert await desk.workspace.files("sub") == ["sub/new.py"]
    with pytest.raises(NoSuchFile):
        await desk.workspace.files("nowhere")


async def test_what_git_ignores_is_not_searched_because_it_is_open(desk: Desk) -> None:
    desk.file(".git/HEAD", "ref: refs/heads/main\n")
    desk.file(".gitignore", ".env\n")
    desk.editor.open(desk.file(".env", "KEY=needle\n"))
    assert await desk.workspace.search(SearchQuery("needle")) == []
    assert ".env" not in await desk.workspace.files()
