"""How long an editor waits for the server: from spawning the process to the answer to ``initialize``.

The baseline is a pygls server without anything, spawned in the same way. The two take turns, so that whatever
else the machine does falls on both. The second row goes on until the first custom request is answered: what
the start leaves for later is counted there.
"""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from .client import EMPTY, OURS, Client, environment, initialize_params
from .rows import Row, median, spread

TARGET = 1.3


async def measure(folder: Path, rounds: int) -> list[Row]:
    started: list[float] = []
    served: list[float] = []
    empty: list[float] = []
    for _ in range(rounds):
        empty += await _start(EMPTY, folder)
        initialized, asked = await _start(OURS, folder, "smallcode/status")
        started.append(initialized)
        served.append(asked)
    base = median(empty)
    against = "empty pygls server"
    return [
        Row(
            "spawn to initialize answered", median(started), "s", rounds, spread(started), base, against,
            TARGET, "ratio",
        ),
        Row("spawn to first status answered", median(served), "s", rounds, spread(served), base, against),
    ]  # fmt: skip


async def _start(argv: tuple[str, ...], folder: Path, then: str | None = None) -> list[float]:
    """Seconds until initialize is answered, and until ``then`` is."""
    began = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        *argv,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=environment(folder),
    )
    client = Client(process)
    # An address at which nobody listens is refused at once: a status does not wait for a model here.
    answers = [await client.send("initialize", initialize_params(folder, "http://127.0.0.1:9/v1"))]
    if then is not None:
        client.notify("initialized", {})
        answers.append(await client.send(then, {}))
    process.kill()
    await process.wait()
    await client.close()
    return [came - began for _, came in answers]
