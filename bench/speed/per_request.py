"""What the harness adds to each request to the model, at a transcript of about 50 messages.

A model server in another process notes when the last byte of a request has come, and when it hands over the
last piece of an answer. Between the two, for consecutive requests of a turn, lies everything that is ours:
reading the end of the stream, parsing and judging the call, the trace, the events that go to the editor, the
estimate of the prompt's size, the JSON, connecting and sending. Taken away from it are

- what the tool itself took (read_file of 2 kB), by the span of this very call in the turn's trace, and
- the median of the same gap in a loop with httpx that sends the same bodies to the same server, each over a
  connection of its own as we do, reads the answer to its end and sends the next one.

Turns and loops alternate. Only the median is taken away, from the 99th percentile, too: whatever else the
machine does meanwhile counts against us. The baseline's own percentile tells how much that is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import httpx

from smallcode.listeners.trace import read_trace

from .client import DEADLINE, OURS, Client, serving
from .model import Journal, model_process
from .rows import Row, median, percentile, spread

STEPS = 29
MESSAGES = range(41, 60)
TARGETS = {0.5: 3.0, 0.99: 15.0}


async def measure(folder: Path, rounds: int) -> list[Row]:
    ours: list[float] = []
    bare: list[float] = []
    write_files(folder / "project")
    with model_process() as address:
        http = httpx.AsyncClient(timeout=DEADLINE, headers={"Connection": "close"})
        async with serving(OURS, folder, address) as client, http:
            for _ in range(rounds):
                tools = await _turn(client, folder)
                journal = await _journal(http, address)
                ours += _gaps(journal, tools)
                await _replay(http, address, journal)
                bare += _gaps(await _journal(http, address), [0.0] * STEPS)
    base = median(bare)
    added = [gap - base for gap in ours]
    return [
        Row(
            f"harness per request, p{share * 100:g}", percentile(added, share), "ms", len(added),
            spread(added), percentile(bare, share), "httpx alone, not part of it", target,
        )
        for share, target in TARGETS.items()
    ]  # fmt: skip


def write_files(project: Path) -> None:
    """Ten files of some 2 kB."""
    project.mkdir(exist_ok=True)
    for number in range(10):
        lines = (f"line {line} of file {number}, as long as lines are\n" for line in range(50))
        (project / f"a{number}.txt").write_text("".join(lines))


async def _turn(client: Client, folder: Path) -> list[float]:
    """Seconds that each call of the turn took."""
    session = (await client.request("smallcode/session/new"))["sessionId"]
    result = await client.request("smallcode/turn", {"prompt": f"READ {STEPS}", "sessionId": session})
    assert result["stopReason"] == "done", result
    trace = next((folder / "state").rglob(f"{result['turnId']}.jsonl"))
    return [span["end"] - span["start"] for span in read_trace(trace) if span["span"] == "tool"]


async def _journal(http: httpx.AsyncClient, address: str) -> Journal:
    journal: Journal = (await http.get(f"{address.removesuffix('/v1')}/journal")).json()
    assert len(journal) == STEPS + 1, "each call has a request of its own, and the answer"
    return journal


async def _replay(http: httpx.AsyncClient, address: str, journal: Journal) -> None:
    for entry in journal:
        body = entry["body"].encode()
        async with http.stream("POST", f"{address}/chat/completions", content=body) as response:
            async for _ in response.aiter_bytes():
                pass


def _gaps(journal: Journal, tools: Sequence[float]) -> list[float]:
    """Milliseconds from the end of an answer to the end of the request that follows, without the call in
    between, at the length wanted."""
    return [
        1000 * (after["received"] - before["answered"] - tool)
        for (before, after), tool in zip(pairwise(journal), tools, strict=True)
        if len(json.loads(after["body"])["messages"]) in MESSAGES
    ]
