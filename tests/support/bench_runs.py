"""Runs of the benchmark as they would be recorded, for what reads them."""

from __future__ import annotations

from typing import Any

from bench.runner.jobs import Job
from bench.runner.records import Metrics, Record

MACHINES = {"200/10": 20.0, "1000/40": 4.0}


def made_run(
    task: str = "a",
    fault: str = "none",
    rate: float = 0.0,
    seed: int = 0,
    harness: str = "ours",
    *,
    success: bool = True,
    settings: tuple[tuple[str, str], ...] = (),
    corruption: tuple[str, ...] = (),
    reason: str = "",
    outcome: str = "done",
    **metrics: Any,
) -> Record:
    counts = Metrics(**{"requests": 4, "prompt_tokens": 1000, "modelled_s": MACHINES, **metrics})
    return Record.of(
        Job(task, fault, rate, seed, harness, settings),
        "hash",
        suite="smoke",
        category="fix",
        language="python",
        success=success,
        reason=reason,
        corruption=list(corruption),
        metrics=counts,
        ended="exit",
        exit_status=0,
        outcome=outcome,
        wall_s=2.0,
        versions={"ours": "1.0"},
    )
