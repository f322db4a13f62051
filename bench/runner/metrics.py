"""From the simulated model's counts and its log of requests to a record's metrics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import fmean
from typing import Any

from .records import Metrics

COUNTS = (
    "requests",
    "prompt_tokens",
    "cached_tokens",
    "uncached_tokens",
    "completion_tokens",
    "wasted_turns",
    "overflows",
    "gave_up",
)


def read_metrics(counts: Mapping[str, Any], log: Sequence[Mapping[str, Any]]) -> Metrics:
    """``counts`` is what the simulator answers for a run, ``log`` its requests in order. Raises KeyError for
    counts of another form."""
    return Metrics(
        **{name: counts[name] for name in COUNTS},
        faults=_by_kind(counts["faults"], "drawn"),
        recovered=_by_kind(counts["faults"], "recovered"),
        errors={str(status): int(number) for status, number in counts["errors"].items()},
        harness_ms=harness_ms(log),
        modelled_s={str(name): float(value) for name, value in counts["modelled_seconds"].items()},
    )


def _by_kind(faults: Mapping[str, Mapping[str, int]], what: str) -> dict[str, int]:
    return {kind: int(seen[what]) for kind, seen in faults.items() if seen[what]}


def harness_ms(log: Sequence[Mapping[str, Any]]) -> float | None:
    """Mean milliseconds from the end of a reply to the next request: the harness's own time, tools included.

    Requests that overlap (a harness that asks for a title meanwhile) have no time between them.
    """
    gaps = [max(0.0, later["begun_s"] - earlier["ended_s"]) for earlier, later in pairwise(log)]
    return round(1000 * fmean(gaps), 3) if gaps else None
