"""Plots as inline SVG: no script, no font and no other file is needed to look at them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .records import Record
from .summary import Group, group, recovery

# Okabe and Ito's colours, told apart with any kind of colour vision.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")


@dataclass(frozen=True, slots=True)
class Plot:
    title: str
    svg: str


def plots(records: Sequence[Record]) -> list[Plot]:
    """Those for which the runs hold something."""
    groups = group(records)
    broad = [one for one in groups if not one.records[0].single_fault]
    single = [one for one in groups if one.records[0].single_fault]
    found = []
    if broad:
        found.append(_bars("Success by fault rate", broad, "%", _success))
        found.append(_bars("Uncached tokens of a run", broad, "tokens", _uncached))
        found.append(_bars("Requests of a run", broad, "requests", _requests))
        found.append(_bars("Modelled seconds of a run on the slowest machine", broad, "s", _seconds))
    if single:
        found.append(_bars("Success under single faults", single, "%", _success, tall=True))
    if any(run.metrics.faults for run in records):
        found.append(_recovery(records))
    return found


Bar = tuple[float, float, float]


def _success(one: Group) -> Bar:
    success = one.success
    return 100 * success.mean, 100 * success.low, 100 * success.high


def _uncached(one: Group) -> Bar:
    mean = one.mean(lambda run: run.metrics.uncached_tokens)
    return mean, mean, mean


def _requests(one: Group) -> Bar:
    mean = one.mean(lambda run: run.metrics.requests)
    return mean, mean, mean


def _seconds(one: Group) -> Bar:
    slowest = max(one.modelled_s.values(), default=0.0)
    return slowest, slowest, slowest


def _bars(
    title: str, groups: Sequence[Group], unit: str, of: Callable[[Group], Bar], *, tall: bool = False
) -> Plot:
    """Bars by condition, one colour for each harness; whiskers where ``of`` gives bounds."""
    arms = list(dict.fromkeys(one.arm for one in groups))
    labels = list(dict.fromkeys(one.label for one in groups))
    thickness = 0.8 / len(labels)
    figure, axes = _figure(0.34 * len(arms) * len(labels) + 1.2 if tall else 3.2)
    for number, label in enumerate(labels):
        mine = [one for one in groups if one.label == label]
        at = [arms.index(one.arm) + (number - (len(labels) - 1) / 2) * thickness for one in mine]
        bars = [of(one) for one in mine]
        means = [mean for mean, _, _ in bars]
        whiskers = [[mean - low for mean, low, _ in bars], [high - mean for mean, _, high in bars]]
        colour = COLOURS[number % len(COLOURS)]
        error = whiskers if any(map(any, whiskers)) else None
        if tall:
            axes.barh(at, means, thickness, xerr=error, color=colour, label=label, ecolor="#555", capsize=2)
        else:
            axes.bar(at, means, thickness, yerr=error, color=colour, label=label, ecolor="#555", capsize=2)
    _name_axes(axes, arms, unit, tall=tall)
    axes.legend(frameon=False, fontsize=8, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return Plot(title, _svg(figure))


def _recovery(records: Sequence[Record]) -> Plot:
    found = recovery(records)
    labels = sorted({label for counts in found.values() for label in counts})
    figure, axes = _figure(0.22 * len(found) * max(1, len(labels) * 0.6) + 1.2)
    thickness = 0.8 / len(labels)
    for number, label in enumerate(labels):
        mine = [(place, counts[label]) for place, counts in enumerate(found.values()) if label in counts]
        at = [place + (number - (len(labels) - 1) / 2) * thickness for place, _ in mine]
        colour = COLOURS[number % len(COLOURS)]
        axes.barh(at, [100 * seen.share for _, seen in mine], thickness, color=colour, label=label)
    _name_axes(axes, list(found), "% recovered", tall=True)
    axes.legend(frameon=False, fontsize=8, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return Plot("Recovery by fault", _svg(figure))


def _figure(height: float) -> tuple[Figure, Axes]:
    """Inches."""
    figure = Figure(figsize=(8.5, min(height, 30)), layout="constrained")
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _name_axes(axes: Axes, names: Sequence[str], unit: str, *, tall: bool) -> None:
    if tall:
        axes.set_yticks(range(len(names)), names)
        axes.invert_yaxis()
        axes.set_xlabel(unit)
        axes.grid(axis="x", alpha=0.3)
    else:
        axes.set_xticks(range(len(names)), names)
        axes.set_ylabel(unit)
        axes.grid(axis="y", alpha=0.3)
    axes.set_axisbelow(True)


def _svg(figure: Figure) -> str:
    """Without the XML declaration, so that it can stand in a page; the same runs give the same bytes."""
    buffer = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "smallcode"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    text = buffer.getvalue()
    return text[text.index("<svg") :]
