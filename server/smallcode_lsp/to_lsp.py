"""From our values to LSP's: the only way out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lsprotocol import types

from smallcode.core.textdiff import minimal_edits
from smallcode.messages import TextEdit

from .line_buffer import LineBuffer
from .mirror import Document


def workspace_edit(
    document: Document, edits: Sequence[TextEdit], *, versioned: bool = True
) -> types.WorkspaceEdit:
    """The edits of one document as it stands in the mirror, for the version that the mirror knows.

    ``versioned`` is False for clients without ``workspaceEdit.documentChanges``, which cannot check one.
    """
    made = text_edits(document.buffer, edits)
    if not versioned:
        return types.WorkspaceEdit(changes={document.uri: made})
    target = types.OptionalVersionedTextDocumentIdentifier(uri=document.uri, version=document.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(text_document=target, edits=made)])


def text_edits(buffer: LineBuffer, edits: Iterable[TextEdit]) -> list[types.TextEdit]:
    """Edits as small as can be, so that cursors and marks elsewhere stay, in the buffer's encoding.

    ``edits`` ascend, do not overlap and count code points of the buffer's text.
    """
    return [
        types.TextEdit(
            range=types.Range(start=_position(buffer, edit.start), end=_position(buffer, edit.end)),
            new_text=edit.new,
        )
        for edit in _addressable(buffer.text, _smallest(buffer.text, edits))
    ]


def _position(buffer: LineBuffer, offset: int) -> types.Position:
    line, character = buffer.offset_to_position(offset)
    return types.Position(line=line, character=character)


def _smallest(text: str, edits: Iterable[TextEdit]) -> Iterator[TextEdit]:
    """Without what an edit replaces by itself; neighbours are joined first."""
    joined: list[TextEdit] = []
    for edit in edits:
        if joined and joined[-1].end == edit.start:
            joined[-1] = TextEdit(joined[-1].start, edit.end, joined[-1].new + edit.new)
        else:
            joined.append(edit)
    for edit in joined:
        for part in minimal_edits(text[edit.start : edit.end], edit.new):
            yield TextEdit(edit.start + part.start, edit.start + part.end, part.new)


def _addressable(text: str, edits: Iterable[TextEdit]) -> Iterator[TextEdit]:
    """Edits that begin and end where a position exists: never between ``\\r`` and ``\\n``."""
    for edit in edits:
        start, end, new = edit.start, edit.end, edit.new
        if _parts_line_end(text, start):
            start, new = start - 1, "\r" + new
        if _parts_line_end(text, end):
            end, new = end + 1, new + "\n"
        yield TextEdit(start, end, new)


def _parts_line_end(text: str, offset: int) -> bool:
    return 0 < offset < len(text) and text[offset - 1] == "\r" and text[offset] == "\n"
