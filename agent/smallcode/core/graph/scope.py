"""Which names exist, and what was meant by those that do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..room import Room
from .describe import head, place
from .graph import Symbol
from .lookup import Lookup, bare

MOST_NAMES = 50
MOST_GUESSES = 3
SHORTEST_GUESSED = 3


@dataclass(frozen=True, slots=True)
class Checked:
    """``symbol`` is the likeliest of ``count`` definitions, None where there is none; ``near`` are then names
    that were perhaps meant."""

    name: str
    symbol: Symbol | None = None
    count: int = 0
    near: tuple[str, ...] = ()


def check(lookup: Lookup, name: str) -> Checked:
    found = lookup.resolve(name)
    if found and _is_meant(found[0], name):
        return Checked(name, found[0], len(found))
    near = tuple(one.definition.qualified or one.path for one in found[:MOST_GUESSES])
    return Checked(name, near=near or guesses(lookup, name))


def _is_meant(symbol: Symbol, name: str) -> bool:
    """Another spelling is another name: the program would fail."""
    return not symbol.definition.qualified or bare(name).endswith(symbol.name)


def guesses(lookup: Lookup, name: str) -> tuple[str, ...]:
    """Names with few typing errors, else names that begin so or alike; at most MOST_GUESSES."""
    last = bare(name).replace("::", ".").replace("->", ".").rpartition(".")[2]
    near = lookup.spelling.nearest(last, MOST_GUESSES)
    if near or len(last) < SHORTEST_GUESSED:
        return near
    alike = lookup.beginning(last, MOST_GUESSES) or [lookup.beginning_alike(last)]
    return tuple(filter(None, alike))


def render_checked(checked: Sequence[Checked], room: Room) -> str:
    """A line for each; as many as have room, and how many are left out."""
    rows = [_row(one) for one in checked[:MOST_NAMES]]
    for kept in range(len(rows), -1, -1):
        left = len(checked) - kept
        text = "\n".join([*rows[:kept], *([f"… {left} more names were not checked"] if left else [])])
        if room.holds(text):
            return text
    return ""


def _row(one: Checked) -> str:
    if one.symbol is not None:
        also = f" (and {one.count - 1} more)" if one.count > 1 else ""
        return f"{one.name}: {place(one.symbol)} {head(one.symbol)}{also}"
    near = f" Did you mean {', '.join(one.near)}?" if one.near else ""
    return f"{one.name}: does not exist.{near}"
