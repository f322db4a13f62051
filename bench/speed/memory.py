"""Memory of the server's process (resident set) after ten turns that read, search, patch and run a command.

The baseline is an empty pygls server that has been initialized.
"""

from __future__ import annotations

from pathlib import Path

import psutil  # type: ignore[import-untyped]

from .client import EMPTY, OURS, Client, serving
from .model import model_process
from .per_request import write_files
from .rows import Row, median, spread

TURNS = 10
TARGET = 90.0


async def measure(folder: Path, rounds: int) -> list[Row]:
    ours: list[float] = []
    empty: list[float] = []
    write_files(folder / "project")
    with model_process() as address:
        for _ in range(max(1, rounds // 5)):
            async with serving(EMPTY, folder) as client:
                empty.append(_resident(client))
            async with serving(OURS, folder, address) as client:
                for _ in range(TURNS):
                    result = await client.request("smallcode/turn", {"prompt": "WORK"})
                    assert result["stopReason"] == "done" and result["filesChanged"] == ["a0.txt"], result
                ours.append(_resident(client))
    base = median(empty)
    return [
        Row(
            f"memory after {TURNS} turns", median(ours), "MB", len(ours), spread(ours), base,
            "empty pygls server", TARGET,
        )
    ]  # fmt: skip


def _resident(client: Client) -> float:
    """Megabytes of 10^6 bytes."""
    return float(psutil.Process(client.pid).memory_info().rss) / 1e6
