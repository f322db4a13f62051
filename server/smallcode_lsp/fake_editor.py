"""An editor for tests and trials: real buffers, real notifications, and the bad manners of real editors."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from lsprotocol import types

from smallcode.core.textdiff import minimal_edits

from . import uris
from .editor_port import EditAnswer
from .from_lsp import span
from .line_buffer import Change, LineBuffer, Position, Range
from .mirror import Documents


@dataclass(frozen=True, slots=True)
class Manners:
    """How the editor treats what it is asked.

    ``answer`` "never" leaves the question open. ``applies`` False drops the edit, whatever the answer;
    ``partly`` makes only the first of its changes.
    ``stale`` is what becomes of an edit for another version: VS Code refuses, Neovim skips it and says yes.
    ``delay`` holds notifications of change back, in seconds, and sends them as one. ``line_end`` is what a
    buffer makes of every line end. ``saves`` and ``tells_saves`` switch saving and its notification.
    """

    answer: Literal["yes", "no", "never"] = "yes"
    reason: str | None = None
    applies: bool = True
    partly: bool = False
    stale: Literal["refuse", "skip"] = "refuse"
    delay: float = 0.0
    line_end: str | None = None
    saves: bool = True
    tells_saves: bool = True


@dataclass(slots=True)
class Buffer:
    """``told`` is the text that the server has been told of."""

    uri: str
    path: Path
    version: int
    text: str
    told: str


def _nothing() -> None:
    """What happens around an edit unless a test says otherwise."""


@dataclass(slots=True)
class FakeEditor:
    """Implements ``EditorPort``. ``before_edit`` and ``after_edit`` are called around each edit: what the
    user does meanwhile. ``edits`` and ``labels`` keep what was asked."""

    documents: Documents
    manners: Manners = Manners()
    before_edit: Callable[[], None] = _nothing
    after_edit: Callable[[], None] = _nothing
    edits: list[types.WorkspaceEdit] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)
    _buffers: dict[str, Buffer] = field(default_factory=dict)

    def open(self, path: Path, text: str | None = None, *, uri: str | None = None, version: int = 1) -> str:
        """Open a file, with another text than the disk's if one is given. Returns the URI."""
        uri = uri or uris.from_path(str(path))
        text = path.read_bytes().decode() if text is None else text
        self._buffers[uri] = Buffer(uri, path, version, text, text)
        self.documents.did_open(uri, version, text)
        return uri

    def close(self, uri: str) -> None:
        del self._buffers[uri]
        self.documents.did_close(uri)

    def text(self, uri: str) -> str:
        return self._buffers[uri].text

    def type(self, uri: str, old: str, new: str) -> None:
        """The user replaces the first ``old`` by ``new``."""
        buffer = self._buffers[uri]
        self._set(buffer, buffer.text.replace(old, new, 1))

    def write(self, uri: str) -> None:
        """The user saves."""
        buffer = self._buffers[uri]
        self._tell(buffer)
        buffer.path.write_bytes(buffer.text.encode())
        if self.manners.tells_saves:
            self.documents.did_save(uri)

    async def apply_edit(self, edit: types.WorkspaceEdit, label: str) -> EditAnswer:
        self.edits.append(edit)
        self.labels.append(label)
        self.before_edit()
        applied = True
        for uri, version, changes in _parts(edit):
            buffer = self._buffers[uri]
            if version not in (None, buffer.version):
                applied = self.manners.stale == "skip"
            elif self.manners.applies:
                made = changes[:1] if self.manners.partly else changes
                self._set(buffer, self._edited(buffer, made))
        self.after_edit()
        if self.manners.answer == "never":
            await asyncio.Event().wait()
        return EditAnswer(applied and self.manners.answer == "yes", self.manners.reason)

    async def save(self, uris: Sequence[str]) -> Sequence[str]:
        if self.manners.answer == "never":
            await asyncio.Event().wait()
        if not self.manners.saves:
            return []
        for uri in uris:
            self.write(uri)
            self.saved.append(uri)
        return list(uris)

    def _edited(self, buffer: Buffer, changes: Sequence[types.TextEdit]) -> str:
        """All positions are of the text before any change, so the last one is made first."""
        text = self._line_buffer(buffer.text)
        for change in reversed(changes):
            text.apply(Change(change.new_text, span(change.range)))
        return text.text

    def _set(self, buffer: Buffer, text: str) -> None:
        if self.manners.line_end is not None:
            unix = text.replace("\r\n", "\n").replace("\r", "\n")
            text = unix.replace("\n", self.manners.line_end)
        if text == buffer.text:
            return
        buffer.text = text
        buffer.version += 1
        if self.manners.delay:
            asyncio.get_running_loop().call_later(self.manners.delay, self._tell, buffer)
        else:
            self._tell(buffer)

    def _tell(self, buffer: Buffer) -> None:
        """didChange from what was told last to what is there now, in pieces, the last one first."""
        if buffer.text == buffer.told or buffer.uri not in self._buffers:
            return
        told = self._line_buffer(buffer.told)
        changes = []
        for edit in reversed(minimal_edits(buffer.told, buffer.text)):
            start, end = told.offset_to_position(edit.start), told.offset_to_position(edit.end)
            changes.append(Change(edit.new, Range(Position(*start), Position(*end))))
        buffer.told = buffer.text
        self.documents.did_change(buffer.uri, buffer.version, changes)

    def _line_buffer(self, text: str) -> LineBuffer:
        return LineBuffer(text, self.documents.encoding, self.documents.line_ends)


def _parts(edit: types.WorkspaceEdit) -> list[tuple[str, int | None, list[types.TextEdit]]]:
    """URI, version and text edits of each document. Other kinds of change are not asked for."""
    parts: list[tuple[str, int | None, list[types.TextEdit]]] = [
        (uri, None, list(edits)) for uri, edits in (edit.changes or {}).items()
    ]
    for change in edit.document_changes or ():
        if isinstance(change, types.TextDocumentEdit):
            edits = [part for part in change.edits if isinstance(part, types.TextEdit)]
            parts.append((change.text_document.uri, change.text_document.version, edits))
    return parts
