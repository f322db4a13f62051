"""Showing a file or a part of it, as text that can be copied into an edit."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.excerpt import excerpt
from ..core.line_ends import to_lf
from ..core.outline import Definition, cut_after, render_outline
from ..core.reading import Window, around, fit, place_of
from ..core.room import Room
from ..core.shorten import shorten_to
from ..core.textdiff import split_lines
from ..messages import Text
from .base import ToolContext, ToolOutput
from .changes import count

# Room in the result for the line that says what is shown: characters, and tokens beside those of the path.
HEADER_CHARS = 200
HEADER_TOKENS = 60

# Of the room, the outline's share at most; the lines themselves are what edits are made of.
OUTLINE_SHARE = 0.3

LONGEST_NAME = 60

# After a change: enough to see that it landed where it was meant.
PLACE_CHARS = 1200
PLACE_CONTEXT = 2


async def show(
    context: ToolContext,
    text: Text,
    start_line: int | None = None,
    end_line: int | None = None,
    room: int | None = None,
) -> ToolOutput:
    """Lines ``start_line`` to ``end_line`` of a file, counted from 1, None or 0 being its ends; as many as
    have room, by the budget and within ``room`` characters, which the setting gives where it is None. They
    count as shown.

    Where neither is given and the file is too long, its outline comes first, and then the lines around what
    the turn is about.
    """
    lines = split_lines(to_lf(text.content))
    if not lines:
        context.workspace.shown(text)
        return ToolOutput(f"{text.path} is empty.")
    start = max(start_line or 1, 1)
    end = min(end_line, len(lines)) if end_line and end_line > 0 else len(lines)
    if start > len(lines):
        return ToolOutput(f"{text.path} has {count(len(lines), 'line')}; there is no line {start}.", ok=False)
    if start > end:
        return ToolOutput(f"start_line {start} comes after end_line {end}.", ok=False)
    whole = context.budget.room("read", context.settings.max_result_chars if room is None else room)
    inner = _without_header(whole, text.path)
    definitions: Sequence[Definition] = ()
    if context.outliner is not None and not inner.holds("".join(lines[start - 1 : end])):
        definitions = await context.outliner.outline(text.path, text.content)
    outline, window = "", fit(lines, start, end, inner, definitions)
    if window.last < end and start_line is None and end_line is None:
        outline, window = _overview(context, text.path, lines, definitions, inner)
    _note_shown(context, text, window)
    body = f"{text.path}, {_described(window, lines, end, definitions)}\n{window.body}"
    return ToolOutput(shorten_to(f"{outline}{body}", whole))


async def show_around(context: ToolContext, text: Text, line: int, room: int) -> ToolOutput:
    """The lines around one, counted from 1, as far as the budget and ``room`` characters go."""
    lines = split_lines(to_lf(text.content))
    whole = context.budget.room("read", room)
    if not 1 <= line <= len(lines) or _without_header(whole, text.path).holds("".join(lines)):
        return await show(context, text, room=room)
    outliner = context.outliner
    definitions = [] if outliner is None else await outliner.outline(text.path, text.content)
    window = around(lines, line, definitions, _without_header(whole, text.path))
    _note_shown(context, text, window)
    header = _described(window, lines, len(lines), definitions)
    return ToolOutput(shorten_to(f"{text.path}, {header}\n{window.body}", whole))


def place(context: ToolContext, text: Text, first: int, last: int) -> str:
    """Lines ``first`` to ``last``, counted from 1, with a little around them, in a small room; for a result
    that speaks of that place. They count as shown."""
    shown = excerpt(text, first - 1 - PLACE_CONTEXT, last + PLACE_CONTEXT, PLACE_CHARS)
    context.workspace.shown(text, shown.first, shown.last)
    return to_lf(shown.text)


def _overview(
    context: ToolContext, path: str, lines: Sequence[str], definitions: Sequence[Definition], room: Room
) -> tuple[str, Window]:
    """The outline with its heading, "" where there is none, and the lines that are shown below it."""
    outline = ""
    if definitions:
        heading = f"{path} is too long to be shown whole. Its definitions, by line:\n"
        listed = render_outline(definitions, room.part(OUTLINE_SHARE).beside(heading))
        outline = f"{heading}{listed}\n\n" if listed else ""
    left = room.beside(outline)
    place = place_of(context.focus, path, lines, definitions)
    if place is None:
        return outline, fit(lines, 1, len(lines), left, definitions)
    return outline, around(lines, place, definitions, left)


def _without_header(room: Room, path: str) -> Room:
    tokens = room.tokens - HEADER_TOKENS - room.measure(path)
    return Room(max(tokens, 0), max(room.chars - HEADER_CHARS, 0), room.measure)


def _note_shown(context: ToolContext, text: Text, window: Window) -> None:
    context.workspace.shown(text, window.first, window.last)


def _described(window: Window, lines: Sequence[str], end: int, definitions: Sequence[Definition]) -> str:
    """Which lines these are, what the end cuts through, and how to get the next; ``end`` is the last line
    that was asked for."""
    first, last, body = window.first, window.last, window.body
    total = len(lines)
    shown = f"lines {first}-{last} of {total}" if last > first else f"line {first} of {total}"
    if len(body) < len(lines[first - 1]):
        shown += f", the first {len(body)} of its {len(lines[first - 1])} characters"
    elif (first, last) == (1, total):
        shown = count(total, "line")
    cut = cut_after(definitions, last) if last < end else None
    if cut is not None:
        shown += f"; ends inside {_named(cut)}"
    if last < end:
        shown += f"; next: read_file start_line={last + 1}"
    if last == total and not lines[-1].endswith("\n"):
        shown += "; no line break at its end"
    return shown


def _named(one: Definition) -> str:
    name = one.name if len(one.name) <= LONGEST_NAME else f"{one.name[:LONGEST_NAME]}…"
    return f"{one.kind} {name} ({one.first}-{one.last})"
