"""One edit of one open document, over a scripted editor with the manners that were measured in real ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from smallcode.core.textdiff import minimal_edits
from smallcode.errors import EditRejected, StaleEdit
from smallcode.messages import Edit, Text
from smallcode_lsp.buffer_edit import Patience, edit_buffer
from smallcode_lsp.fake_editor import FakeEditor, Manners
from smallcode_lsp.mirror import Document, Documents

# Long enough for the scripted editor's delays, short enough for a test that waits all of it.
PATIENCE = Patience(answer=0.3, change=0.3, settle=0.1, save=0.3)

PATH = Path("/nowhere/a.py").absolute()


@dataclass
class Desk:
    """One open document, ``uri`` in the editor and ``document`` in the mirror."""

    documents: Documents = field(default_factory=Documents)

    def __post_init__(self) -> None:
        self.editor = FakeEditor(self.documents)

    def open(self, content: str = "one\ntwo\nthree\n", *, version: int = 1, **manners: Any) -> None:
        self.editor.manners = Manners(**manners)
        self.uri = self.editor.open(PATH, content, version=version)

    @property
    def document(self) -> Document:
        found = self.documents.get(str(PATH))
        assert found is not None
        return found

    @property
    def shown(self) -> str:
        return self.editor.text(self.uri)

    async def change(self, old: str, new: str) -> tuple[str, str]:
        base = Text("a.py", self.document.text, self.document.stamp)
        content = base.content.replace(old, new, 1)
        edit = Edit("a.py", base, minimal_edits(base.content, content), content)
        return await edit_buffer(self.document, edit, self.editor, patience=PATIENCE)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("delay", [0.0, 0.05])
async def test_the_second_edit_sees_the_first(encoding: Any, delay: float) -> None:
    desk = Desk(Documents(encoding))
    desk.open("é😀 one\f\u2028\ntwo\n", version=0, delay=delay)
    await desk.change("one", "😀1")
    content, _ = await desk.change("two", "2")
    assert content == desk.shown == "é😀 😀1\f\u2028\n2\n"
    assert len(desk.editor.edits) == 2


@pytest.mark.parametrize("stale", ["refuse", "skip"])
async def test_typing_that_the_server_has_not_heard_of_makes_the_edit_stale(desk: Desk, stale: str) -> None:
    desk.open(delay=0.05, stale=stale)
    desk.editor.type(desk.uri, "three", "four")
    with pytest.raises(StaleEdit):
        await desk.change("one", "1")
    assert desk.shown == "one\ntwo\nfour\n"


async def test_typing_elsewhere_that_arrives_together_with_the_edit(desk: Desk) -> None:
    desk.open(delay=0.05)
    desk.editor.after_edit = lambda: desk.editor.type(desk.uri, "three", "three and more")
    content, stamp = await desk.change("one", "1")
    assert content == "1\ntwo\nthree\n"
    assert desk.document.text == "1\ntwo\nthree and more\n"
    assert stamp != desk.document.stamp


async def test_typing_after_the_edit_does_not_hide_it(desk: Desk) -> None:
    desk.open()
    desk.editor.after_edit = lambda: desk.editor.type(desk.uri, "1", "one hundred")
    content, stamp = await desk.change("one", "1")
    assert (content, stamp) == ("1\ntwo\nthree\n", "buffer:1.2")
    assert desk.document.text == "one hundred\ntwo\nthree\n"


@pytest.mark.parametrize(
    ("manners", "reason"),
    [
        ({"applies": False}, "dropped it"),
        ({"applies": False, "answer": "no"}, "refused it and gave no reason"),
        ({"applies": False, "answer": "no", "reason": "read-only"}, "refused it: read-only"),
        ({"applies": False, "answer": "never"}, "did not answer for 0.3 s"),
    ],
)
async def test_an_edit_that_did_not_take_is_told(desk: Desk, manners: dict[str, Any], reason: str) -> None:
    desk.open(**manners)
    with pytest.raises(EditRejected) as error:
        await desk.change("one", "1")
    assert desk.shown == "one\ntwo\nthree\n"
    assert error.value.path == "a.py"
    assert "a.py" in error.value.message
    assert reason in error.value.message
    assert error.value.remedy


@pytest.mark.parametrize("answer", ["never", "no"])
async def test_the_buffer_counts_and_not_the_answer(desk: Desk, answer: str) -> None:
    desk.open(answer=answer)
    content, _ = await desk.change("one", "1")
    assert content == "1\ntwo\nthree\n"


async def test_an_edit_made_differently_is_told(desk: Desk) -> None:
    desk.open(delay=0.02)
    desk.editor.after_edit = lambda: desk.editor.type(desk.uri, "1", "(1)")
    with pytest.raises(EditRejected, match="something else"):
        await desk.change("one", "1")


@pytest.mark.parametrize("answer", ["yes", "no"])
async def test_an_edit_of_which_only_a_part_was_made_is_told(desk: Desk, answer: str) -> None:
    desk.open(partly=True, answer=answer)
    base = Text("a.py", desk.document.text, desk.document.stamp)
    content = "1\ntwo\n3\n"
    edit = Edit("a.py", base, minimal_edits(base.content, content), content)
    with pytest.raises(EditRejected, match="something else"):
        await edit_buffer(desk.document, edit, desk.editor, patience=PATIENCE)
    assert desk.shown == "1\ntwo\nthree\n"


async def test_a_document_closed_during_the_edit(desk: Desk) -> None:
    desk.open(applies=False)
    desk.editor.after_edit = lambda: desk.editor.close(desk.uri)
    with pytest.raises(EditRejected, match="closed"):
        await desk.change("one", "1")


async def test_an_editor_that_keeps_its_own_line_ends(desk: Desk) -> None:
    desk.open("one\r\ntwo\r\n", line_end="\r\n")
    content, stamp = await desk.change("two", "2\n3")
    assert content == desk.shown == "one\r\n2\r\n3\r\n"
    assert stamp == desk.document.stamp


async def test_an_edit_that_changes_nothing_is_not_sent(desk: Desk) -> None:
    desk.open()
    assert await desk.change("one", "one") == ("one\ntwo\nthree\n", "buffer:1.1")
    assert desk.editor.edits == []
