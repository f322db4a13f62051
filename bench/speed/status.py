"""How long ``smallcode/status`` takes while the model talks, and 10 MB of changes to a document arrive.

The changes are written as fast as the server takes them, so that each status waits behind all that the pipe
and both ends' buffers hold: more than any editor sends. The status requests follow one upon the other. The
baseline is the same request to the same server while the model talks and nothing else happens.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from .client import OURS, Client, serving
from .model import model_process
from .rows import Row, percentile, spread

TARGET = 50.0
LINE = "def total_{:06d}(prices): return sum(prices)\n"
LINES = 10_000
CHANGES = {"1,000 changes of 10 kB": (1000, 10_000), "100 changes of 100 kB": (100, 100_000)}

# Between one answer and the next request, so that the changes are not held up by questions. Seconds.
PAUSE = 0.002


async def measure(folder: Path, rounds: int) -> list[Row]:
    rows = []
    with model_process() as address:
        async with serving(OURS, folder, address) as client:
            uri = _open(client, folder)
            turn = client.send("smallcode/turn", {"prompt": "TALK"})
            request = client.last_id
            await client.until("message_chunk")
            idle = [1000 * await client.timed("smallcode/status", {}) for _ in range(20 * rounds)]
            version = 1
            for name, (count, size) in CHANGES.items():
                took: list[float] = []
                for _ in range(rounds):
                    took += await _flooded(client, uri, version, count, size)
                    version += count
                rows += [
                    Row(
                        f"status, p{share * 100:g}, {name}", percentile(took, share), "ms", len(took),
                        spread(took), percentile(idle, share), "status without changes", target,
                    )
                    for share, target in ((0.5, None), (0.99, TARGET))
                ]  # fmt: skip
            client.notify("$/cancelRequest", {"id": request})
            await turn
    return rows


def _open(client: Client, folder: Path) -> str:
    uri = (folder / "project" / "shop.py").as_uri()
    text = "".join(LINE.format(number) for number in range(LINES))
    document = {"uri": uri, "languageId": "python", "version": 0, "text": text}
    client.notify("textDocument/didOpen", {"textDocument": document})
    return uri


async def _flooded(client: Client, uri: str, version: int, count: int, size: int) -> list[float]:
    """Milliseconds of each status request that was asked while the changes were on their way."""
    lines = size // len(LINE.format(0))

    async def flood() -> None:
        for number in range(count):
            start = number * lines % (LINES - lines)
            client.notify("textDocument/didChange", change(uri, version + number, start, lines, LINE.format))
            await client.drain()

    flooding = asyncio.create_task(flood())
    took = []
    while not flooding.done():
        took.append(1000 * await client.timed("smallcode/status", {}))
        await asyncio.sleep(PAUSE)
    await flooding
    return took


def change(uri: str, version: int, start: int, lines: int, line: Callable[[int], str]) -> dict[str, object]:
    """A didChange that replaces ``lines`` lines from ``start`` on by as many, each made from its number."""
    text = "".join(line(version + number) for number in range(lines))
    span = {"start": {"line": start, "character": 0}, "end": {"line": start + lines, "character": 0}}
    return {
        "textDocument": {"uri": uri, "version": version},
        "contentChanges": [{"range": span, "text": text}],
    }
