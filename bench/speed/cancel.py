"""From ``$/cancelRequest`` to the answer of the turn, in whatever the turn is doing."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from .client import DEADLINE, OURS, Client, serving
from .model import model_process
from .rows import Row, median, spread

TARGET = 0.3

# What the turn is doing, the prompt that makes it, and the event after which it does.
SITUATIONS = (
    ("while the prompt is read", "WAIT", "request_started"),
    ("in the middle of a reply", "PAUSE", "message_chunk"),
    ("during a command", "RUN sleep 60", "tool_call"),
    ("during a command that ignores SIGTERM", "RUN trap '' TERM; sleep 60", "tool_call"),
)

# The command has been started by then. Seconds.
SETTLED = 0.2


async def measure(folder: Path, rounds: int) -> list[Row]:
    rows = []
    with model_process() as address:
        async with serving(OURS, folder, address) as client:
            for name, prompt, event in SITUATIONS:
                took = [await _cancel(client, prompt, event) for _ in range(rounds)]
                rows.append(Row(f"cancel {name}", median(took), "s", rounds, spread(took), target=TARGET))
    return rows


async def _cancel(client: Client, prompt: str, event: str) -> float:
    session = (await client.request("smallcode/session/new"))["sessionId"]
    client.updates.clear()
    turn = client.send("smallcode/turn", {"prompt": prompt, "sessionId": session})
    request = client.last_id
    await client.until(event)
    await asyncio.sleep(SETTLED)
    began = time.monotonic()
    client.notify("$/cancelRequest", {"id": request})
    result, came = await asyncio.wait_for(turn, DEADLINE)
    assert result["stopReason"] == "cancelled", result
    return came - began
