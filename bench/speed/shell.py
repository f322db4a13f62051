"""What the shell of a session adds to a command: ``true`` through it, against a bare bash that runs ``true``.

The two take turns in one process.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from pathlib import Path

from smallcode.adapters.shell import BashShell

from .client import DEADLINE
from .rows import Row, median, spread

COMMAND = "true"


async def measure(folder: Path, rounds: int) -> list[Row]:
    bash = shutil.which("bash")
    assert bash is not None, "there is a bash on this machine"
    ours: list[float] = []
    bare: list[float] = []
    shell = BashShell(str(folder))
    try:
        await shell.run(COMMAND, DEADLINE)  # the first command sets the shell up
        for _ in range(5 * rounds):
            began = time.perf_counter()
            process = await asyncio.create_subprocess_exec(bash, "--noprofile", "--norc", "-c", COMMAND)
            await process.wait()
            bare.append(1000 * (time.perf_counter() - began))
            began = time.perf_counter()
            result = await shell.run(COMMAND, DEADLINE)
            ours.append(1000 * (time.perf_counter() - began))
            assert result.exit_status == 0, result
    finally:
        await shell.aclose()
    return [
        Row(
            "shell command that does nothing", median(ours), "ms", len(ours), spread(ours), median(bare),
            "bare bash",
        )
    ]  # fmt: skip
