"""The language server as an editor sees it: a real process over stdio, a scripted model over HTTP."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from lsp_editor import Editor, open_editor
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from smallcode.adapters.scripted import Fault, ScriptedServer, Step
from smallcode_lsp import protocol

pytestmark = pytest.mark.slow

CART = "def total(prices):\n    return sum(prices[1:])\n"
UNSAVED = "# café 😀, not saved yet\n" + CART
FIXED = UNSAVED.replace("prices[1:]", "prices")

READ = {"name": "read_file", "arguments": {"path": "cart.py"}}
PATCH = {
    "name": "patch",
    "arguments": {"path": "cart.py", "old_str": "sum(prices[1:])", "new_str": "sum(prices)"},
}
SECOND = {
    "name": "patch",
    "arguments": {"path": "cart.py", "old_str": "def total(prices):", "new_str": "def total(prices: list):"},
}
SHOW = {"name": "bash", "arguments": {"command": "cat cart.py"}}
TURN = [
    Step(tool_calls=[READ]),
    Step(tool_calls=[PATCH]),
    Step(tool_calls=[SHOW]),
    Step(text="It counts them all now."),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "my shop #1"
    folder.mkdir()
    (folder / "cart.py").write_bytes(CART.encode())
    return folder


def tool_results(editor: Editor) -> list[Any]:
    return editor.events("tool_call_update")


async def test_a_turn_edits_the_unsaved_buffer_saves_it_before_the_command_and_is_undone(root: Path) -> None:
    async with ScriptedServer(TURN) as model, open_editor(root, model.address) as editor:
        buffer = editor.open("cart.py", UNSAVED)
        result = await editor.turn("Fix total()", textDocument={"uri": buffer.uri})

        assert result["stopReason"] == "done" and result["text"] == "It counts them all now."
        assert result["filesChanged"] == ["cart.py"]
        assert result["usage"]["requests"] == 4 and result["usage"]["cachedTokens"] > 0
        assert buffer.text == FIXED
        assert [row["status"] for row in tool_results(editor)] == ["completed"] * 3
        assert "sum(prices)" in tool_results(editor)[2]["content"]
        assert editor.saves == [[buffer.uri]] and buffer.path.read_bytes().decode() == FIXED
        assert [asked["kind"] for asked in editor.asked] == ["shell"]
        assert editor.asked[0]["detail"] == "cat cart.py"
        assert [update["seq"] for update in editor.updates] == list(range(len(editor.updates)))
        assert editor.updates[-1]["event"]["type"] == "turn_ended"

        edit = editor.edits[0].edit.document_changes[0]
        assert edit.text_document.version == 1
        assert [one.new_text for one in edit.edits] == [""], "the edit is the smallest that does it"

        undone = await editor.request(protocol.UNDO, {"turnId": result["turnId"]})
        assert undone["filesRestored"] == ["cart.py"] and buffer.text == UNSAVED


async def test_budget_and_tokens_are_told_in_status_and_as_text(root: Path) -> None:
    async with ScriptedServer(TURN) as model, open_editor(root, model.address) as editor:
        for name in ("budget", "tokens"):
            before = await editor.request(protocol.COMMAND, {"name": name})
            assert before["text"] == "Nothing was sent to the model yet in this session."
        await editor.turn("Fix total()")
        status = await editor.request(protocol.STATUS, {})
        updates = editor.events("usage")
        assert status["budget"] == updates[-1]["budget"] and status["budget"]["window"] == status["window"]
        names = [part["name"] for part in status["budget"]["parts"]]
        assert names == ["fixed", "task", "plan", "files", "history", "answer"]
        assert status["budget"]["used"] == sum(part["used"] for part in status["budget"]["parts"])
        usage = status["lastUsage"]
        assert usage == status["sessionUsage"] and usage["avoidableTokens"] == 0
        assert usage["uncachedTokens"] == usage["promptTokens"] - usage["cachedTokens"]
        told = await editor.request(protocol.COMMAND, {"name": "budget"})
        assert "tokens are used" in told["text"] and "fixed" in told["text"] and "█" in told["text"]
        told = await editor.request(protocol.COMMAND, {"name": "tokens"})
        assert "last turn: 4 requests" in told["text"] and "from the cache" in told["text"]


async def test_the_second_patch_of_a_turn_sees_the_first(root: Path) -> None:
    steps = [Step(tool_calls=[READ]), Step(tool_calls=[PATCH, SECOND]), Step(text="Done.")]
    async with ScriptedServer(steps) as model, open_editor(root, model.address) as editor:
        buffer = editor.open("cart.py", UNSAVED)
        await editor.turn("Fix total()")
        assert buffer.text == FIXED.replace("def total(prices):", "def total(prices: list):")


async def test_what_the_user_types_during_a_turn_is_kept(root: Path) -> None:
    async with ScriptedServer(TURN) as model, open_editor(root, model.address) as editor:
        buffer = editor.open("cart.py", UNSAVED)
        turn = asyncio.create_task(editor.turn("Fix total()"))
        await editor.until(lambda: bool(tool_results(editor)))
        editor.type(buffer, "import os\n")
        assert (await turn)["stopReason"] == "done"
        assert buffer.text.startswith("import os\n# café")


async def test_cancelling_answers_and_closes_the_stream(root: Path) -> None:
    hanging = [Step(text="thinking about it for long", fault=Fault("hang", after_pieces=2))]
    async with ScriptedServer(hanging) as model, open_editor(root, model.address) as editor:
        sent = editor.client.protocol.send_request_async(protocol.TURN, {"prompt": "x"}, msg_id="t1")
        request = asyncio.create_task(sent)
        await editor.until(lambda: bool(editor.events("message_chunk")))
        began = time.monotonic()
        editor.client.cancel_request(types.CancelParams(id="t1"))
        result = await asyncio.wait_for(request, 5)
        assert result["stopReason"] == "cancelled"
        assert time.monotonic() - began < 2
        await editor.until(lambda: model.requests[-1].disconnected)
        again = await editor.request(protocol.STATUS, {})
        assert again["runningTurns"] == 0


async def test_the_stop_button_of_the_progress_and_the_stop_command_end_a_turn(root: Path) -> None:
    hanging = [Step(text="thinking about it for long", fault=Fault("hang", after_pieces=2))]
    async with ScriptedServer(hanging) as model, open_editor(root, model.address) as editor:
        for stop in (
            lambda: editor.client.window_work_done_progress_cancel(
                types.WorkDoneProgressCancelParams(token="mine")
            ),
            lambda: asyncio.ensure_future(editor.request(protocol.COMMAND, {"name": "stop"})),
        ):
            editor.updates.clear()
            session = (await editor.request(protocol.SESSION_NEW))["sessionId"]
            turn = asyncio.create_task(editor.turn("x", sessionId=session, workDoneToken="mine"))
            await editor.until(lambda: bool(editor.events("message_chunk")))
            stop()
            assert (await asyncio.wait_for(turn, 5))["stopReason"] == "cancelled"


async def test_a_denied_permission_changes_nothing(root: Path) -> None:
    settings = {"edit_permission": "ask"}
    async with ScriptedServer(TURN) as model, open_editor(root, model.address, settings=settings) as editor:
        editor.outcome = "deny"
        buffer = editor.open("cart.py", UNSAVED)
        result = await editor.turn("Fix total()")
        assert result["filesChanged"] == [] and buffer.text == UNSAVED
        assert [row["status"] for row in tool_results(editor)] == ["completed", "failed", "failed"]
        assert [asked["kind"] for asked in editor.asked] == ["edit", "shell"]
        assert "-    return sum(prices[1:])\n+    return sum(prices)" in editor.asked[0]["detail"]


async def test_a_question_is_withdrawn_when_the_turn_is_stopped(root: Path) -> None:
    async with (
        ScriptedServer([Step(tool_calls=[SHOW])]) as model,
        open_editor(root, model.address) as editor,
    ):
        withdrawn = asyncio.Event()

        async def never(params: Any) -> Any:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                withdrawn.set()
                raise

        editor.answer = never
        turn = asyncio.create_task(editor.turn("x"))
        await editor.until(lambda: bool(editor.asked))
        await editor.request(protocol.COMMAND, {"name": "stop"})
        assert (await turn)["stopReason"] == "cancelled"
        await asyncio.wait_for(withdrawn.wait(), 5)


async def test_a_client_without_our_features_gets_standard_lsp(root: Path) -> None:
    async with (
        ScriptedServer(TURN) as model,
        open_editor(root, model.address, features=None) as editor,
    ):
        buffer = editor.open("cart.py", UNSAVED)
        cursor = types.Position(2, 4)
        end = types.Position(2, 10)
        actions = await editor.client.text_document_code_action_async(
            types.CodeActionParams(
                text_document=types.TextDocumentIdentifier(buffer.uri),
                range=types.Range(cursor, end),
                context=types.CodeActionContext(diagnostics=[]),
            )
        )
        assert [action.title for action in actions] == [
            "Fix the selection with SmallCode",
            "Explain with SmallCode",
        ]
        command = actions[0].command
        editor.actions = ["Allow once", "They are saved"]
        result = await editor.client.workspace_execute_command_async(
            types.ExecuteCommandParams(command.command, arguments=command.arguments)
        )
        assert result["stopReason"] == "done" and buffer.text == FIXED
        assert "Run a shell command" in editor.questions[0] and "save" in editor.questions[1]
        assert "It counts them all now." in editor.shown
        assert editor.progress[0] == "begin" and editor.progress[-1] == "end"
        assert set(editor.progress[1:-1]) == {"report"}
        prompt = model.requests[0].body.decode()
        assert "Selected in cart.py, line 3" in prompt


async def test_code_actions_for_a_diagnostic_and_for_nothing(root: Path) -> None:
    async with ScriptedServer([]) as model, open_editor(root, model.address) as editor:
        buffer = editor.open("cart.py")
        here = types.Range(types.Position(1, 4), types.Position(1, 4))
        problem = types.Diagnostic(range=here, message="suspicious slice")

        async def titles(*diagnostics: types.Diagnostic, only: list[str] | None = None) -> list[str]:
            actions = await editor.client.text_document_code_action_async(
                types.CodeActionParams(
                    text_document=types.TextDocumentIdentifier(buffer.uri),
                    range=here,
                    context=types.CodeActionContext(diagnostics=diagnostics, only=only),
                )
            )
            return [action.title for action in actions]

        assert await titles() == []
        assert await titles(problem) == ["Fix with SmallCode", "Explain with SmallCode"]
        assert await titles(problem, only=["quickfix"]) == ["Fix with SmallCode"]
        assert await titles(problem, only=["source"]) == []


async def test_diagnostics_of_other_servers_reach_the_prompt(root: Path) -> None:
    async with ScriptedServer([Step(text="Done.")]) as model, open_editor(root, model.address) as editor:
        buffer = editor.open("cart.py")
        where = {"start": {"line": 1, "character": 4}, "end": {"line": 1, "character": 9}}
        report = {"uri": buffer.uri, "diagnostics": [{"range": where, "message": "odd slice", "severity": 2}]}
        editor.client.protocol.notify(protocol.DIAGNOSTICS, report)
        editor.client.protocol.notify(protocol.DIAGNOSTICS, {"uri": 3})
        await editor.turn("Fix it", textDocument={"uri": buffer.uri}, range=where)
        assert "cart.py:2: warning: odd slice" in model.requests[0].body.decode()


async def test_sessions_are_apart(root: Path) -> None:
    async with ScriptedServer([Step(text="Done.")]) as model, open_editor(root, model.address) as editor:
        one = (await editor.request(protocol.SESSION_NEW))["sessionId"]
        two = (await editor.request(protocol.SESSION_NEW))["sessionId"]
        first, second = await asyncio.gather(
            editor.turn("apples", sessionId=one), editor.turn("oranges", sessionId=two)
        )
        assert first["sessionId"] == one and second["sessionId"] == two
        listed = (await editor.request(protocol.SESSION_LIST))["sessions"]
        assert {row["sessionId"]: row["title"] for row in listed} == {one: "apples", two: "oranges"}
        bodies = [request.body.decode() for request in model.requests]
        assert not any("apples" in body and "oranges" in body for body in bodies)


async def test_settings_change_and_bad_ones_warn(root: Path) -> None:
    async with (
        ScriptedServer([Step(text="from one")]) as one,
        ScriptedServer([Step(text="from two")]) as two,
        open_editor(root, one.address, settings={"bash_timeout": "soon"}) as editor,
    ):
        assert (await editor.turn("x"))["text"] == "from one"
        await editor.until(lambda: any("bash_timeout" in one for one in editor.shown))
        editor.client.workspace_did_change_configuration(
            types.DidChangeConfigurationParams({"smallcode": {"settings": {"base_url": two.address}}})
        )
        new = (await editor.request(protocol.SESSION_NEW))["sessionId"]
        assert (await editor.turn("x", sessionId=new))["text"] == "from two"
        assert (await editor.request(protocol.STATUS, {}))["endpoint"] == two.address


BAD_REQUESTS = {
    "no prompt": (protocol.TURN, {}, -32602, "prompt"),
    "a prompt that is no text": (protocol.TURN, {"prompt": 3}, -32602, "prompt"),
    "params that are a list": (protocol.TURN, [1], -32602, "params"),
    "an unknown session": (protocol.TURN, {"prompt": "x", "sessionId": "nope"}, -32803, "nope"),
    "an unknown command": (protocol.COMMAND, {"name": "fly"}, -32803, "fly"),
    "an unknown method": ("smallcode/fly", {}, -32601, "smallcode/fly"),
    "an unknown turn": (protocol.UNDO, {"turnId": "nope"}, -32803, "nope"),
}


async def test_bad_requests_are_answered_and_the_server_lives_on(root: Path) -> None:
    async with ScriptedServer([Step(text="Done.")]) as model, open_editor(root, model.address) as editor:
        await editor.turn("x")
        for name, (method, params, code, word) in BAD_REQUESTS.items():
            with pytest.raises(JsonRpcException) as caught:
                await editor.request(method, params)
            assert caught.value.code == code, name
            assert word in caught.value.message, name
            assert "Traceback" not in str(caught.value.data), name
        assert (await editor.turn("x"))["stopReason"] == "done"


async def test_a_model_that_is_down_is_named_with_its_remedy(root: Path) -> None:
    async with open_editor(root, "http://127.0.0.1:9/v1", settings={"max_retries": 0}) as editor:
        result = await editor.turn("x")
        assert result["stopReason"] == "failed"
        assert "127.0.0.1:9" in result["error"]["message"] and result["error"]["remedy"]
        status = await editor.request(protocol.STATUS, {})
        assert status["health"] == "unreachable" and "127.0.0.1:9" in status["problem"]


async def test_a_workspace_that_vanishes_is_named(root: Path) -> None:
    async with ScriptedServer(TURN) as model, open_editor(root, model.address) as editor:
        await editor.request(protocol.SESSION_NEW)
        (root / "cart.py").unlink()
        root.rmdir()
        assert (await editor.turn("Fix total()"))["stopReason"] == "done"
        results = tool_results(editor)
        assert [row["status"] for row in results] == ["failed"] * 3
        assert all("my shop #1" in row["content"] for row in results)
        with pytest.raises(JsonRpcException, match="my shop #1 does not exist"):
            await editor.request(protocol.SESSION_NEW)
        assert (await editor.request(protocol.STATUS, {}))["health"] == "ok"
