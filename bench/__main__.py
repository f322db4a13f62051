"""Measure what must stay fast, and print it as a table: ``python -m bench [NAME ...]``."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from .speed import bootstrap, cancel, memory, per_request, shell, start, status, validate
from .speed.rows import Row

# Each with what multiplies --rounds: how many rounds give a figure that two runs agree about.
MEASUREMENTS = {
    "start": (start.measure, 2),
    "per_request": (per_request.measure, 3),
    "memory": (memory.measure, 1),
    "cancel": (cancel.measure, 1),
    "status": (status.measure, 1),
    "shell": (shell.measure, 2),
    "validate": (validate.measure, 1),
    "bootstrap": (bootstrap.measure, 1),
}


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {', '.join(MEASUREMENTS)}")
    parser.add_argument("--rounds", type=int, default=10, help="more are more exact (default: %(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows there as well")
    options = parser.parse_args(argv)
    if unknown := set(options.names) - set(MEASUREMENTS):
        parser.error(f"no measurement {', '.join(sorted(unknown))}; there are {', '.join(MEASUREMENTS)}")
    console = Console(stderr=True)
    rows: list[Row] = []
    for name in options.names or MEASUREMENTS:
        measure, times = MEASUREMENTS[name]
        with console.status(f"measuring {name}"), tempfile.TemporaryDirectory() as folder:
            rows += asyncio.run(measure(Path(os.path.realpath(folder)), times * options.rounds))
    Console().print(table(rows))
    if options.json is not None:
        options.json.write_text(
            json.dumps({"machine": machine(), "rows": list(map(asdict, rows))}, indent=2) + "\n"
        )
    return int(any(row.met is False for row in rows))


def table(rows: list[Row]) -> Table:
    made = Table(
        title=machine(), title_justify="left", caption="spread: 10th to 90th percentile, of n observations"
    )
    for heading in ("", "value", "spread", "n", "baseline", "ratio", "target", ""):
        made.add_column(heading, justify="left" if heading == "" else "right")
    for row in rows:
        made.add_row(*_cells(row))
    return made


def _cells(row: Row) -> list[str]:
    baseline = f"{_figure(row.baseline, row.unit)} {row.against}" if row.baseline is not None else ""
    target = ""
    if row.target is not None:
        target = f"≤ {row.target:g}×" if row.bounded == "ratio" else f"≤ {row.target:g} {row.unit}"
    return [
        row.name,
        _figure(row.value, row.unit),
        "–".join(f"{value:.{_DIGITS[row.unit]}f}" for value in row.spread),
        str(row.samples),
        baseline,
        f"{row.ratio:.2f}×" if row.ratio is not None else "",
        target,
        {True: "[green]met[/]", False: "[red]missed[/]", None: ""}[row.met],
    ]


_DIGITS = {"s": 3, "ms": 1, "µs": 2, "MB": 1}


def _figure(value: float, unit: str) -> str:
    return f"{value:.{_DIGITS[unit]}f} {unit}"


def machine() -> str:
    """What the figures depend on. The load tells whether something else was running, too."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    cores = f"{os.cpu_count()} cores{load}"
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {cores}"


if __name__ == "__main__":
    sys.exit(main())
