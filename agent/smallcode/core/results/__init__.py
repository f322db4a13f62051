"""Long outputs of known tools, without what nobody needs: what failed stays, what went well goes.

A filter knows its tool's output by content. Output that no filter knows keeps its two ends.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..room import Room
from ..shorten import shorten_to
from .base import DETAIL, ESSENTIAL, FAILURE, ResultFilter
from .cargo import CARGO
from .gcc import GCC
from .go_test import GO_TEST
from .jest import JEST
from .pytest import PYTEST
from .tsc import TSC
from .unittest import UNITTEST
from .vitest import VITEST

__all__ = ["ALL", "ResultFilter", "condense"]

# Where a line belongs to two, the first has it.
ALL: tuple[ResultFilter, ...] = (PYTEST, UNITTEST, JEST, VITEST, CARGO, GO_TEST, TSC, GCC)


def condense(output: str, room: Room) -> str:
    """``output`` itself where there is room for it; else without its noise, then without details, then the
    essential lines alone, and where those are too many the ends of them."""
    if room.holds(output):
        return output
    lines = output.split("\n")
    weights = _weights(lines)
    if weights is None:
        return shorten_to(output, room)
    for least in (DETAIL, FAILURE, ESSENTIAL):
        kept = _kept(lines, weights, least)
        if room.holds(kept):
            return kept
    return shorten_to(kept, room)


def _weights(lines: Sequence[str]) -> list[int] | None:
    """None where no filter knows the output. Lines that belong to none of the tools are details."""
    told = [weights for one in ALL if (weights := one.weigh(lines)) is not None]
    if not told:
        return None
    return [
        next((weight for weight in of_line if weight is not None), DETAIL)
        for of_line in zip(*told, strict=True)
    ]


def _kept(lines: Sequence[str], weights: Sequence[int], least: int) -> str:
    out: list[str] = []
    gap = 0
    for line, weight in zip(lines, weights, strict=True):
        if weight < least:
            gap += bool(line.strip())
            continue
        if gap:
            out.append(_mark(gap))
            gap = 0
        out.append(line)
    return "\n".join([*out, *([_mark(gap)] if gap else [])])


def _mark(lines: int) -> str:
    return f"[... {lines} {'line' if lines == 1 else 'lines'} left out ...]"
