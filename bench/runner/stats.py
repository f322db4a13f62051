"""Intervals and rates. Runs of one task are no independent draws, so tasks are what is drawn again."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 10_000
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and the bounds of its interval; ``clusters`` independent ones and ``n`` values were seen."""

    mean: float
    low: float
    high: float
    n: int
    clusters: int

    @property
    def excludes_zero(self) -> bool:
        return self.low > 0 or self.high < 0


def bootstrap(
    values: Sequence[float],
    clusters: Sequence[Hashable],
    *,
    resamples: int = RESAMPLES,
    level: float = LEVEL,
    seed: int = 0,
) -> Interval:
    """Mean of ``values`` with a percentile interval of the cluster bootstrap.

    Whole clusters are drawn with replacement, and each draw's mean is over all values of its clusters
    (Field and Welsh, "Bootstrapping clustered data", 2007). With differences of pairs as values it is the
    paired bootstrap. The same input gives the same interval. Raises ValueError for no value.
    """
    if not values or len(values) != len(clusters):
        raise ValueError("bootstrap needs values, and a cluster for each")
    numbers: dict[Hashable, int] = {}
    index = np.array([numbers.setdefault(cluster, len(numbers)) for cluster in clusters])
    data = np.asarray(values, dtype=float)
    sums = np.bincount(index, weights=data, minlength=len(numbers))
    counts = np.bincount(index, minlength=len(numbers))
    drawn = np.random.default_rng(seed).integers(0, len(numbers), size=(resamples, len(numbers)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(data.mean()), float(low), float(high), len(values), len(numbers))


def pass_hat_k(outcomes: Mapping[str, Iterable[bool]], k: int) -> float | None:
    """pass^k: the chance that k runs of a task all succeed, averaged over the tasks with k runs or more.

    Estimated without bias as C(successes, k) / C(runs, k) (Yao et al., "τ-bench", 2024). None where no task
    has k runs. Raises ValueError for k under 1.
    """
    if k < 1:
        raise ValueError("k counts from 1")
    chances = []
    for seen in map(list, outcomes.values()):
        if len(seen) >= k:
            chances.append(math.comb(sum(seen), k) / math.comb(len(seen), k))
    return sum(chances) / len(chances) if chances else None
