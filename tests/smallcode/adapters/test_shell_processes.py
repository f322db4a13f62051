"""Processes that the shell starts, and that end with their command: against the real bash."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import psutil
import pytest

from smallcode.adapters.shell import BashShell

AS_BEFORE = "The folder and the variables are as they were before this command."
BACKGROUND = "Background processes were ended together with the command."


@pytest.fixture
async def shell(tmp_path: Path) -> AsyncIterator[BashShell]:
    (tmp_path / "sub").mkdir()
    made = BashShell(str(tmp_path))
    yield made
    await made.aclose()


async def vanished(marker: str) -> bool:
    """Whether no process has the marker in its command line any more, soon."""
    deadline = time.monotonic() + 3
    while time.monotonic() < deadline:
        if not alive(marker):
            return True
        await asyncio.sleep(0.02)
    return False


def alive(marker: str) -> list[int]:
    return [
        process.pid
        for process in psutil.process_iter(["cmdline", "status"])
        if process.pid != os.getpid()
        and any(marker in word for word in process.info["cmdline"] or [])
        and process.info["status"] != psutil.STATUS_ZOMBIE
    ]


@pytest.mark.parametrize(
    ("command", "printed"),
    [
        ("echo begun; sleep 987.1", "begun\n"),
        ("trap '' TERM; echo begun; sleep 987.1; sleep 987.1", "begun\n"),
        ("exec 2> /dev/null; echo begun; set -m; sleep 987.1 & wait", "begun\n"),
        ("echo begun; (trap '' TERM; sleep 987.1; :) & sleep 987.1", "begun\n"),
        ("echo begun; kill -STOP $$", "begun\n"),
        ("echo begun; while :; do :; done", "begun\n"),
    ],
)
async def test_the_deadline_ends_everything_and_keeps_the_output(
    shell: BashShell, command: str, printed: str
) -> None:
    await shell.run("x=before", 10)
    begun = time.monotonic()
    result = await shell.run(f"cd sub; x=after; {command}", 0.4)

    assert time.monotonic() - begun < 2
    assert (result.exit_status, result.timed_out, result.output) == (None, True, printed)
    assert result.notes == (AS_BEFORE,)
    assert await vanished("987.1")
    after = await shell.run("echo $x", 10)
    assert (after.output, after.cwd) == ("before\n", ".")


@pytest.mark.slow
async def test_what_python_printed_before_the_deadline_is_not_lost(shell: BashShell) -> None:
    result = await shell.run("python3 -c 'import time; print(\"begun\"); time.sleep(987.6)'", 2)
    assert (result.timed_out, result.output) == (True, "begun\n")
    assert await vanished("987.6")


@pytest.mark.parametrize(
    "command",
    [
        "sleep 987.2 & echo begun",
        "sleep 987.2 & disown; echo begun",
        "nohup sleep 987.2 > /dev/null 2>&1 & echo begun",
        "(sleep 987.2 &) ; echo begun",
        "set -m; sleep 987.2 & sleep 987.2 & echo begun",
        "echo begun; coproc sleep 987.2",
        "bash -c 'sleep 987.2 & sleep 987.2 &'; echo begun; exit 0",
        "(trap '' TERM; exec sleep 987.2) & echo begun",
    ],
)
async def test_background_jobs_end_with_their_command(shell: BashShell, command: str) -> None:
    begun = time.monotonic()
    result = await shell.run(command, 30)

    assert time.monotonic() - begun < 2
    assert (result.exit_status, result.output, result.timed_out) == (0, "begun\n", False)
    assert BACKGROUND in result.notes
    assert await vanished("987.2")


@pytest.mark.slow
async def test_one_who_escapes_with_the_pipe_does_not_hold_us_up(shell: BashShell) -> None:
    begun = time.monotonic()
    quiet = await shell.run("setsid sleep 1.987 & sleep 0.1; echo begun", 10)
    noisy = await shell.run("setsid timeout 1.987 yes & sleep 0.1", 10)

    assert time.monotonic() - begun < 1.5
    assert quiet.output == "begun\n"
    assert noisy.output.startswith("y\ny\n")
    assert await vanished("1.987"), "a broken pipe or its own deadline ends it"


async def test_endless_output_takes_no_memory_and_blocks_nobody(shell: BashShell) -> None:
    ticks: list[float] = []

    async def tick() -> None:
        while True:
            ticks.append(time.monotonic())
            await asyncio.sleep(0.005)

    process = psutil.Process()
    memory = process.memory_info().rss
    ticking = asyncio.create_task(tick())
    result = await shell.run("yes", 0.8)
    ticking.cancel()

    assert result.timed_out
    assert result.output.startswith("y\ny\n")
    assert "characters are left out here" in result.output
    assert len(result.output) <= 8000
    assert process.memory_info().rss - memory < 20_000_000
    assert len(ticks) > 30
    gaps = sorted(later - earlier for earlier, later in pairwise(ticks))
    assert gaps[len(gaps) // 2] < 0.05


async def test_long_output_keeps_head_and_tail(tmp_path: Path) -> None:
    shell = BashShell(str(tmp_path), max_output=1000)
    try:
        lines = await shell.run("seq 100000", 10)
        line = await shell.run("printf '%0200000d' 0 | tr 0 x", 10)
    finally:
        await shell.aclose()
    assert lines.output.startswith("1\n2\n3\n")
    assert lines.output.endswith("\n99999\n100000\n")
    assert line.output.startswith("xxx")
    assert line.output.endswith("xxx")
    assert max(len(lines.output), len(line.output)) <= 1000


async def test_cancelling_ends_the_command(shell: BashShell) -> None:
    await shell.run("x=before", 10)
    running = asyncio.create_task(shell.run("x=after; (trap '' TERM; sleep 987.3; :) & sleep 987.3", 60))
    while not alive("987.3"):
        await asyncio.sleep(0.02)
    begun = time.monotonic()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    assert time.monotonic() - begun < 0.6
    assert await vanished("987.3")
    assert (await shell.run("echo $x", 10)).output == "before\n"


async def test_cancelling_twice_leaves_nothing_behind(shell: BashShell) -> None:
    running = asyncio.create_task(shell.run("trap '' TERM; sleep 987.4; sleep 987.4", 60))
    while not alive("987.4"):
        await asyncio.sleep(0.02)
    running.cancel()
    await asyncio.sleep(0.02)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert await vanished("987.4")


async def test_two_commands_at_once_run_one_after_the_other(shell: BashShell) -> None:
    results = await asyncio.gather(
        *(shell.run(f"n=$((n + 1)); echo {n} >> log; sleep 0.05; echo {n} >> log", 5) for n in range(4))
    )
    after = await shell.run("echo $n; cat log", 10)
    assert [result.exit_status for result in results] == [0, 0, 0, 0]
    assert after.output == "4\n0\n0\n1\n1\n2\n2\n3\n3\n"


async def test_closing_ends_what_runs(tmp_path: Path) -> None:
    shell = BashShell(str(tmp_path))
    running = asyncio.create_task(shell.run("sleep 987.5", 60))
    while not alive("987.5"):
        await asyncio.sleep(0.02)
    await shell.aclose()

    assert (await running).exit_status == 137
    assert await vanished("987.5")


async def test_no_descriptors_are_lost(shell: BashShell) -> None:
    await shell.run("true", 10)
    before = psutil.Process().num_fds()
    for _ in range(5):
        await shell.run("true", 10)
    await shell.run("sleep 5", 0.05)
    assert psutil.Process().num_fds() == before
