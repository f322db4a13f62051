"""The code graph behind a real server: built at the start, following the editor, gone with it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lsp_editor import DEADLINE, Editor, open_editor
from lsprotocol import types
from pygls.exceptions import JsonRpcMethodNotFound

from smallcode.adapters.scripted import ScriptedServer, Step
from smallcode_lsp import protocol, uris

pytestmark = pytest.mark.slow

FILES = 300


async def names(editor: Editor, query: str) -> list[str]:
    params = types.WorkspaceSymbolParams(query)
    found = await editor.client.workspace_symbol_async(params)
    return [one.name for one in found or []]


async def until(editor: Editor, query: str, expected: list[str]) -> None:
    async with asyncio.timeout(DEADLINE):
        while await names(editor, query) != expected:
            await asyncio.sleep(0.1)


async def test_symbols_follow_buffers_and_files(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (root / "a.py").write_text("class Thing:\n    def first(self): pass\n")
    async with (
        ScriptedServer([Step(text="unused")]) as model,
        open_editor(root, model.address, settings={"graph_symbols": True}) as editor,
    ):
        await until(editor, "thing", ["Thing"])
        buffer = editor.open("a.py")
        editor.type(buffer, "def typed_just_now(): pass\n")
        await until(editor, "typed", ["typed_just_now"])
        document = types.TextDocumentIdentifier(buffer.uri)
        tree = await editor.client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
        assert [one.name for one in tree or []] == ["typed_just_now", "Thing"]
        (root / "b.py").write_text("def beside(): pass\n")
        assert [one.method for one in editor.registered] == [types.WORKSPACE_DID_CHANGE_WATCHED_FILES]
        created = types.FileEvent(uris.from_path(str(root / "b.py")), types.FileChangeType.Created)
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([created]))
        await until(editor, "beside", ["beside"])
    assert sorted(path.name for path in root.iterdir()) == ["a.py", "b.py"]


async def test_without_the_setting_no_symbols_are_served(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    async with (
        ScriptedServer([Step(text="unused")]) as model,
        open_editor(root, model.address) as editor,
    ):
        with pytest.raises(JsonRpcMethodNotFound):
            await names(editor, "a")


async def test_status_is_answered_and_progress_shown_while_many_files_are_read(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    for number in range(FILES):
        body = "".join(f"def f{number}_{i}():\n    return f{number}_{i}()\n\n\n" for i in range(30))
        (root / f"m{number}.py").write_text(body)
    async with (
        ScriptedServer([Step(text="unused")]) as model,
        open_editor(root, model.address) as editor,
    ):
        async with asyncio.timeout(6 * DEADLINE):
            while "end" not in editor.progress:
                await editor.client.protocol.send_request_async(protocol.STATUS, {})
                await asyncio.sleep(0.02)
        assert editor.progress[0] == "begin" and "report" in editor.progress
