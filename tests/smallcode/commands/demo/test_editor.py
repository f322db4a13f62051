"""The demo's editor: positions, workspace edits, and what the server is told of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.commands.demo.editor import Buffer, Editor, offset_at, path_of, position_at

TEXT = "one\ntwo 🙂 é\r\nthree\n"


def at(line: int, character: int) -> dict[str, int]:
    return {"line": line, "character": character}


def replace(start: dict[str, int], end: dict[str, int], new: str) -> dict[str, Any]:
    return {"range": {"start": start, "end": end}, "newText": new}


class Server:
    """What a language server keeps: the text of each document, from the notifications alone."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.saved: list[str] = []

    def notify(self, method: str, params: Any) -> None:
        document = params["textDocument"]
        uri = document["uri"]
        if method == "textDocument/didSave":
            self.saved.append(uri)
            return
        assert document["version"] > self.versions.get(uri, 0)
        self.versions[uri] = document["version"]
        if method == "textDocument/didOpen":
            self.texts[uri] = document["text"]
        for change in params.get("contentChanges", ()):
            text = self.texts[uri]
            start, end = (offset_at(text, change["range"][which]) for which in ("start", "end"))
            self.texts[uri] = text[:start] + change["text"] + text[end:]


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def editor(server: Server) -> Editor:
    return Editor(server.notify)


@pytest.fixture
def buffer(editor: Editor, tmp_path: Path) -> Buffer:
    path = tmp_path / "a file.py"
    path.write_bytes(TEXT.encode())
    return editor.open(path)


@pytest.mark.parametrize(
    ("position", "offset"),
    [
        (at(0, 0), 0),
        (at(0, 3), 3),
        (at(0, 99), 3),
        (at(1, 4), 8),
        (at(1, 6), 9),
        (at(1, 8), 11),
        (at(1, 99), 11),
        (at(2, 0), 13),
        (at(3, 0), 19),
        (at(9, 9), 19),
    ],
)
def test_positions_count_utf_16_units(position: dict[str, int], offset: int) -> None:
    assert offset_at(TEXT, position) == offset


@given(st.text(alphabet="ab\r\n\f\u2028é🙂"), st.data())
def test_an_offset_comes_back_from_its_position(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    inside_line_end = text[max(offset - 1, 0) : offset + 1] == "\r\n"
    assert offset_at(text, position_at(text, offset)) == offset - inside_line_end


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([replace(at(0, 0), at(0, 3), "ONE")], "ONE\ntwo 🙂 é\r\nthree\n"),
        ([replace(at(1, 4), at(1, 6), "!")], "one\ntwo ! é\r\nthree\n"),
        ([replace(at(0, 0), at(1, 0), ""), replace(at(2, 5), at(2, 5), "!")], "two 🙂 é\r\nthree!\n"),
        ([replace(at(3, 0), at(3, 0), "end")], f"{TEXT}end"),
    ],
)
async def test_edits_reach_buffer_and_server_alike(
    editor: Editor, server: Server, buffer: Buffer, edits: list[Any], expected: str
) -> None:
    document = {"uri": buffer.uri, "version": 1}
    change = {"documentChanges": [{"textDocument": document, "edits": edits}]}
    assert await editor.apply_edit({"edit": change}) == {"applied": True}
    assert (buffer.text, server.texts[buffer.uri]) == (expected, expected)
    assert buffer.path.read_bytes().decode() == TEXT
    assert buffer.dirty


async def test_an_edit_for_another_version_changes_nothing(
    editor: Editor, buffer: Buffer, tmp_path: Path
) -> None:
    other = tmp_path / "other.py"
    other.write_text("x")
    changes = [
        {
            "textDocument": {"uri": other.as_uri(), "version": None},
            "edits": [replace(at(0, 0), at(0, 1), "y")],
        },
        {"textDocument": {"uri": buffer.uri, "version": 7}, "edits": [replace(at(0, 0), at(0, 3), "")]},
    ]
    answer = await editor.apply_edit({"edit": {"documentChanges": changes}})
    assert answer == {"applied": False, "failureReason": "a file.py is at version 1, the edit is for 7"}
    assert (buffer.text, editor.open(other).text) == (TEXT, "x")


async def test_a_file_is_made_filled_and_saved(editor: Editor, server: Server, tmp_path: Path) -> None:
    uri = (tmp_path / "new" / "b.py").as_uri()
    changes = [
        {"kind": "create", "uri": uri},
        {"textDocument": {"uri": uri, "version": None}, "edits": [replace(at(0, 0), at(0, 0), "text\n")]},
    ]
    assert await editor.apply_edit({"edit": {"documentChanges": changes}}) == {"applied": True}
    assert await editor.save({"uris": [uri]}) == {"saved": [uri]}
    assert path_of(uri).read_text() == "text\n"
    assert server.saved == [uri]
    refused = await editor.apply_edit({"edit": {"documentChanges": changes[:1]}})
    assert refused == {"applied": False, "failureReason": "b.py exists already"}


async def test_what_is_not_supported_is_refused(editor: Editor, buffer: Buffer) -> None:
    answer = await editor.apply_edit({"edit": {"documentChanges": [{"kind": "delete", "uri": buffer.uri}]}})
    assert answer == {"applied": False, "failureReason": "delete is not supported here"}


async def test_plain_changes_and_typing(editor: Editor, server: Server, buffer: Buffer) -> None:
    editor.replace(buffer, "two 🙂", "2")
    edit = {"changes": {buffer.uri: [replace(at(1, 0), at(1, 1), "zwei")]}}
    assert await editor.apply_edit({"edit": edit}) == {"applied": True}
    assert server.texts[buffer.uri] == buffer.text == "one\nzwei é\r\nthree\n"
    assert buffer.version == 3
