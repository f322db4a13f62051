"""From LSP's values to ours: the only way in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from smallcode.messages import Problem, Selection

from .line_buffer import Change, LineBuffer, Position, Range

if TYPE_CHECKING:
    from . import wire

_SEVERITIES: dict[int, Any] = {1: "error", 2: "warning", 3: "information", 4: "hint"}


def changes(content_changes: Iterable[types.TextDocumentContentChangeEvent]) -> list[Change]:
    """The changes of a didChange, in their order."""
    return [
        Change(change.text, span(change.range))
        if isinstance(change, types.TextDocumentContentChangePartial)
        else Change(change.text)
        for change in content_changes
    ]


def span(given: types.Range | wire.Range) -> Range:
    """A range as the text mirror takes it."""
    start, end = given.start, given.end
    return Range(Position(start.line, start.character), Position(end.line, end.character))


def selection(path: str, buffer: LineBuffer, given: types.Range | wire.Range) -> Selection:
    """The whole lines that a range touches, without the last one's end.

    A range that ends before the first character of a line does not touch it; an empty range means the line
    it stands in. Positions out of range are moved to the nearest that exists.
    """
    first, last = sorted(
        buffer.offset_to_position(buffer.position_to_offset(position)) for position in span(given)
    )
    end = last.line
    if end > first.line and last.character == 0:
        end -= 1
    lines = buffer.lines[first.line : end + 1]
    text = "".join(lines[:-1]) + lines[-1].rstrip("\r\n")
    return Selection(path, first.line + 1, end + 1, text)


def problem(path: str, diagnostic: types.Diagnostic | wire.WireDiagnostic) -> Problem:
    """A diagnostic without a severity counts as an error: LSP leaves that to who reads it."""
    severity = 1 if diagnostic.severity is None else int(diagnostic.severity)
    return Problem(
        path=path,
        line=diagnostic.range.start.line + 1,
        message=diagnostic.message,
        severity=_SEVERITIES.get(severity, "information"),
        source=diagnostic.source or "",
    )


def plain_range(given: types.Range) -> dict[str, Any]:
    """A range as the JSON value that wire.Range reads."""
    return {
        "start": {"line": given.start.line, "character": given.start.character},
        "end": {"line": given.end.line, "character": given.end.character},
    }


def plain_diagnostic(diagnostic: types.Diagnostic) -> dict[str, Any]:
    """A diagnostic as the JSON value that wire.WireDiagnostic reads."""
    return {
        "range": plain_range(diagnostic.range),
        "message": diagnostic.message,
        "severity": None if diagnostic.severity is None else int(diagnostic.severity),
        "source": diagnostic.source,
    }
