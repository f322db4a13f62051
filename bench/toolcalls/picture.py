"""Recall by family and by corruption as one picture."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..runner.plots import COLOURS
from .report import meant_cases
from .score import Outcome, Scored, at_least


def svg(scored: Scored) -> str:
    """The same result gives the same bytes."""
    meant = meant_cases(scored)
    families = _grouped(meant, lambda one: one.case.family if one.case.planned else f"{one.case.family} *")
    damages = _grouped(meant, lambda one: one.case.corruption)
    rows = max(len(families), len(damages))
    figure = Figure(figsize=(11, 0.17 * rows + 1.2), layout="constrained")
    left, right = figure.subplots(1, 2)
    _bars(left, families, "Recall by family (* not in the design's table)")
    _bars(right, damages, "Recall by corruption")
    right.legend(frameon=False, fontsize=8, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    buffer = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "smallcode"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def _grouped(outcomes: Sequence[Outcome], key: Callable[[Outcome], str]) -> dict[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = {}
    for one in outcomes:
        groups.setdefault(key(one), []).append(one)
    return dict(sorted(groups.items(), key=lambda item: (-at_least(item[1], "loose"), item[0])))


def _bars(axes: Axes, groups: dict[str, list[Outcome]], title: str) -> None:
    """Loose recall as bars, exact as marks on them."""
    places = range(len(groups))
    loose = [at_least(group, "loose") for group in groups.values()]
    exact = [at_least(group, "exact") for group in groups.values()]
    axes.barh(places, loose, 0.75, color=COLOURS[0], label="loose")
    axes.plot(exact, places, "|", color=COLOURS[1], markersize=6, markeredgewidth=2, label="exact")
    axes.set_yticks(places, list(groups), fontsize=7)
    axes.set_ylim(len(groups) - 0.4, -0.6)
    axes.set_xlim(0, 101)
    axes.set_xlabel("%")
    axes.set_title(title, fontsize=10)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="x", alpha=0.3)
    axes.set_axisbelow(True)
