"""Which lines of a file are shown where not all of them have room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .focus import Focus
from .outline import Definition, cut_after, in_order
from .room import Room

# Lines shown before one that is looked for, where no definition around it can be shown whole.
LINES_BEFORE = 10

# A window ends before a definition that it would cut if it is at least this full then.
FULL_ENOUGH = 0.75

# What comes before a definition that is looked for takes no more of the room, together with it, than this.
BEFORE_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Window:
    """Lines ``first`` to ``last``, counted from 1; a single one may be cut."""

    first: int
    last: int
    body: str


def fit(
    lines: Sequence[str], start: int, end: int, room: Room, definitions: Sequence[Definition] = ()
) -> Window:
    """The lines from ``start`` on, counted from 1, that have room, up to ``end``; one at least, cut where it
    is too long by itself. ``lines`` have their line ends. The window rather ends before a definition than in
    it."""
    last, used = start, len(lines[start - 1])
    while last < end and used + len(lines[last]) <= room.chars:
        used += len(lines[last])
        last += 1
    last = _within_tokens(lines, start, last, room)
    if last < end:
        last = _before_cut(lines, start, last, definitions)
    body = "".join(lines[start - 1 : last])
    return Window(start, last, body if last > start else _cut(body, room))


def around(lines: Sequence[str], line: int, definitions: Sequence[Definition], room: Room) -> Window:
    """The lines around one, counted from 1: from the beginning of the largest definition that has room and
    holds it, with what comes before as far as there is room for it too."""
    whole = [
        one
        for one in definitions
        if one.first <= line <= one.last and room.holds("".join(lines[one.first - 1 : one.last]))
    ]
    if not whole:
        return fit(lines, max(line - LINES_BEFORE, 1), len(lines), room, definitions)
    shown = max(whole, key=lambda one: one.last - one.first)
    start = shown.first
    half = room.part(BEFORE_SHARE)
    for earlier in reversed([1, *(one.first for one in in_order(definitions) if one.first < start)]):
        if not half.holds("".join(lines[earlier - 1 : shown.last])):
            break
        start = earlier
    return fit(lines, start, len(lines), room, definitions)


def place_of(focus: Focus, path: str, lines: Sequence[str], definitions: Sequence[Definition]) -> int | None:
    """The line, counted from 1, of what the turn is about in this file: where a search found something last,
    else what the request names. None where nothing of the file is meant."""
    hit = focus.hit_in(path)
    if hit is not None and hit <= len(lines):
        return hit
    defined = {one.name: one.at for one in reversed(in_order(definitions))}
    for name in (*focus.code_names, *focus.prose_names):
        if name in defined:
            return defined[name]
    for name in focus.code_names:
        for number, line in enumerate(lines, start=1):
            if name in line:
                return number
    return None


def _within_tokens(lines: Sequence[str], start: int, last: int, room: Room) -> int:
    while last > start and not room.holds(body := "".join(lines[start - 1 : last])):
        fitting = (last - start + 1) * room.tokens // max(room.measure(body), 1)
        last = max(start, min(last - 1, start - 1 + fitting))
    return last


def _before_cut(lines: Sequence[str], start: int, last: int, definitions: Sequence[Definition]) -> int:
    cut = cut_after(definitions, last)
    if cut is None or cut.first <= start:
        return last
    kept = sum(map(len, lines[start - 1 : cut.first - 1]))
    return cut.first - 1 if kept >= FULL_ENOUGH * sum(map(len, lines[start - 1 : last])) else last


def _cut(line: str, room: Room) -> str:
    kept = line[: room.chars]
    while not room.holds(kept):
        fitting = len(kept) * room.tokens // max(room.measure(kept), 1)
        kept = kept[: min(fitting, len(kept) * 9 // 10)]
    return kept
