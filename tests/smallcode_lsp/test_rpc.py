"""The protocol as one process sees it: messages in, messages out, without a pipe between."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from smallcode.adapters.scripted import Fault, ScriptedServer, Step
from smallcode.ports import PermissionRequest
from smallcode_lsp import protocol, uris
from smallcode_lsp.approver import EditorApprover
from smallcode_lsp.server import SmallCodeServer, make_server

HANGING = [Step(text="let me think about it", fault=Fault("hang", after_pieces=2))]


class Wire:
    """Takes what the server writes; ``answers`` are its responses by id, ``root`` a link to the project."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.server: SmallCodeServer = make_server()
        self.server.protocol.set_writer(self, include_headers=False)
        self.answers: dict[int, Mapping[str, Any]] = {}
        self.methods: list[str] = []
        self.asked: dict[str, Any] = {}

    def write(self, data: bytes) -> None:
        message = json.loads(data)
        if "method" in message:
            self.methods.append(message["method"])
            if "id" in message:
                self.asked[message["method"]] = message
        else:
            self.answers[message["id"]] = message

    def send(self, method: str, params: Any, msg_id: int | None = None) -> None:
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if msg_id is not None:
            message["id"] = msg_id
        self.receive(message)

    def receive(self, message: Mapping[str, Any]) -> None:
        handler = self.server.protocol
        handler.handle_message(handler.structure_message(message))

    async def answer(self, msg_id: int) -> Mapping[str, Any]:
        async with asyncio.timeout(10):
            while msg_id not in self.answers:
                await asyncio.sleep(0.005)
        return self.answers[msg_id]


