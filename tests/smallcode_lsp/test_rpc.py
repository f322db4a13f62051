"""The protocol as one process sees it: messages in, messages out, without a pipe between."""

import asyncio
import base64
import json
import subprocess
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


def git(root: Path, *argv: str) -> None:
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *argv], cwd=root, check=True, capture_output=True, timeout=30)


async def last_prompt(wire: Wire, model: ScriptedServer, params: Mapping[str, Any]) -> str:
    """The newest message of the request that a turn made."""
    wire.send("workspace/didChangeConfiguration", {"settings": {"settings": {"base_url": model.address}}})
    wire.send(protocol.TURN, params, 1)
    assert (await wire.answer(1))["result"]["stopReason"] == "done"
    content = json.loads(model.requests[-1].body)["messages"][-1]["content"]
    await wire.server.aclose()
    assert isinstance(content, str)
    return content


async def test_the_cursor_and_what_is_reported_there(wire: Wire) -> None:
    uri = (wire.root / "cart.py").as_uri()
    where = {"start": {"line": 1, "character": 4}, "end": {"line": 1, "character": 9}}
    async with ScriptedServer([Step(text="Hello.")]) as model:
        wire.send(
            protocol.DIAGNOSTICS, {"uri": uri, "diagnostics": [{"range": where, "message": "odd slice"}]}
        )
        await asyncio.sleep(0)
        cursor = {"line": 1, "character": 0}
        told = await last_prompt(
            wire, model, {"prompt": "fix it", "textDocument": {"uri": uri}, "cursor": cursor}
        )
        assert "Open in the editor: cart.py, cursor in line 2" in told
        assert "- cart.py:2: error: odd slice" in told
        assert "sum(prices" not in told


async def test_all_that_is_reported_and_what_differs_from_the_last_commit(wire: Wire) -> None:
    uri = (wire.root / "cart.py").as_uri()
    git(wire.root, "init", "-b", "main")
    git(wire.root, "add", ".")
    git(wire.root, "commit", "-m", "first")
    where = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 3}}
    document = {"uri": uri, "languageId": "python", "version": 1, "text": (wire.root / "cart.py").read_text()}
    async with ScriptedServer([Step(text="Hello.")]) as model:
        wire.send(
            protocol.DIAGNOSTICS, {"uri": uri, "diagnostics": [{"range": where, "message": "odd name"}]}
        )
        wire.send("textDocument/didOpen", {"textDocument": document})
        change = {"range": {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 0}}}
        wire.send(
            "textDocument/didChange",
            {
                "textDocument": {"uri": uri, "version": 2},
                "contentChanges": [{**change, "text": "    # typed\n"}],
            },
        )
        await asyncio.sleep(0)
        told = await last_prompt(wire, model, {"prompt": "Are #diff and #diagnostics fine?"})
        assert "- cart.py: modified, not saved" in told
        assert "+    # typed" in told
        assert "- cart.py:1: error: odd name" in told


async def test_pictures_that_are_dropped(wire: Wire) -> None:
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x40\0\0\0\x40\x08\x02\0\0\0"
    dropped = wire.root.parent / "elsewhere.png"
    dropped.write_bytes(png)
    images = [{"uri": dropped.as_uri()}, {"data": base64.b64encode(png).decode(), "name": "pasted.png"}]
    async with ScriptedServer([Step(text="Hello.")]) as model:
        told = await last_prompt(wire, model, {"prompt": "What is this?", "images": images})
        for name in ("elsewhere.png", "pasted.png"):
            assert f"({name} is not shown: the model scripted is not known to see pictures.)" in told


@pytest.mark.parametrize(
    ("image", "message"),
    [
        ({}, "picture 1 has neither data nor the URI of a file."),
        ({"uri": "file:///no/such/x.png"}, "x.png cannot be read: No such file or directory."),
        ({"data": "no base64"}, "The data of picture 1 is no base64."),
        ({"data": "AAAA", "name": "a.svg"}, "a.svg is no picture that a model can be shown"),
    ],
)
async def test_pictures_that_cannot_be_shown_are_an_error(
    wire: Wire, image: Mapping[str, str], message: str
) -> None:
    wire.send(protocol.TURN, {"prompt": "What is this?", "images": [image]}, 1)
    assert message in (await wire.answer(1))["error"]["message"]
