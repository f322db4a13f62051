"""The tables of a report, free of any markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .records import Record
from .stats import Interval
from .summary import Difference, Group, Recovery, differences, group, pair, recovery, with_pooled

Rows = tuple[tuple[str, ...], ...]

# The harness that the others are compared with, where it is among them.
SUBJECT = "ours"

# Failures beyond this are counted, not listed.
MOST_FAILURES = 40


@dataclass(frozen=True, slots=True)
class Table:
    """``note`` says how to read it. The first column is text, the others are figures unless ``prose``."""

    title: str
    header: tuple[str, ...]
    rows: Rows
    note: str = ""
    prose: bool = False


def tables(records: Sequence[Record]) -> list[Table]:
    """Everything a report shows, in its order; empty ones are left out."""
    groups = with_pooled(group(records))
    found = [
        success_table(groups),
        cost_table(groups),
        speed_table(groups),
        *paired_tables(groups),
        recovery_table(records),
        task_table(groups),
        failure_table(records),
        setup_table(records),
    ]
    return [table for table in found if table.rows]


def percent(interval: Interval) -> str:
    return f"{100 * interval.mean:.1f} [{100 * interval.low:.1f}, {100 * interval.high:.1f}]"


def success_table(groups: Sequence[Group]) -> Table:
    rows = []
    for one in groups:
        k = one.runs_per_task
        chance = one.pass_k(k)
        others = ", ".join(
            f"{name} {count}" for name, count in sorted(one.outcomes.items()) if name != "done"
        )
        rows.append(
            (
                one.arm,
                one.label,
                str(len(one.records)),
                percent(one.success),
                "" if chance is None else f"{100 * chance:.1f} (k={k})",
                str(one.corrupted),
                f"{one.total(lambda run: run.metrics.overflows):.0f}",
                others,
            )
        )
    return Table(
        "Success",
        ("faults", "harness", "runs", "success %", "pass^k %", "corrupted", "overflows", "ended otherwise"),
        tuple(rows),
        "Success is the hidden check's verdict, with a 95 % interval over the tasks. A corrupted run changed "
        "something that nobody asked for. An overflow is a prompt larger than the window.",
    )


def cost_table(groups: Sequence[Group]) -> Table:
    rows = tuple(
        (
            one.arm,
            one.label,
            f"{one.mean(lambda run: run.metrics.requests):.1f}",
            f"{one.mean(lambda run: run.metrics.prompt_tokens):,.0f}",
            f"{one.mean(lambda run: run.metrics.cached_tokens):,.0f}",
            f"{one.mean(lambda run: run.metrics.uncached_tokens):,.0f}",
            f"{one.mean(lambda run: run.metrics.completion_tokens):,.0f}",
            f"{one.mean(lambda run: run.metrics.wasted_turns):.2f}",
        )
        for one in groups
    )
    return Table(
        "Cost of a run",
        ("faults", "harness", "requests", "prompt", "cached", "uncached", "completion", "wasted turns"),
        rows,
        "Means. Tokens are counted from bytes at the model server; cached is the longest common prefix of "
        "consecutive prompts, tools first.",
    )


def speed_table(groups: Sequence[Group]) -> Table:
    machines = list(dict.fromkeys(name for one in groups for name in one.modelled_s))
    rows = []
    for one in groups:
        seconds = one.modelled_s
        took = one.harness_ms
        rows.append(
            (
                one.arm,
                one.label,
                *(f"{seconds.get(machine, 0):,.1f}" for machine in machines),
                "" if took is None else f"{took:,.0f}",
                f"{one.mean(lambda run: run.wall_s):.1f}",
            )
        )
    return Table(
        "Time of a run",
        ("faults", "harness", *(f"s at {name}" for name in machines), "harness ms a request", "wall s"),
        tuple(rows),
        "Modelled seconds of reading and writing, at so many tokens a second for prompt/answer; measured "
        "time of the harness between a reply and the next request (median), and of the whole run.",
    )


def paired_tables(groups: Sequence[Group]) -> list[Table]:
    """The subject against each other harness, by condition, over the runs that both have."""
    labels = sorted({one.label for one in groups}, key=lambda label: (label != SUBJECT, label))
    by_key = {(one.arm, one.label): one for one in groups}
    found = []
    subject, *others = labels
    for other in others:
        rows: list[tuple[str, ...]] = []
        for arm in dict.fromkeys(one.arm for one in groups):
            first, second = by_key.get((arm, other)), by_key.get((arm, subject))
            pairs = pair(first.records, second.records) if first and second else []
            if pairs:
                rows += [(arm, *row) for row in difference_rows(differences(pairs))]
        header = ("faults", "measure", other, subject, "difference", "95 % interval")
        title = f"{subject} against {other}"
        found.append(Table(title, header, tuple(rows), "Over runs of the same task, fault, rate and seed."))
    return found


def difference_rows(found: Sequence[Difference]) -> Rows:
    return tuple(
        (
            one.measure.name,
            one.measure.form.format(one.first),
            one.measure.form.format(one.second),
            *_interval(one),
        )
        for one in found
    )


def _interval(one: Difference) -> tuple[str, str]:
    mean, low, high = (
        _signed(one.measure.form, value) for value in (one.interval.mean, one.interval.low, one.interval.high)
    )
    return mean, f"[{low}, {high}]"


def _signed(form: str, value: float) -> str:
    return ("+" if value > 0 else "") + form.format(value)


def recovery_table(records: Sequence[Record]) -> Table:
    found = recovery(records)
    labels = sorted({label for counts in found.values() for label in counts})
    rows = tuple(
        (kind, *(_share(counts[label]) if label in counts else "" for label in labels))
        for kind, counts in found.items()
    )
    return Table(
        "Recovery by fault",
        ("fault", *labels),
        rows,
        "Times the model got over the fault, of the times it occurred.",
    )


def _share(seen: Recovery) -> str:
    return f"{seen.recovered}/{seen.drawn} ({100 * seen.share:.0f} %)"


def task_table(groups: Sequence[Group]) -> Table:
    """Successes of runs for each task; a column for each condition and harness."""
    tasks = sorted({run.task for one in groups for run in one.records})
    rows = []
    for task in tasks:
        cells = []
        for one in groups:
            runs = [run for run in one.records if run.task == task]
            cells.append(f"{sum(run.success for run in runs)}/{len(runs)}" if runs else "")
        rows.append((task, *cells))
    return Table("Success by task", ("task", *(f"{one.label} {one.arm}" for one in groups)), tuple(rows))


def failure_table(records: Sequence[Record]) -> Table:
    failed = [run for run in records if not run.success or run.corruption]
    rows = tuple(
        (
            run.task,
            run.label,
            run.arm,
            str(run.seed),
            run.outcome,
            run.reason,
            "; ".join(run.corruption),
        )
        for run in failed[:MOST_FAILURES]
    )
    more = f"The first {MOST_FAILURES} of {len(failed)}." if len(failed) > MOST_FAILURES else ""
    header = ("task", "harness", "faults", "seed", "ended", "why it failed", "corruption")
    return Table("What failed", header, rows, more, prose=True)


def setup_table(records: Sequence[Record]) -> Table:
    """Versions and parameters: every value that occurs in the runs."""
    seen: dict[str, set[str]] = {}
    for run in records:
        facts = {
            **run.versions,
            "window": str(run.window),
            "recovery": f"{run.recovery:g}",
            "limits": ", ".join(f"{name} {value:g}" for name, value in run.limits.items()),
        }
        for name, value in facts.items():
            seen.setdefault(name, set()).add(value)
    rows = tuple((name, ", ".join(sorted(values))) for name, values in sorted(seen.items()))
    return Table("Set-up", ("of", "value"), rows, prose=True)
