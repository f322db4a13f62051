"""Showing a file or a part of it, as text that can be copied into an edit."""

from __future__ import annotations

from typing import NamedTuple

from ..core.excerpt import excerpt
from ..core.line_ends import to_lf
from ..core.textdiff import split_lines
from ..messages import Text
from .base import ToolContext, ToolOutput
from .changes import count

# Room in the result for the line that says what is shown.
HEADER_CHARS = 200

# Around a place that is shown because of one of its lines.
LINES_BEFORE = 10

# After a change: enough to see that it landed where it was meant.
PLACE_CHARS = 1200
PLACE_CONTEXT = 2


def show(
    context: ToolContext, text: Text, start_line: int = 1, end_line: int = 0, room: int | None = None
) -> ToolOutput:
    """Lines ``start_line`` to ``end_line`` of a file, counted from 1, 0 being the last; as many as have room,
    by the setting unless ``room`` gives other characters. They count as shown."""
    lines = split_lines(to_lf(text.content))
    if not lines:
        context.workspace.shown(text)
        return ToolOutput(f"{text.path} is empty.")
    start = max(start_line, 1)
    end = min(end_line, len(lines)) if end_line > 0 else len(lines)
    if start > len(lines):
        return ToolOutput(f"{text.path} has {count(len(lines), 'line')}; there is no line {start}.", ok=False)
    if start > end:
        return ToolOutput(f"start_line {start} comes after end_line {end}.", ok=False)
    room = context.settings.max_result_chars if room is None else room
    window = _fit(lines, start, end, room - HEADER_CHARS)
    context.workspace.shown(text, window.first, window.last)
    return ToolOutput(f"{text.path}, {_described(window, lines, end)}\n{window.body}")


def show_around(context: ToolContext, text: Text, line: int, room: int) -> ToolOutput:
    """The file from a little before ``line``, as far as ``room`` characters go."""
    return show(context, text, max(line - LINES_BEFORE, 1), room=room)


def place(context: ToolContext, text: Text, first: int, last: int) -> str:
    """Lines ``first`` to ``last``, counted from 1, with a little around them, in a small room; for a result
    that speaks of that place. They count as shown."""
    shown = excerpt(text, first - 1 - PLACE_CONTEXT, last + PLACE_CONTEXT, PLACE_CHARS)
    context.workspace.shown(text, shown.first, shown.last)
    return to_lf(shown.text)


class _Window(NamedTuple):
    """Lines ``first`` to ``last``, counted from 1; a single one may be cut."""

    first: int
    last: int
    body: str


def _fit(lines: list[str], start: int, end: int, room: int) -> _Window:
    """The lines from ``start`` on that have room; one at least, cut where it is too long by itself."""
    last, used = start, len(lines[start - 1])
    while last < end and used + len(lines[last]) <= room:
        used += len(lines[last])
        last += 1
    return _Window(start, last, "".join(lines[start - 1 : last])[:room])


def _described(window: _Window, lines: list[str], end: int) -> str:
    """Which lines these are, and how to get the next; ``end`` is the last line that was asked for."""
    first, last, body = window
    total = len(lines)
    shown = f"lines {first}-{last} of {total}" if last > first else f"line {first} of {total}"
    if len(body) < len(lines[first - 1]):
        shown += f", the first {len(body)} of its {len(lines[first - 1])} characters"
    elif (first, last) == (1, total):
        shown = count(total, "line")
    if last < end:
        shown += f"; next: read_file start_line={last + 1}"
    if last == total and not lines[-1].endswith("\n"):
        shown += "; no line break at its end"
    return shown
