"""``smallcode run`` as a process, against the scripted model server."""

from __future__ import annotations

import asyncio
import os
import pty
import signal
from typing import TYPE_CHECKING

import psutil
import pytest

from smallcode import events as ev
from smallcode.adapters.scripted import Fault, ScriptedServer, Step

if TYPE_CHECKING:
    from .conftest import CommandLine, Ran

pytestmark = pytest.mark.slow

NOBODY = "http://127.0.0.1:9/v1"


def bash(command: str) -> Step:
    return Step(tool_calls=[{"name": "bash", "arguments": {"command": command}}])


def write(path: str, content: str) -> Step:
    return Step(tool_calls=[{"name": "write_file", "arguments": {"path": path, "content": content}}])


ANSWER = Step(thoughts="It is \x1b[2Jdone.", text="All \x1b]0;title\x07done.")


async def run(command_line: CommandLine, script: list[Step], *arguments: str, **variables: str) -> Ran:
    async with ScriptedServer(script, like="llama.cpp") as server:
        return await command_line.run("run", "--base-url", server.address, *arguments, "go", **variables)


def events_of(ran: Ran) -> list[ev.Event]:
    return [ev.EVENT.validate_json(line) for line in ran.out.splitlines()]


async def test_a_turn_changes_files_and_ends_with_its_answer(command_line: CommandLine) -> None:
    script = [write("made.txt", "one\n"), bash("cat made.txt"), ANSWER]
    ran = await run(command_line, script, "--yes")
    assert (ran.status, ran.err) == (0, "")
    assert (command_line.project / "made.txt").read_text() == "one\n"
    for part in ("✓ created made.txt", "+one", "▸ run cat made.txt", "All done.", "3 requests"):
        assert part in ran.out
    assert "\x1b" not in ran.out


async def test_json_is_one_event_per_line(command_line: CommandLine) -> None:
    ran = await run(command_line, [bash("echo é🙂"), ANSWER], "--yes", "--json", PYTHONUTF8="0", LC_ALL="C")
    events = events_of(ran)
    assert isinstance(events[0], ev.TurnStarted)
    assert isinstance(events[-1], ev.TurnEnded)
    assert events[-1].stop_reason == "done"
    finished = [event for event in events if isinstance(event, ev.ToolFinished)]
    assert "é🙂" in finished[0].content
    assert ran.status == 0


async def test_without_a_terminal_what_needs_permission_is_refused(command_line: CommandLine) -> None:
    ran = await run(command_line, [write("a.txt", "x"), bash("touch b.txt"), ANSWER])
    assert list(command_line.project.iterdir()) == []
    assert ran.err.count("no terminal") == 2
    assert ran.status == 0


async def test_a_person_at_the_terminal_decides(command_line: CommandLine) -> None:
    ours, theirs = pty.openpty()
    try:
        os.write(ours, b"y\nn\n")
        async with ScriptedServer([bash("touch a"), bash("touch b"), ANSWER]) as server:
            ran = await command_line.run("run", "--base-url", server.address, "go", stdin=theirs)
    finally:
        os.close(ours)
        os.close(theirs)
    assert [path.name for path in command_line.project.iterdir()] == ["a"]
    assert "touch b" in ran.err
    assert ran.status == 0


async def test_yes_is_no_leave_to_write_what_is_protected(command_line: CommandLine) -> None:
    config = command_line.project / ".git" / "config"
    config.parent.mkdir()
    config.write_text("[core]\n")
    ran = await run(command_line, [write(".git/config", "x"), write("../out.txt", "x"), ANSWER], "--yes")
    assert config.read_text() == "[core]\n"
    assert not (command_line.project.parent / "out.txt").exists()
    assert ran.out.count("✗") == 2


@pytest.mark.parametrize(
    ("script", "variables", "status", "stop_reason"),
    [
        ([bash("true"), ANSWER], {"SMALLCODE_MAX_STEPS": "1"}, 4, "step_limit"),
        ([Step(), Step(), Step(), Step()], {}, 3, "stopped"),
        ([Step(fault=Fault("status", status=401))], {}, 1, "failed"),
    ],
)
async def test_the_exit_status_tells_how_it_ended(
    command_line: CommandLine, script: list[Step], variables: dict[str, str], status: int, stop_reason: str
) -> None:
    ran = await run(command_line, script, "--yes", "--json", **variables)
    ended = events_of(ran)[-1]
    assert isinstance(ended, ev.TurnEnded)
    assert (ran.status, ended.stop_reason) == (status, stop_reason)
    assert ended.error is not None and ended.error.message
    assert "Traceback" not in ran.err


async def test_a_server_that_is_down_is_named_with_its_remedy(command_line: CommandLine) -> None:
    ran = await command_line.run("run", "--base-url", NOBODY, "go", SMALLCODE_MAX_RETRIES="0")
    assert ran.status == 1
    assert "127.0.0.1:9" in ran.out
    assert "→" in ran.out
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("where", [Fault("hang"), Fault("hang", after_pieces=1)])
async def test_ctrl_c_cancels_the_turn(command_line: CommandLine, where: Fault) -> None:
    async with ScriptedServer([Step(text="one two three", fault=where)]) as server:
        process = await command_line.start("run", "--base-url", server.address, "--json", "go")
        assert process.stdout is not None
        async with asyncio.timeout(30):
            while b"request_started" not in await process.stdout.readline():
                pass
            while not server.requests:
                await asyncio.sleep(0.01)
            process.send_signal(signal.SIGINT)
            out, err = await process.communicate()
            await server.requests[0].done.wait()
    assert process.returncode == 130
    assert server.requests[0].disconnected
    ended = ev.EVENT.validate_json(out.splitlines()[-1])
    assert isinstance(ended, ev.TurnEnded)
    assert ended.stop_reason == "cancelled"
    assert b"Traceback" not in err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_ends_the_command_that_runs(command_line: CommandLine, number: int) -> None:
    pid_file = command_line.project / "pid"
    async with ScriptedServer([bash(f"echo $$ > {pid_file.name}; sleep 60"), ANSWER]) as server:
        process = await command_line.start("run", "--yes", "--base-url", server.address, "go")
        async with asyncio.timeout(30):
            while not (pid_file.exists() and pid_file.read_text().strip()):
                await asyncio.sleep(0.02)
            process.send_signal(number)
            await process.communicate()
    assert process.returncode == 130
    assert not psutil.pid_exists(int(pid_file.read_text()))


async def test_settings_that_cannot_be_used_are_told_on_stderr(command_line: CommandLine) -> None:
    (command_line.project / "smallcode.toml").write_text('base_url = "http://evil.example"\nmax_steps = 0\n')
    ran = await run(command_line, [ANSWER], "--yes")
    assert ran.status == 0
    assert "base_url is ignored, because the folder is not trusted" in ran.err
    assert f'add "{command_line.project.resolve()}" to trusted_folders' in ran.err
    assert "max_steps = 0 cannot be used" in ran.err


async def test_a_reader_that_goes_away_is_no_traceback(command_line: CommandLine) -> None:
    async with ScriptedServer([Step(text="word " * 2000)]) as server:
        process = await command_line.start("run", "--base-url", server.address, "--json", "go")
        assert process.stdout is not None and process.stderr is not None
        async with asyncio.timeout(30):
            await process.stdout.readline()
            process.stdout._transport.close()  # type: ignore[attr-defined]
            err = await process.stderr.read()
            await process.wait()
    assert process.returncode == 1
    assert b"Traceback" not in err
