"""Which offered tool the simulated model takes for what, with real schemas, and reads of its own calls."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from bench.simmodel.action import Action
from bench.simmodel.chat import Called
from bench.simmodel.encode import encode
from bench.simmodel.offered import read_offered, role_of
from bench.simmodel.understand import understand

SCHEMAS: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "data" / "tool_schemas.json").read_text("utf-8")
)
BASH = [tool for tool in SCHEMAS["pi"] if tool["function"]["name"] == "bash"]
READ_AND_WRITE = [tool for tool in SCHEMAS["pi"] if tool["function"]["name"] in ("read", "write")]
SYSTEM = "Working directory: /tmp/ws\n"
FILES = ("lib/a.py", "b.py")

READ = Action("read", "lib/a.py")
RANGE = Action("read", "lib/a.py", first=5, last=9)
EDIT = Action("edit", "lib/a.py", old="x = 1", new="x = 2")
WRITE = Action("write", "b.py", text="y\n")
RUN = Action("run", text="python3 -m unittest")
LIST = Action("list", text="*.py")
SEARCH = Action("search", text="f(x)")
APPEND = Action("append", "b.py", text="z\n")

CALLS = [
    ("ours", READ, "read_file", {"path": "lib/a.py"}),
    ("ours", RANGE, "read_file", {"path": "lib/a.py", "start_line": 5, "end_line": 9}),
    ("ours", EDIT, "patch", {"path": "lib/a.py", "old_str": "x = 1", "new_str": "x = 2"}),
    ("ours", WRITE, "write_file", {"path": "b.py", "content": "y\n"}),
    ("ours", APPEND, "append_file", {"path": "b.py", "content": "z\n"}),
    ("ours", LIST, "find_files", {"pattern": "*.py"}),
    ("ours", SEARCH, "search", {"pattern": "f(x)"}),
    ("ours", RUN, "bash", {"command": "python3 -m unittest"}),
    ("pi", READ, "read", {"path": "lib/a.py"}),
    ("pi", RANGE, "read", {"path": "lib/a.py", "offset": 5, "limit": 5}),
    ("pi", EDIT, "edit", {"path": "lib/a.py", "edits": [{"oldText": "x = 1", "newText": "x = 2"}]}),
    ("pi", WRITE, "write", {"path": "b.py", "content": "y\n"}),
    ("pi", LIST, "bash", {"command": "find . -type f -name '*.py' -not -path '*/.git/*'"}),
    ("pi", SEARCH, "bash", {"command": "grep -rnF -e 'f(x)' ."}),
    ("opencode", READ, "read", {"filePath": "/tmp/ws/lib/a.py"}),
    ("opencode", RANGE, "read", {"filePath": "/tmp/ws/lib/a.py", "offset": 5, "limit": 5}),
    ("opencode", EDIT, "edit", {"filePath": "/tmp/ws/lib/a.py", "oldString": "x = 1", "newString": "x = 2"}),
    ("opencode", WRITE, "write", {"filePath": "/tmp/ws/b.py", "content": "y\n"}),
    ("opencode", LIST, "glob", {"pattern": "*.py"}),
    ("opencode", SEARCH, "grep", {"pattern": r"f\(x\)"}),
    ("opencode", RUN, "bash", {"command": "python3 -m unittest"}),
]


@pytest.mark.parametrize(("harness", "action", "name", "arguments"), CALLS)
def test_calls_of_real_harnesses(harness: str, action: Action, name: str, arguments: dict[str, Any]) -> None:
    (call,) = encode(action, read_offered(SCHEMAS[harness], SYSTEM)).calls
    assert (call.name, dict(call.arguments)) == (name, arguments)


@pytest.mark.parametrize("tools", [*SCHEMAS.values(), BASH], ids=[*SCHEMAS, "shell alone"])
@pytest.mark.parametrize("action", [READ, EDIT, WRITE, APPEND, LIST, SEARCH, RUN], ids=lambda one: one.do)
def test_own_calls_are_understood(tools: list[dict[str, Any]], action: Action) -> None:
    (call,) = encode(action, read_offered(tools, SYSTEM)).calls
    op = understand(Called(call.name, call.arguments, ""), FILES)
    assert (op.kind, op.path) == (action.do, action.path)
    assert op.pairs == (((action.old, action.new),) if action.do == "edit" else ())
    if action.do in ("write", "append"):
        assert op.content == action.text


def one_tool(name: str, properties: dict[str, Any], description: str = "") -> list[dict[str, Any]]:
    parameters = {"type": "object", "properties": properties, "required": list(properties)}
    return [
        {"type": "function", "function": {"name": name, "description": description, "parameters": parameters}}
    ]


STRING = {"type": "string"}
OTHERS = [
    (
        one_tool("apply_patch", {"input": STRING}, "Starts with *** Begin Patch"),
        EDIT,
        {"input": "*** Begin Patch\n*** Update File: lib/a.py\n@@\n-x = 1\n+x = 2\n*** End Patch"},
    ),
    (
        one_tool("shell", {"command": {"type": "array", "items": STRING}}),
        RUN,
        {"command": ["bash", "-lc", "python3 -m unittest"]},
    ),
    (
        one_tool(
            "str_replace_based_edit_tool",
            {"command": {"type": "string", "enum": ["view", "create", "str_replace"]}, "path": STRING}
            | {"old_str": STRING, "new_str": STRING},
        ),
        EDIT,
        {"command": "str_replace", "path": "lib/a.py", "old_str": "x = 1", "new_str": "x = 2"},
    ),
    (
        one_tool("read_many_files", {"paths": {"type": "array", "items": STRING}}),
        READ,
        {"paths": ["lib/a.py"]},
    ),
    (
        one_tool("execute_command", {"command": STRING, "requires_approval": {"type": "boolean"}}),
        RUN,
        {"command": "python3 -m unittest", "requires_approval": False},
    ),
]


@pytest.mark.parametrize(("tools", "action", "arguments"), OTHERS)
def test_other_schemas(tools: list[dict[str, Any]], action: Action, arguments: dict[str, Any]) -> None:
    (call,) = encode(action, read_offered(tools)).calls
    assert dict(call.arguments) == arguments


def test_without_a_tool_for_it_the_shell_does_it_or_words() -> None:
    (call,) = encode(EDIT, read_offered(BASH)).calls
    assert call.name == "bash"
    assert "x = 1" in call.arguments["command"]
    in_words = encode(EDIT, read_offered(READ_AND_WRITE))
    assert in_words.calls == ()
    assert "x = 2" in in_words.content


ROLES = [
    ("filePath", "path"),
    ("file_path", "path"),
    ("old_str", "old"),
    ("SEARCH", "old"),
    ("newText", "new"),
    ("view_range", "range"),
    ("startLine", "start"),
    ("cmd", "command"),
    ("timeout", "other"),
]


@pytest.mark.parametrize(("name", "role"), ROLES)
def test_roles(name: str, role: str) -> None:
    assert role_of(name) == role


def test_shell_edits_do_what_the_edit_tool_does(tmp_path: Path) -> None:
    target = tmp_path / "b.py"
    target.write_bytes(b"a = '$&'\r\nb = 2\r\n")
    edit = Action("edit", "b.py", old="a = '$&'\nb", new='a = "\\n"\nb')
    (call,) = encode(edit, read_offered(BASH)).calls
    for expected in (0, 1):
        done = subprocess.run(
            ["bash", "-c", call.arguments["command"]],
            cwd=tmp_path,
            capture_output=True,
            timeout=20,
            check=False,
        )
        assert done.returncode == expected
    assert target.read_bytes() == b'a = "\\n"\r\nb = 2\r\n'
