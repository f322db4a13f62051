"""The gate: a fixed slice of the benchmark, without faults, whose counts may not get worse.

``python -m bench.gate`` runs our harness on the tasks of bench/gate.json and compares what is deterministic:
success, corruption, overflows and requests have to be equal, tokens may not grow. ``--update`` writes the
file anew. Times are never judged.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from bench.runner.harness import known_harnesses, load_harness
from bench.runner.jobs import NO_FAULT, Plan
from bench.runner.records import Record, load
from bench.runner.run import How, carry_out

EXPECTED = Path(__file__).resolve().parent / "gate.json"
HARNESS = "ours"

EQUAL = ("success", "corruption", "overflows", "requests")
AT_MOST = ("prompt_tokens", "uncached_tokens", "completion_tokens")

# Test runners print how long they took, and the digits of a duration vary by some bytes of a prompt.
SLACK = 0.005

Counts = Mapping[str, Any]


def counts_of(run: Record) -> dict[str, Any]:
    """What is gated of a run."""
    metrics = run.metrics
    return {
        "success": run.success,
        "corruption": len(run.corruption),
        "overflows": metrics.overflows,
        "requests": metrics.requests,
        "prompt_tokens": metrics.prompt_tokens,
        "uncached_tokens": metrics.uncached_tokens,
        "completion_tokens": metrics.completion_tokens,
    }


def verdicts(expected: Mapping[str, Counts], seen: Mapping[str, Counts]) -> tuple[list[str], list[str]]:
    """What got worse and what got better, one line for each task and count. A task of one side alone is
    worse: the slice is not what was agreed on."""
    worse = [f"{task}: only in one of the two" for task in sorted(expected.keys() ^ seen.keys())]
    better = []
    for task in sorted(expected.keys() & seen.keys()):
        want, have = expected[task], seen[task]
        for name in EQUAL:
            if have[name] != want[name]:
                worse.append(f"{task}: {name} is {have[name]}, not {want[name]}")
        for name in AT_MOST:
            slack = SLACK * want[name]
            if have[name] > want[name] + slack:
                worse.append(f"{task}: {name} grew from {want[name]:,} to {have[name]:,}")
            elif have[name] < want[name] - slack:
                better.append(f"{task}: {name} shrank from {want[name]:,} to {have[name]:,}")
    return worse, better


def measure(tasks: Sequence[str], console: Console, *, jobs: int) -> dict[str, dict[str, Any]]:
    """The counts of each task without faults."""
    plan = Plan(tasks=tasks, faults=[NO_FAULT], rates=[0.0], seeds=[0], harnesses=[HARNESS])
    harnesses = {HARNESS: load_harness(known_harnesses()[HARNESS])}
    with tempfile.TemporaryDirectory(prefix="gate-") as folder:
        out = Path(folder) / "gate.jsonl"
        carry_out(plan, harnesses, How(out, jobs=jobs), console)
        return {run.task: counts_of(run) for run in sorted(load(out), key=lambda run: run.task)}


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.gate", description=__doc__)
    parser.add_argument("--update", action="store_true", help="write what is measured into bench/gate.json")
    parser.add_argument("--jobs", type=int, default=2, help="runs at a time (default: %(default)s)")
    asked = parser.parse_args(argv)
    console = Console(stderr=True, highlight=False)
    expected: dict[str, Counts] = json.loads(EXPECTED.read_text("utf-8"))
    seen = measure(list(expected), console, jobs=asked.jobs)
    if asked.update:
        EXPECTED.write_text(json.dumps(seen, indent=2) + "\n", encoding="utf-8")
        return 0
    worse, better = verdicts(expected, seen)
    for line in worse:
        print(f"WORSE   {line}")
    for line in better:
        print(f"better  {line}")
    if better and not worse:
        print("Run python -m bench.gate --update to hold on to what got better.")
    print(f"{len(seen)} tasks, {len(worse)} worse.")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
