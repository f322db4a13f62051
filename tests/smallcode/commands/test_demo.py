"""``smallcode demo``: the real server, the real edits, red before and green after."""

from __future__ import annotations

import json
import tempfile
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from smallcode.adapters.scripted import ScriptedServer, Step
from smallcode.commands.demo import project

if TYPE_CHECKING:
    from .conftest import CommandLine

pytestmark = pytest.mark.slow

RED = "✗ python3 -m unittest  FAILED (failures=1)  AssertionError: 2.5 != 10.0"
GREEN = "✓ python3 -m unittest  OK"
KEPT = "✓ the change that was not saved is still there"


def in_order(text: str, *parts: str) -> None:
    position = 0
    for part in parts:
        found = text.find(part, position)
        assert found >= 0, f"{part!r} is missing after {text[:position][-200:]!r}"
        position = found + len(part)


async def test_the_demo_goes_from_red_to_green(command_line: CommandLine) -> None:
    # What the user has set is not the demo's business.
    unfit = {"SMALLCODE_SHELL_PERMISSION": "deny", "SMALLCODE_MAX_STEPS": "1", "SMALLCODE_MODEL": "other"}
    ran = await command_line.run("demo", "--svg", "picture.svg", **unfit)
    assert (ran.status, ran.err) == (0, "")
    in_order(
        ran.out,
        "replayed from a script",
        "Before",
        "+    def is_empty(self):",
        RED,
        "The turn",
        "▸ run python3 -m unittest",
        "FAILED (failures=1)",
        "▸ edit cart.py",
        "-        full = sum(price for _, price, _ in self.lines)",
        "+        full = sum(price * count for _, price, count in self.lines)",
        "saved before the command runs: cart.py",
        "✓ exit status 0",
        "from the cache",
        "After",
        GREEN,
        KEPT,
    )
    assert "!" not in ran.out.replace("!=", "")
    picture = (command_line.project / "picture.svg").read_text(encoding="utf-8")
    assert picture.startswith("<svg")
    assert "is_empty" in picture
    assert "url(http" not in picture
    assert tempfile.gettempdir() not in picture


async def test_a_live_model_that_does_nothing_leaves_it_red(command_line: CommandLine) -> None:
    async with ScriptedServer([Step(text="I would rather not.")], like="llama.cpp") as server:
        ran = await command_line.run("demo", "--live", SMALLCODE_BASE_URL=server.address)
    assert ran.status == 1
    in_order(ran.out, "your model server", RED, "I would rather not.", "After", RED, KEPT)


async def test_a_live_model_s_commands_are_not_run_unasked(command_line: CommandLine) -> None:
    script = [
        Step(tool_calls=[{"name": "bash", "arguments": {"command": "touch evil"}}]),
        Step(text="So be it."),
    ]
    async with ScriptedServer(script, like="llama.cpp") as server:
        ran = await command_line.run("demo", "--live", SMALLCODE_BASE_URL=server.address)
    assert ran.status == 1
    in_order(ran.out, "▸ run touch evil", "Run a shell command: refused\n", "So be it.")


async def test_a_live_demo_without_a_server_says_so(command_line: CommandLine) -> None:
    variables = {"SMALLCODE_BASE_URL": "http://127.0.0.1:9/v1", "SMALLCODE_MAX_RETRIES": "0"}
    ran = await command_line.run("demo", "--live", **variables)
    assert ran.status == 1
    in_order(ran.out, "127.0.0.1:9", "→", "After", RED)
    assert "Traceback" not in ran.out + ran.err


async def test_the_demo_needs_git(
    command_line: CommandLine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    ran = await command_line.run("demo", PATH=str(tmp_path_factory.mktemp("empty")))
    assert ran.status == 1
    assert "git cannot be started" in ran.out
    assert "Install git." in ran.out


def test_the_script_s_patch_fits_the_project() -> None:
    script = json.loads(files(project.__package__).joinpath("script.json").read_text("utf-8"))
    patches = [
        call["arguments"] for step in script for call in step.get("tool_calls", []) if call["name"] == "patch"
    ]
    assert [project.FILES[patch["path"]].count(patch["old_str"]) for patch in patches] == [1]
