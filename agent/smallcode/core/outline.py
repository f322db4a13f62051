"""The outline of a file: its definitions, by line, as text that is not mistaken for a part of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .room import Room

LONGEST_SIGNATURE = 120


@dataclass(frozen=True, slots=True)
class Definition:
    """Lines ``first`` to ``last``, counted from 1, decorators and the like included; ``at`` is the line of
    its name. ``kind`` is a word such as class or function, ``signature`` what the definition begins with, on
    one line."""

    name: str
    kind: str
    first: int
    last: int
    at: int
    signature: str


def with_depth(definitions: Sequence[Definition]) -> list[tuple[int, Definition]]:
    """Each with the number of definitions around it; in the order of the file, the outer before the inner."""
    around: list[Definition] = []
    placed: list[tuple[int, Definition]] = []
    for one in in_order(definitions):
        while around and around[-1].last < one.first:
            around.pop()
        placed.append((len(around), one))
        around.append(one)
    return placed


def in_order(definitions: Sequence[Definition]) -> list[Definition]:
    return sorted(definitions, key=lambda one: (one.first, -one.last))


def innermost(definitions: Sequence[Definition], line: int) -> Definition | None:
    """The smallest definition that holds a line, counted from 1."""
    holding = [one for one in definitions if one.first <= line <= one.last]
    return min(holding, key=lambda one: (one.last - one.first, -one.first), default=None)


def cut_after(definitions: Sequence[Definition], line: int) -> Definition | None:
    """The smallest definition that a cut after this line goes through."""
    return innermost([one for one in definitions if one.first <= line < one.last], line)


def render_outline(definitions: Sequence[Definition], room: Room) -> str:
    """A line for each definition, ``first-last: signature``; where they are too many the innermost go first,
    and then the last, with a line that says so. "" where there is no room for any."""
    placed = with_depth(definitions)
    for depth in sorted({depth for depth, _ in placed}, reverse=True):
        rows = [_row(level, one) for level, one in placed if level <= depth]
        hidden = len(placed) - len(rows)
        text = _joined(rows, f"… and {hidden} inside of these" if hidden else "")
        if room.holds(text):
            return text
    outer = [_row(level, one) for level, one in placed if level == 0]
    kept = len(outer)
    while kept > 0:
        kept = kept * 3 // 4
        text = _joined(outer[:kept], f"… and {len(placed) - kept} more")
        if kept and room.holds(text):
            return text
    return ""


def _row(depth: int, one: Definition) -> str:
    lines = str(one.first) if one.first == one.last else f"{one.first}-{one.last}"
    signature = one.signature
    if len(signature) > LONGEST_SIGNATURE:
        signature = f"{signature[:LONGEST_SIGNATURE]}…"
    return f"{lines}: {'  ' * depth}{signature}"


def _joined(rows: Sequence[str], more: str) -> str:
    return "\n".join([*rows, *([more] if more else [])])
