"""The tables of the result."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..runner.tables import Table
from .json_text import PLAIN, json_text
from .score import Outcome, Scored, at_least, median, percentile

# The slowest adversarial texts that are listed.
MOST_SLOW = 10
MOST_SHOWN = 300

HEADER = ("cases", "names %", "loose %", "exact %")


def tables(scored: Scored) -> list[Table]:
    meant = meant_cases(scored)
    return [
        summary(scored),
        _recall("Recall by family", "family", meant, _family),
        _recall("Recall by corruption", "corruption", meant, lambda one: one.case.corruption),
        _recall("Recall by kind of arguments", "arguments", meant, lambda one: one.case.kind),
        _must_not(scored),
        _negatives(scored),
        _slowest(scored),
    ]


def meant_cases(scored: Scored) -> list[Outcome]:
    """Those that hold a call; recall is of these."""
    return [one for one in scored.positives if one.case.expected]


def summary(scored: Scored) -> Table:
    meant = meant_cases(scored)
    planned = [one for one in meant if one.case.planned]
    further = [one for one in meant if not one.case.planned]
    undamaged = [one for one in meant if one.case.corruption.startswith("none")]
    times = scored.milliseconds()
    worst = max(scored.adversarial, key=scored.adversarial.__getitem__, default="")
    cut = sum(one.case.must_not for one in scored.positives)
    rows = [
        ("calls, all", *_cells(meant)),
        ("calls of the planned families", *_cells(planned)),
        ("calls of further families", *_cells(further)),
        ("calls without damage", *_cells(undamaged)),
        ("false positives", f"{len(scored.negatives)}", f"{len(scored.false_positives)}", "", ""),
        ("cut calls that ran", f"{cut}", f"{len(scored.violations)}", "", ""),
        ("exceptions", "", f"{len(scored.errors) + len(scored.adversarial_errors)}", "", ""),
        ("CPU ms, median; 99th percentile", "", f"{median(times):.3f}", f"{percentile(times, 0.99):.3f}", ""),
        (f"CPU ms, worst: {worst}", "", f"{scored.adversarial.get(worst, 0.0):.0f}", "", ""),
    ]
    return Table("Summary", ("", *HEADER), tuple(rows), "Counts stand in the second column of figures.")


def _recall(title: str, what: str, outcomes: Sequence[Outcome], key: Callable[[Outcome], str]) -> Table:
    groups: dict[str, list[Outcome]] = {}
    for one in outcomes:
        groups.setdefault(key(one), []).append(one)
    rows = tuple((name, *_cells(groups[name])) for name in sorted(groups))
    return Table(title, (what, *HEADER), rows)


def _cells(outcomes: Sequence[Outcome]) -> tuple[str, str, str, str]:
    return (
        str(len(outcomes)),
        f"{at_least(outcomes, 'names'):.1f}",
        f"{at_least(outcomes, 'loose'):.1f}",
        f"{at_least(outcomes, 'exact'):.1f}",
    )


def _family(one: Outcome) -> str:
    return one.case.family if one.case.planned else f"{one.case.family} *"


def _must_not(scored: Scored) -> Table:
    counts: dict[str, tuple[int, int]] = {}
    for one in scored.positives:
        if one.case.must_not:
            total, ran = counts.get(one.case.corruption, (0, 0))
            counts[one.case.corruption] = (total + 1, ran + bool(one.found))
    rows = tuple((name, str(total), str(ran)) for name, (total, ran) in sorted(counts.items()))
    return Table("Calls cut within a value", ("cut", "cases", "ran"), rows, "None of them may run.")


def _negatives(scored: Scored) -> Table:
    counts: dict[str, tuple[int, int]] = {}
    for one in scored.negatives:
        total, wrong = counts.get(one.case.kind, (0, 0))
        counts[one.case.kind] = (total + 1, wrong + bool(one.found))
    rows = tuple((name, str(total), str(wrong)) for name, (total, wrong) in counts.items())
    return Table("Replies without a call", ("kind", "cases", "false positives"), rows)


def _slowest(scored: Scored) -> Table:
    slowest = sorted(scored.adversarial.items(), key=lambda item: -item[1])[:MOST_SLOW]
    rows = tuple((name, f"{time:.1f}", scored.adversarial_errors.get(name, "")) for name, time in slowest)
    return Table("Slowest texts of 100,000 characters", ("text", "CPU ms", "error"), rows)


def failures(scored: Scored, most: int) -> list[str]:
    """The worst first: what ran and should not, what raised, then what was missed, spread over families."""
    missed = [one for one in meant_cases(scored) if one.verdict in ("wrong", "names")]
    seen: dict[str, int] = {}
    spread: list[tuple[int, Outcome]] = []
    for one in missed:
        seen[one.case.family] = seen.get(one.case.family, 0) + 1
        spread.append((seen[one.case.family], one))
    by_turns = [one for _, one in sorted(spread, key=lambda item: item[0])]
    chosen = (*scored.false_positives, *scored.violations, *scored.errors, *by_turns)
    return [_shown(one) for one in chosen[:most]]


def _shown(one: Outcome) -> str:
    case = one.case
    wanted = json_text([{"name": call.name, **call.arguments} for call in case.expected], PLAIN)
    found = json_text([{"name": call.name, **call.arguments} for call in one.found], PLAIN)
    error = f"\n  raised {one.error}" if one.error else ""
    return (
        f"{case.id} ({case.corruption}; {case.kind})\n  text   {case.text[:MOST_SHOWN]!r}"
        f"\n  wanted {wanted[:MOST_SHOWN]}\n  found  {found[:MOST_SHOWN]}{error}"
    )
