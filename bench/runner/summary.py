"""Runs put together: what each harness came to under each condition."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from .records import Record
from .stats import Interval, bootstrap, pass_hat_k


@dataclass(frozen=True, slots=True)
class Group:
    """The runs of one harness (``label``) under one condition (``arm``)."""

    label: str
    arm: str
    records: tuple[Record, ...]

    @property
    def success(self) -> Interval:
        return bootstrap([float(run.success) for run in self.records], [run.task for run in self.records])

    @property
    def runs_per_task(self) -> int:
        """The fewest, which is the largest k for which pass^k says something about every task."""
        return min(Counter(run.task for run in self.records).values())

    def pass_k(self, k: int) -> float | None:
        outcomes: dict[str, list[bool]] = defaultdict(list)
        for run in self.records:
            outcomes[run.task].append(run.success)
        return pass_hat_k(outcomes, k)

    @property
    def corrupted(self) -> int:
        """Runs that changed something nobody asked for."""
        return sum(bool(run.corruption) for run in self.records)

    def total(self, measure: Callable[[Record], float]) -> float:
        return sum(map(measure, self.records))

    def mean(self, measure: Callable[[Record], float]) -> float:
        return fmean(map(measure, self.records))

    @property
    def harness_ms(self) -> float | None:
        """Median over the runs of the time that the harness took for a request."""
        seen = [run.metrics.harness_ms for run in self.records if run.metrics.harness_ms is not None]
        return median(seen) if seen else None

    @property
    def modelled_s(self) -> dict[str, float]:
        """Mean seconds of a run by machine."""
        machines = dict.fromkeys(name for run in self.records for name in run.metrics.modelled_s)
        return {name: self.mean(modelled(name).of) for name in machines}

    @property
    def outcomes(self) -> Counter[str]:
        return Counter(run.outcome for run in self.records)


def group(records: Iterable[Record]) -> list[Group]:
    """By condition, then harness: fault-free first, the catalogue by rate, then single faults by name."""
    found: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for run in records:
        found[run.arm, run.label].append(run)

    def place(key: tuple[str, str]) -> tuple[bool, str, float, str]:
        first = found[key][0]
        return (first.single_fault, first.fault if first.single_fault else "", first.rate, key[1])

    return [Group(label, arm, tuple(found[arm, label])) for arm, label in sorted(found, key=place)]


def with_pooled(groups: Sequence[Group]) -> list[Group]:
    """The groups, and before the single faults one group for each harness with all of them."""
    single = [one for one in groups if one.records[0].single_fault]
    if len({one.arm for one in single}) < 2:
        return list(groups)
    runs: dict[str, tuple[Record, ...]] = defaultdict(tuple)
    for one in single:
        runs[one.label] += one.records
    pooled = [Group(label, "single faults", records) for label, records in sorted(runs.items())]
    return [*(one for one in groups if one not in single), *pooled, *single]


@dataclass(frozen=True, slots=True)
class Recovery:
    """How often a harness got the model over a fault of a kind that had occurred."""

    drawn: int
    recovered: int

    @property
    def share(self) -> float:
        return self.recovered / self.drawn


def recovery(records: Iterable[Record]) -> dict[str, dict[str, Recovery]]:
    """By kind of fault, then harness; only kinds that occurred."""
    drawn: dict[str, Counter[str]] = defaultdict(Counter)
    recovered: dict[str, Counter[str]] = defaultdict(Counter)
    for run in records:
        for kind, count in run.metrics.faults.items():
            drawn[kind][run.label] += count
        for kind, count in run.metrics.recovered.items():
            recovered[kind][run.label] += count
    return {
        kind: {label: Recovery(count, recovered[kind][label]) for label, count in sorted(drawn[kind].items())}
        for kind in sorted(drawn)
    }


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a run. ``better`` is the sign of a difference that is good; ``form`` formats the mean."""

    name: str
    of: Callable[[Record], float]
    better: int
    form: str


def modelled(machine: str) -> Measure:
    return Measure(
        f"modelled s at {machine}", lambda run: run.metrics.modelled_s.get(machine, 0), -1, "{:,.1f}"
    )


MEASURES = (
    Measure("success", lambda run: 100 * run.success, 1, "{:.1f} %"),
    Measure("corrupted", lambda run: 100 * bool(run.corruption), -1, "{:.1f} %"),
    Measure("requests", lambda run: run.metrics.requests, -1, "{:.2f}"),
    Measure("prompt tokens", lambda run: run.metrics.prompt_tokens, -1, "{:,.0f}"),
    Measure("uncached tokens", lambda run: run.metrics.uncached_tokens, -1, "{:,.0f}"),
    Measure("completion tokens", lambda run: run.metrics.completion_tokens, -1, "{:,.0f}"),
    Measure("wasted turns", lambda run: run.metrics.wasted_turns, -1, "{:.2f}"),
    Measure("overflows", lambda run: run.metrics.overflows, -1, "{:.2f}"),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """``second`` minus ``first`` in one measure over their common units."""

    measure: Measure
    first: float
    second: float
    interval: Interval


def pair(first: Sequence[Record], second: Sequence[Record]) -> list[tuple[Record, Record]]:
    """Runs of the same task, fault, rate and seed. Units of one side alone are left out."""
    others = {run.unit: run for run in second}
    return [(run, others[run.unit]) for run in first if run.unit in others]


def differences(
    pairs: Sequence[tuple[Record, Record]], measures: Sequence[Measure] = MEASURES
) -> list[Difference]:
    """For each measure, with paired intervals over the tasks. Raises ValueError for no pair."""
    clusters = [before.task for before, _ in pairs]
    found = []
    for measure in measures:
        ahead = [(measure.of(before), measure.of(after)) for before, after in pairs]
        interval = bootstrap([after - before for before, after in ahead], clusters)
        found.append(Difference(measure, fmean(a for a, _ in ahead), fmean(b for _, b in ahead), interval))
    return found
