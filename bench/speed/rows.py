"""The rows of the table, and the few statistics that they need."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. ``baseline`` is the same figure of something simpler, measured in the same run.

    ``target`` bounds ``value``, or the ratio of ``value`` to ``baseline`` where ``bounded`` is "ratio".
    ``samples`` is how many observations the figure comes from, ``spread`` their 10th and 90th percentile,
    all in ``unit``.
    """

    name: str
    value: float
    unit: Literal["s", "ms", "µs", "MB"]
    samples: int
    spread: tuple[float, float]
    baseline: float | None = None
    against: str = ""
    target: float | None = None
    bounded: Literal["value", "ratio"] = "value"
    ratio: float | None = field(init=False)
    met: bool | None = field(init=False)

    def __post_init__(self) -> None:
        ratio = self.value / self.baseline if self.baseline else None
        judged = ratio if self.bounded == "ratio" else self.value
        object.__setattr__(self, "ratio", ratio)
        object.__setattr__(
            self, "met", None if self.target is None or judged is None else judged <= self.target
        )


def percentile(values: Sequence[float], share: float) -> float:
    """By the nearest rank: a value that was observed, none in between. ``share`` is from 0 to 1."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def median(values: Sequence[float]) -> float:
    return percentile(values, 0.5)


def spread(values: Sequence[float]) -> tuple[float, float]:
    return percentile(values, 0.1), percentile(values, 0.9)