@pytest.fixture
async def wire(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Wire:
    """A server with a folder open, away from the user's own settings and traces."""
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    project = tmp_path / "project"
    project.mkdir()
    (project / "cart.py").write_text("def total(prices):\n    return sum(prices[1:])\n")
    link = tmp_path / "link to it"
    link.symlink_to(project)
    made = Wire(link)
    experimental = {"smallcode": {"protocolVersion": 1, "update": True, "permission": True}}
    root = {"capabilities": {"experimental": experimental}, "rootUri": link.as_uri(), "processId": None}
    made.send("initialize", root, 0)
    assert "result" in await made.answer(0)
    return made


TURNS = [
    (protocol.TURN, {"prompt": "x"}),
    ("workspace/executeCommand", {"command": protocol.RUN_ASK, "arguments": [{"prompt": "x"}]}),
]


@pytest.mark.parametrize(("method", "params"), TURNS)
async def test_a_turn_that_is_cancelled_before_it_began_is_answered_as_cancelled(
    wire: Wire, method: str, params: Any
) -> None:
    wire.send(method, params, 1)
    wire.send("$/cancelRequest", {"id": 1})
    answer = await wire.answer(1)
    assert answer["result"]["stopReason"] == "cancelled" and answer["result"]["turnId"]
    wire.send(protocol.STATUS, {}, 2)
    assert (await wire.answer(2))["result"]["runningTurns"] == 0
    await wire.server.aclose()


@pytest.mark.parametrize(("method", "params"), TURNS)
async def test_cancelling_the_request_ends_the_turn(wire: Wire, method: str, params: Any) -> None:
    async with ScriptedServer(HANGING) as model:
        settings = {"settings": {"settings": {"base_url": model.address}}}
        wire.send("workspace/didChangeConfiguration", settings)
        wire.send(method, params, 1)
        async with asyncio.timeout(10):
            while not model.requests or protocol.UPDATE not in wire.methods:
                await asyncio.sleep(0.005)
        wire.send("$/cancelRequest", {"id": 1})
        assert (await wire.answer(1))["result"]["stopReason"] == "cancelled"
        async with asyncio.timeout(5):
            await model.requests[-1].done.wait()
        await wire.server.aclose()


async def test_an_answer_that_comes_after_the_turn_was_cancelled_is_no_error(wire: Wire) -> None:
    command = {"name": "bash", "arguments": {"command": "true"}}
    async with ScriptedServer([Step(tool_calls=[command])]) as model:
        settings = {"settings": {"settings": {"base_url": model.address}}}
        wire.send("workspace/didChangeConfiguration", settings)
        wire.send(protocol.TURN, {"prompt": "x"}, 1)
        async with asyncio.timeout(10):
            while protocol.PERMISSION not in wire.asked:
                await asyncio.sleep(0.005)
        wire.send("$/cancelRequest", {"id": 1})
        assert (await wire.answer(1))["result"]["stopReason"] == "cancelled"
        question = wire.asked[protocol.PERMISSION]["id"]
        wire.receive({"jsonrpc": "2.0", "id": question, "result": {"outcome": "allow_once"}})
        wire.receive({"jsonrpc": "2.0", "id": question, "result": {"outcome": "allow_once"}})
        await wire.server.aclose()
    assert "window/showMessage" not in wire.methods


@pytest.mark.parametrize(
    ("params", "told"),
    [
        ({"command": "no.such"}, "no.such"),
        ({"command": protocol.RUN_STOP, "arguments": [{}, {}]}, "one argument"),
        ({"command": protocol.RUN_ASK}, "prompt"),
        ({"command": protocol.RUN_ASK, "arguments": [{"prompt": " \n"}]}, "prompt"),
    ],
)
async def test_commands_that_cannot_be_run_say_why(wire: Wire, params: Any, told: str) -> None:
    wire.send("workspace/executeCommand", params, 1)
    error = (await wire.answer(1))["error"]
    assert error["code"] == -32602 and told in error["message"]


async def test_a_blank_prompt_is_refused_and_the_session_stays_usable(wire: Wire) -> None:
    async with ScriptedServer([Step(text="Hello.")]) as model:
        settings = {"settings": {"settings": {"base_url": model.address}}}
        wire.send("workspace/didChangeConfiguration", settings)
        wire.send(protocol.TURN, {"prompt": " \n\t"}, 1)
        assert (await wire.answer(1))["error"]["code"] == -32602
        wire.send(protocol.TURN, {"prompt": "Hi"}, 2)
        assert (await wire.answer(2))["result"]["stopReason"] == "done"
        await wire.server.aclose()


async def test_what_is_reported_of_a_file_is_found_though_a_link_leads_to_the_project(wire: Wire) -> None:
    uri = (wire.root / "cart.py").as_uri()
    where = {"start": {"line": 1, "character": 4}, "end": {"line": 1, "character": 9}}
    async with ScriptedServer([Step(text="Hello.")]) as model:
        settings = {"settings": {"settings": {"base_url": model.address}}}
        wire.send("workspace/didChangeConfiguration", settings)
        report = [{"range": where, "message": "odd slice", "severity": 2}]
        wire.send(protocol.DIAGNOSTICS, {"uri": uri, "diagnostics": report})
        await asyncio.sleep(0)
        wire.send(protocol.TURN, {"prompt": "Fix it", "textDocument": {"uri": uri}, "range": where}, 1)
        await wire.answer(1)
        assert "cart.py:2: warning: odd slice" in model.requests[-1].body.decode()
        wire.send(protocol.DIAGNOSTICS, {"uri": uri, "diagnostics": []})
        await asyncio.sleep(0)
        assert not wire.server.reports.current(uris.file_key(str(wire.root / "cart.py")))
        await wire.server.aclose()


@pytest.mark.parametrize(("protected", "offered"), [(False, 3), (True, 2)])
async def test_a_message_offers_always_only_where_it_holds(wire: Wire, protected: bool, offered: int) -> None:
    wire.server.experimental = None
    request = PermissionRequest(kind="edit", title="Edit .envrc", detail="+x", protected=protected)
    asking = asyncio.create_task(EditorApprover(wire.server).ask(request))
    await asyncio.sleep(0.01)
    question = wire.asked["window/showMessageRequest"]
    titles = [action["title"] for action in question["params"]["actions"]]
    assert len(titles) == offered and ("Always in this session" in titles) is not protected
    wire.receive({"jsonrpc": "2.0", "id": question["id"], "result": {"title": titles[0]}})
    assert await asking == "allow_once"
