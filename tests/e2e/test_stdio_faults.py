"""Model servers that misbehave and files that cannot be edited, as an editor's user meets them: a clear
answer that names the thing, nothing lost, and the server lives on. One process meets them all."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from lsp_editor import Editor, open_editor
from lsprotocol import types

from smallcode.adapters.scripted import Fault, ScriptedServer, Step
from smallcode_lsp import protocol

pytestmark = pytest.mark.slow

SHORT = {"first_byte_timeout": 0.4, "stall_timeout": 0.4, "connect_timeout": 0.5, "max_retries": 0}

MODEL_FAULTS = {
    "refuses": (Fault("status", status=401), "ModelRefused"),
    "fails": (Fault("status", status=500), "ModelRefused"),
    "hangs before the first byte": (Fault("hang"), "ModelStalled"),
    "hangs in the middle": (Fault("hang", after_pieces=2), "ModelStalled"),
    "ends in the middle of a character": (Fault("half_utf8", after_pieces=2), "StreamDropped"),
    "closes before it answers": (Fault("close"), "StreamDropped"),
    "closes in the middle": (Fault("close", after_pieces=2), "StreamDropped"),
    "ends without an end": (Fault("no_end"), "StreamDropped"),
    "answers with an error and 200": (Fault("json_error"), "ModelRefused"),
    "sends what is no JSON": (Fault("not_json", after_pieces=1), "BadReply"),
}


async def use(editor: Editor, address: str) -> str:
    """A new session with another model server; returns the session's id."""
    settings = {"settings": {"base_url": address, **SHORT}}
    editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
    return str((await editor.request(protocol.SESSION_NEW))["sessionId"])


async def test_model_servers_that_misbehave(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    root.mkdir()
    wrong: dict[str, Any] = {}
    async with open_editor(root, "http://127.0.0.1:9/v1", settings=SHORT) as editor:
        for name, (fault, code) in MODEL_FAULTS.items():
            async with ScriptedServer([Step(text="one two three four five", fault=fault)]) as model:
                result = await editor.turn("x", sessionId=await use(editor, model.address))
                error = result["error"] or {}
                port = model.address.split(":")[-1].split("/")[0]
                said = f"{error.get('message')} {error.get('remedy')}"
                fine = result["stopReason"] == "failed" and error["code"] == code
                if not fine or port not in said or not error["remedy"] or "Traceback" in said:
                    wrong[name] = result
                status = await editor.request(protocol.STATUS, {})
                assert status["runningTurns"] == 0, name
        assert wrong == {}
        async with ScriptedServer([Step(text="Still here.")]) as model:
            result = await editor.turn("x", sessionId=await use(editor, model.address))
            assert result["text"] == "Still here."


@dataclass(frozen=True)
class Bad:
    """A call and the words that its failed result has to hold."""

    call: dict[str, Any]
    words: tuple[str, ...]


def read(path: str) -> dict[str, Any]:
    return {"name": "read_file", "arguments": {"path": path}}


def write(path: str) -> dict[str, Any]:
    return {"name": "write_file", "arguments": {"path": path, "content": "x"}}


BAD_FILES = {
    "a folder": Bad(read("folder"), ("folder",)),
    "not UTF-8": Bad(read("latin.py"), ("latin.py", "UTF-8")),
    "50 MB": Bad(read("big.py"), ("big.py", "too large")),
    "binary": Bad(read("binary.bin"), ("binary.bin",)),
    "missing": Bad(read("crat.py"), ("crat.py", "cart.py")),
    "above the root": Bad(read("../secret.txt"), ("secret.txt",)),
    "absolute elsewhere": Bad(read("/etc/passwd"), ("/etc/passwd",)),
    "a link out": Bad(read("link.txt"), ("link.txt",)),
    "a device": Bad(read("/dev/zero"), ("/dev/zero",)),
    "writing over a folder": Bad(write("folder"), ("folder",)),
    "writing through a link out": Bad(write("link.txt"), ("link.txt",)),
    "writing below .git": Bad(write(".git/hooks/x"), (".git",)),
    "writing what is not UTF-8": Bad(write("latin.py"), ("latin.py",)),
}


async def test_files_that_cannot_be_read_or_written(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    (root / "folder").mkdir(parents=True)
    (root / "cart.py").write_text("x = 1\n")
    (root / "latin.py").write_bytes("# caf\xe9\n".encode("latin-1"))
    (root / "binary.bin").write_bytes(b"\0\1\2" * 100)
    with (root / "big.py").open("wb") as big:
        big.truncate(50 * 1024 * 1024)
    (tmp_path / "secret.txt").write_text("secret")
    (root / "link.txt").symlink_to(tmp_path / "secret.txt")
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    steps = [Step(tool_calls=[bad.call]) for bad in BAD_FILES.values()]
    async with (
        ScriptedServer([*steps, Step(text="Done.")]) as model,
        open_editor(root, model.address) as editor,
    ):
        assert (await editor.turn("x"))["stopReason"] == "done"
        results = editor.events("tool_call_update")
        for (name, bad), result in zip(BAD_FILES.items(), results, strict=True):
            assert result["status"] == "failed", name
            assert all(word in result["content"] for word in bad.words), (name, result["content"])
            assert "Traceback" not in result["content"] and "secret\n" not in result["content"], name
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before
    assert (tmp_path / "secret.txt").read_text() == "secret"


async def test_a_file_deleted_or_changed_between_reading_and_writing(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    root.mkdir()
    (root / "cart.py").write_text("x = 1\n")
    patch = {"name": "patch", "arguments": {"path": "cart.py", "old_str": "x = 1", "new_str": "x = 2"}}
    steps = [
        Step(tool_calls=[read("cart.py")]),
        Step(tool_calls=[{"name": "bash", "arguments": {"command": "echo 'x = 1 # mine' > cart.py"}}]),
        Step(tool_calls=[patch]),
        Step(tool_calls=[{"name": "bash", "arguments": {"command": "rm cart.py"}}]),
        Step(tool_calls=[patch]),
        Step(text="Done."),
    ]
    async with ScriptedServer(steps) as model, open_editor(root, model.address) as editor:
        await editor.turn("x")
        changed, deleted = (editor.events("tool_call_update")[index] for index in (2, 4))
        assert changed["status"] == "failed" and "x = 1 # mine" in changed["content"]
        assert deleted["status"] == "failed" and "cart.py" in deleted["content"]
        assert not (root / "cart.py").exists()
