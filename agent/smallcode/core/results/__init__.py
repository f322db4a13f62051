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
    """``output`` itself where there is room for it; else without its noise, then without details, then with
    the essential lines of all failures and more of the first ones, and where even the essential lines are too
    many the two ends of them."""
    if room.holds(output):
        return output
    lines = output.split("\n")
    weights = _weights(lines)
    if weights is None:
        return shorten_to(output, room)
    kept = _kept(lines, weights, DETAIL, len(lines))
    closer = len(lines)
    while not room.holds(kept):
        if closer == 0:
            return shorten_to(kept, room)
        kept = _kept(lines, weights, FAILURE, closer)
        closer = closer * 3 // 4
    return kept


def _weights(lines: Sequence[str]) -> list[int] | None:
    """None where no filter knows the output. Lines that belong to none of the tools are details."""
    told = [weights for one in ALL if (weights := one.weigh(lines)) is not None]
    if not told:
        return None
    return [
        next((weight for weight in of_line if weight is not None), DETAIL)
        for of_line in zip(*told, strict=True)
    ]


def _kept(lines: Sequence[str], weights: Sequence[int], least: int, closer: int) -> str:
    """Lines worth ``least`` among the first ``closer``, and the essential ones of the rest."""
    out: list[str] = []
    gap: list[str] = []
    for number, (line, weight) in enumerate(zip(lines, weights, strict=True)):
        if weight < (least if number < closer else ESSENTIAL):
            gap.append(line)
            continue
        out += [*_in_place_of(gap), line]
        gap = []
    return "\n".join([*out, *_in_place_of(gap)])


def _in_place_of(gap: Sequence[str]) -> list[str]:
    """A mark, unless a single line is shorter; nothing for empty lines."""
    missing = [line for line in gap if line.strip()]
    if not missing:
        return []
    mark = f"[... {_lines(len(missing))} left out ...]"
    return [mark] if len(missing) > 1 or len(missing[0]) > len(mark) else missing


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{number} lines"
