"""The cold times of the programs, as one picture."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.figure import Figure

from ..runner.plots import COLOURS

if TYPE_CHECKING:
    from .__main__ import Cold

_PROGRAMS = ("universal-ctags (definitions)", "ours (definitions, calls, edges)", "aider's map, cold")


def svg(found: Sequence[Cold]) -> str:
    """Processor seconds on a logarithmic scale. The same figures give the same bytes."""
    figure = Figure(figsize=(8, 0.9 * len(found) + 1.2), layout="constrained")
    axes = figure.subplots()
    height = 0.26
    for number, program in enumerate(_PROGRAMS):
        values = [_seconds(one, number) for one in found]
        places = [at + (number - 1) * height for at in range(len(found))]
        axes.barh(places, values, height * 0.9, color=COLOURS[number], label=program)
    axes.set_yticks(range(len(found)), [one.project for one in found])
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.set_xlabel("processor seconds")
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="x", alpha=0.3)
    axes.set_axisbelow(True)
    axes.legend(frameon=False, fontsize=8)
    buffer = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "smallcode"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def _seconds(one: Cold, program: int) -> float:
    return (one.ctags, one.ours, one.aider or float("nan"))[program]
