"""The table of the results: as text, Markdown, JSON and a plot."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from matplotlib.figure import Figure

from .cases import Kind
from .run import KINDS, MUST_REFUSE, Result
from .timing import Timing

Cells = Mapping[str, Counter[str]]

_REFUSING = {kind.name for kind in MUST_REFUSE}


def by_kind(results: Sequence[Result]) -> Cells:
    """Verdicts of each class, in the order of the classes."""
    cells: dict[str, Counter[str]] = {}
    for result in results:
        cells.setdefault(result.kind, Counter())[result.verdict] += 1
    return cells


def by_language(results: Sequence[Result]) -> Cells:
    cells: dict[str, Counter[str]] = {}
    for result in sorted(results, key=lambda result: result.language):
        cells.setdefault(result.language, Counter())[result.verdict] += 1
    return cells


def missed(cells: Cells) -> list[str]:
    """What falls short of its target, one line each."""
    lines = []
    for kind in KINDS:
        seen = cells.get(kind.name, Counter())
        if seen["WRONG"]:
            lines.append(f"{kind.name}: {seen['WRONG']} WRONG")
        wanted = kind.floor * seen.total()
        if _good(kind, seen) < wanted:
            lines.append(f"{kind.name}: {_good(kind, seen)} of {seen.total()}, at least {wanted:.0f} wanted")
    return lines


def _good(kind: Kind, seen: Counter[str]) -> int:
    return seen["refused" if kind.name in _REFUSING else "correct"]


def table(results: Sequence[Result], timings: Sequence[Timing]) -> str:
    """In Markdown, which reads well as text, too."""
    cells = by_kind(results)
    rows = ["| class | wanted | n | correct | WRONG | refused |", "|---|---|---:|---:|---:|---:|"]
    for kind in KINDS:
        if seen := cells.get(kind.name):
            wanted = (
                "refused" if kind.name in _REFUSING else f"≥ {kind.floor:.0%}" if kind.floor else "not WRONG"
            )
            rows.append(f"| {kind.name} | {wanted} | {_row(seen)} |")
    rows.append(f"| **all** | | {_row(sum(cells.values(), Counter()))} |")
    rows += ["", "| language | n | correct | WRONG | refused |", "|---|---:|---:|---:|---:|"]
    rows += [f"| {language} | {_row(seen)} |" for language, seen in by_language(results).items()]
    if timings:
        rows += ["", "| CPU time | n | median | p99 or worst | target |", "|---|---:|---:|---:|---:|"]
        rows += [
            f"| {one.name} | {one.count} | {one.median * 1e3:.1f} ms | {one.p99 * 1e3:.1f} ms "
            f"| ≤ {one.target * 1e3:.0f} ms |"
            for one in timings
        ]
    return "\n".join(rows) + "\n"


def _row(seen: Counter[str]) -> str:
    return f"{seen.total()} | {seen['correct']} | {seen['WRONG']} | {seen['refused']}"


def failures(results: Sequence[Result], most: int) -> str:
    """Calls that went otherwise than was wanted: wrong ones first."""
    bad = [one for one in results if one.verdict == "WRONG"]
    bad += [one for one in results if one.verdict == "refused" and one.call.wanted != "refuse"]
    return "\n".join(
        f"--- {one.kind}, {one.language}: {one.verdict} ({one.outcome})\nold_str:\n{one.call.old}\n"
        f"new_str:\n{one.call.new}\n"
        for one in bad[:most]
    )


def write_json(path: Path, results: Sequence[Result], timings: Sequence[Timing], seed: int) -> None:
    cells = {name: dict(sorted(seen.items())) for name, seen in by_kind(results).items()}
    data = {"seed": seed, "classes": cells, "timings": [asdict(one) for one in timings]}
    path.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


def write_svg(path: Path, results: Sequence[Result]) -> None:
    """A bar for each class: the shares of correct, wrong and refused calls."""
    cells = by_kind(results)
    names = list(cells)[::-1]
    figure = Figure(figsize=(7, 0.22 * len(names) + 1), layout="tight")
    axes = figure.subplots()
    left = [0.0] * len(names)
    for verdict, colour in (("correct", "#009e73"), ("WRONG", "#d55e00"), ("refused", "#c8c8c8")):
        shares = [100 * cells[name][verdict] / cells[name].total() for name in names]
        axes.barh(names, shares, left=left, color=colour, label=verdict)
        left = [a + b for a, b in zip(left, shares, strict=True)]
    axes.set_xlabel("% of the calls")
    axes.tick_params(labelsize=7)
    axes.legend(fontsize=7, loc="lower right")
    figure.savefig(path, format="svg", metadata={"Date": None})
