"""``smallcode sessions``: what is listed, undone and kept, after the process that did it has gone."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from smallcode.adapters.scripted import ScriptedServer, Step

if TYPE_CHECKING:
    from .conftest import CommandLine

pytestmark = pytest.mark.slow


def write(path: str, content: str) -> Step:
    return Step(tool_calls=[{"name": "write_file", "arguments": {"path": path, "content": content}}])


async def listed(command_line: CommandLine) -> list[dict[str, Any]]:
    ran = await command_line.run("sessions", "list", "--json")
    assert (ran.status, ran.err) == (0, "")
    rows: list[dict[str, Any]] = json.loads(ran.out)
    return rows


async def turn(command_line: CommandLine, *steps: Step) -> None:
    async with ScriptedServer([*steps, Step(text="Done.")]) as server:
        ran = await command_line.run("run", "--yes", "--base-url", server.address, "go")
    assert (ran.status, ran.err) == (0, "")


async def test_turns_are_listed_and_undone(command_line: CommandLine) -> None:
    await turn(command_line, write("a.txt", "one\n"))
    await turn(command_line, write("b.txt", "two\n"))
    newest, oldest = await listed(command_line)
    assert (newest["files"], oldest["files"]) == (["b.txt"], ["a.txt"])
    assert {newest["state"], oldest["state"]} == {"done"}
    ran = await command_line.run("sessions", "undo", "--turn", oldest["turn"])
    assert (ran.status, ran.out) == (0, "restored a.txt\n")
    ran = await command_line.run("sessions", "undo", "--last", "--session", newest["session"])
    assert (ran.status, ran.out) == (0, "restored b.txt\n")
    assert list(command_line.project.iterdir()) == []
    assert [row["state"] for row in await listed(command_line)] == ["undone", "undone"]
    ran = await command_line.run("sessions", "undo")
    assert (ran.status, ran.out) == (0, "There is nothing to undo.\n")
    ran = await command_line.run("sessions", "undo", "--turn", "nope")
    assert ran.status == 1 and "no turn nope" in ran.err


async def test_a_conflict_is_shown_with_its_diff(command_line: CommandLine) -> None:
    await turn(command_line, write("a.txt", "one\n"))
    (command_line.project / "a.txt").write_text("mine\n")
    ran = await command_line.run("sessions", "undo")
    assert ran.status == 3
    assert "a.txt was left as it is: changed since" in ran.out and "+mine" in ran.out
    assert (command_line.project / "a.txt").read_text() == "mine\n"


@pytest.mark.parametrize(("verb", "left"), [("undo", False), ("keep", True)])
async def test_a_run_that_is_killed_is_told_of_and_can_be_undone(
    command_line: CommandLine, verb: str, *, left: bool
) -> None:
    sleep = Step(tool_calls=[{"name": "bash", "arguments": {"command": "sleep 60"}}])
    async with ScriptedServer([write("a.txt", "one\n"), sleep]) as server:
        process = await command_line.start("run", "--yes", "--base-url", server.address, "go")
        async with asyncio.timeout(30):
            while len(server.requests) < 2:
                await asyncio.sleep(0.02)
        assert [row["state"] for row in await listed(command_line)] == ["under way"]
        ran = await command_line.run("sessions", "undo", "--turn", (await listed(command_line))[0]["turn"])
        assert ran.status == 1 and "under way" in ran.err
        process.kill()
        await process.communicate()
    (row,) = await listed(command_line)
    assert row["state"] == "interrupted"
    async with ScriptedServer([Step(text="Done.")]) as server:
        ran = await command_line.run("run", "--base-url", server.address, "go")
        assert f"smallcode sessions undo --turn {row['turn']}" in ran.err and "a.txt" in ran.err
    ran = await command_line.run("sessions", verb)
    assert ran.status == 0
    assert (command_line.project / "a.txt").exists() == left
    assert [one["state"] for one in await listed(command_line)] == ["done" if left else "undone"]
