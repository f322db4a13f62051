"""Show a file, whole or a part of it, as text that can be copied into an edit."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import Field

from ..core.line_ends import to_lf
from ..core.textdiff import split_lines
from .base import Arguments, ToolContext, ToolOutput, tool
from .changes import count

# Room in the result for the line that says what is shown.
HEADER_CHARS = 200


class ReadFile(Arguments):
    path: str
    start_line: int = Field(1, description="first line, from 1")
    end_line: int = Field(0, description="last line; 0 is the end")


@tool(
    "read_file",
    "read",
    aliases=("cat", "open_file", "view_file", "view", "read"),
    pure=True,
    title=lambda a: f"read {a.path}",
)
async def read_file(context: ToolContext, arguments: ReadFile) -> ToolOutput:
    """Show a text file, or some of its lines."""
    text = await context.workspace.read(arguments.path)
    lines = split_lines(to_lf(text.content))
    if not lines:
        context.workspace.shown(text)
        return ToolOutput(f"{text.path} is empty.")
    start = max(arguments.start_line, 1)
    end = min(arguments.end_line, len(lines)) if arguments.end_line > 0 else len(lines)
    if start > len(lines):
        return ToolOutput(f"{text.path} has {count(len(lines), 'line')}; there is no line {start}.", ok=False)
    if start > end:
        return ToolOutput(f"start_line {start} comes after end_line {end}.", ok=False)
    window = _fit(lines, start, end, context.settings.max_result_chars - HEADER_CHARS)
    context.workspace.shown(text)
    return ToolOutput(f"{text.path}, {_described(window, lines, end)}\n{window.body}")


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
