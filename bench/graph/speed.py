"""How long the code graph takes: made, loaded, edited, asked. ``python -m bench.graph.speed [NAME]``.

Each phase has a process of its own; the targets are those for django. Beside the whole, the status of a real
server is asked for while it reads the same folder.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from rich.console import Console

from bench.__main__ import table
from bench.speed.client import OURS, serving
from bench.speed.model import model_process
from bench.speed.rows import Row, percentile, spread

from .sources import fetch, sources

PATIENCE_S = 1800.0
STATUS_TARGET_MS = 50.0


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.graph.speed", description=__doc__)
    parser.add_argument("name", nargs="?", default="django", choices=list(sources()))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows there as well")
    options = parser.parse_args(argv)
    folder = fetch(sources()[options.name])
    rows = measure(folder)
    Console().print(table(rows))
    if options.json is not None:
        options.json.write_text(json.dumps([row_values(row) for row in rows], indent=2) + "\n", "utf-8")
    return int(any(row.met is False for row in rows))


def row_values(row: Row) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("name", "value", "unit", "samples", "target", "met")}


def measure(folder: Path) -> list[Row]:
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory() as cache:
        found = {}
        for phase in ("cold", "load", "edits", "queries"):
            with console.status(f"measuring {phase}"):
                found[phase] = _phase(phase, folder, cache)
    with console.status("measuring status"), tempfile.TemporaryDirectory() as home:
        waits = asyncio.run(_status(folder, Path(os.path.realpath(home))))
    cold, load = found["cold"], found["load"]
    console.print(f"{cold['files']:,} files, {cold['symbols']:,} symbols, {cold['edges']:,} edges")
    return [
        _one("definitions can be searched, wall", cold["searchable"], "s", 1.0),
        _one("definitions can be searched, CPU", cold["searchable_cpu"], "s"),
        _one("the graph with all edges, CPU", cold["built_cpu"], "s", 10.0),
        _one("the same and kept, CPU", cold["kept_cpu"], "s"),
        _one("the event loop held at a time, p99, CPU", cold["busy_p99"], "ms"),
        _one("the event loop held at a time, longest, CPU", cold["busy_max"], "ms"),
        _one("loaded at the next start, CPU", load["load_cpu"], "s"),
        _one("memory", load["memory"], "MB", 25.0),
        *_shares(
            f"an edit in {found['edits']['lines']:,} lines, CPU", found["edits"]["body"], "ms", (15.0, None)
        ),
        *_shares("an edit of what it exports, CPU", found["edits"]["exports"], "ms", (None, None)),
        *(
            row
            for name, took in found["queries"].items()
            for row in _shares(name, took, "µs", TARGETS.get(name))
        ),
        *_shares("status while it is made, wall", waits, "ms", (None, STATUS_TARGET_MS)),
    ]


TARGETS = {
    "exists": (2.0, 20.0),
    "definition": (2.0, 20.0),
    "two hops": (30.0, 300.0),
}
"""Microseconds at the median and the 99th percentile."""


def _one(name: str, value: float, unit: Any, target: float | None = None) -> Row:
    return Row(name, value, unit, 1, (value, value), target=target)


def _shares(
    name: str, took: list[float], unit: Any, targets: tuple[float | None, float | None] | None
) -> list[Row]:
    half, most = targets or (None, None)
    return [
        Row(f"{name}, p50", percentile(took, 0.5), unit, len(took), spread(took), target=half),
        Row(f"{name}, p99", percentile(took, 0.99), unit, len(took), spread(took), target=most),
    ]


def _phase(phase: str, folder: Path, cache: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.graph.phases", phase, str(folder), cache]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=PATIENCE_S)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


async def _status(folder: Path, home: Path) -> list[float]:
    """Milliseconds of each answer, until the server has read all."""
    (home / "project").symlink_to(folder)
    waits: list[float] = []
    with model_process() as address:
        async with serving(OURS, home, address) as client:
            ends = time.monotonic() + PATIENCE_S
            while time.monotonic() < ends:
                waits.append(1000 * await client.timed("smallcode/status", {}))
                if "end" in client.progress:
                    break
                await asyncio.sleep(0.01)
    return waits


if __name__ == "__main__":
    sys.exit(main())
