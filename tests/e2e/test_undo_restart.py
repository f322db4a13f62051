"""Turns that are undone by another process than the one that made them, or that died in the middle of it."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest
from lsp_editor import open_editor

from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.diskwriter import DiskWriter
from smallcode.adapters.scripted import ScriptedServer, Step
from smallcode.adapters.snapshots import SnapshotStore
from smallcode.adapters.undolog import UndoLog
from smallcode.core.textdiff import minimal_edits
from smallcode.messages import Edit
from smallcode_lsp import protocol

pytestmark = pytest.mark.slow

CART = "def total(prices):\n    return sum(prices[1:])\n"
FIXED = CART.replace("prices[1:]", "prices")
READ = {"name": "read_file", "arguments": {"path": "cart.py"}}
PATCH = {
    "name": "patch",
    "arguments": {"path": "cart.py", "old_str": "sum(prices[1:])", "new_str": "sum(prices)"},
}
TURN = [Step(tool_calls=[READ]), Step(tool_calls=[PATCH]), Step(text="Done.")]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "my shop"
    folder.mkdir()
    (folder / "cart.py").write_text(CART)
    return folder


async def cut_off(root: Path) -> None:
    """A turn whose process is gone before its end: nobody holds its lock, and no end was noted."""
    state = root.parent / "state" / "smallcode"
    store = SnapshotStore(state / "snapshots")
    log = UndoLog(DiskWorkspace(root, writer=DiskWriter(state)), store, "before")
    log.begin_turn("cut-off")
    base = await log.read("cart.py")
    await log.apply_edit(Edit("cart.py", base, minimal_edits(base.content, FIXED), FIXED))
    store.close("cut-off")


async def test_a_turn_is_undone_after_a_restart_in_the_buffer_that_is_open_now(root: Path) -> None:
    async with ScriptedServer(TURN) as model, open_editor(root, model.address) as editor:
        turn = await editor.turn("Fix total()")
        assert (root / "cart.py").read_text() == FIXED
    async with open_editor(root, model.address) as editor:
        buffer = editor.open("cart.py")
        undone = await editor.request(protocol.UNDO, {})
        assert (undone["turnId"], undone["filesRestored"]) == (turn["turnId"], ["cart.py"])
        assert buffer.text == CART
        assert (await editor.request(protocol.UNDO, {}))["turnId"] is None


async def test_what_the_user_changed_since_is_shown_with_the_refusal(root: Path) -> None:
    async with ScriptedServer(TURN) as model, open_editor(root, model.address) as editor:
        turn = await editor.turn("Fix total()")
        (root / "cart.py").write_text(FIXED.replace("sum(prices)", "fsum(prices)"))
        undone = await editor.request(protocol.UNDO, {"turnId": turn["turnId"]})
        (conflict,) = undone["conflicts"]
        assert conflict["reason"] == "changed since"
        assert "+    return fsum(prices)" in conflict["diff"]
        assert editor.questions == []


@pytest.mark.parametrize(("answer", "content"), [("Undo", CART), ("Keep", FIXED)])
async def test_a_turn_that_was_cut_off_is_offered_once(root: Path, answer: str, content: str) -> None:
    await cut_off(root)
    async with open_editor(root, "http://127.0.0.1:9/v1", actions=[answer]) as editor:
        await editor.until(lambda: bool(editor.questions))
        assert "cart.py" in editor.questions[0]
        assert (await editor.request(protocol.STATUS, {}))["runningTurns"] == 0
        if answer == "Undo":
            await editor.until(lambda: any("restored cart.py" in one for one in editor.shown))
    assert (root / "cart.py").read_text() == content
    async with open_editor(root, "http://127.0.0.1:9/v1") as editor:
        assert (await editor.request(protocol.STATUS, {}))["health"] == "unreachable"
        await asyncio.sleep(0.2)
        assert editor.questions == []


async def test_a_server_that_is_killed_in_a_turn_leaves_it_to_be_undone(root: Path) -> None:
    hanging = [*TURN[:2], Step(tool_calls=[{"name": "bash", "arguments": {"command": "sleep 60"}}])]
    async with ScriptedServer(hanging) as model:
        with pytest.raises(BaseException):  # noqa: B017 - whatever a client makes of a server that is gone
            async with open_editor(root, model.address) as editor:
                asking = asyncio.create_task(editor.turn("Fix total()"))
                await editor.until(lambda: (root / "cart.py").read_text() == FIXED)
                server = editor.client._server
                assert server is not None
                server.send_signal(signal.SIGKILL)
                await asyncio.wait({asking}, timeout=5)
                asking.cancel()
                raise ConnectionError("the server is gone")
        async with open_editor(root, model.address, actions=["Undo"]) as editor:
            await editor.until(lambda: (root / "cart.py").read_text() == CART)
