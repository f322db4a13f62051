"""The buffers of a minimal editor, kept in step with a language server as the protocol asks.

Positions are in UTF-16 code units, the encoding that every server has to speak. A line ends with
``\\n``, ``\\r\\n`` or ``\\r`` (LSP 3.17, "Text Documents").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

Notify = Callable[[str, object], None]

_LINE_END = re.compile(r"\r\n|\n|\r")


class EditRefused(Exception):
    """A workspace edit does not fit the buffers; the text is the ``failureReason``."""


@dataclass(slots=True)
class Buffer:
    """``saved`` is what the disk holds; None for a file that is not there yet."""

    path: Path
    text: str
    saved: str | None
    version: int = 1

    @property
    def uri(self) -> str:
        return self.path.as_uri()

    @property
    def dirty(self) -> bool:
        return self.text != self.saved


class Editor:
    """Every change of a buffer goes out as didChange. A workspace edit is checked before it is made."""

    def __init__(self, notify: Notify) -> None:
        self._notify = notify
        self._buffers: dict[Path, Buffer] = {}

    def open(self, path: Path) -> Buffer:
        """The buffer of a file, which is read where it is not open. Raises OSError."""
        if path in self._buffers:
            return self._buffers[path]
        text = path.read_bytes().decode("utf-8")
        return self._add(Buffer(path, text, text))

    def replace(self, buffer: Buffer, old: str, new: str) -> None:
        """What a user's typing does: the buffer changes, the disk does not."""
        start = buffer.text.index(old)
        self._change(buffer, [(start, start + len(old), new)])

    async def apply_edit(self, params: Mapping[str, Any]) -> dict[str, object]:
        """Answers workspace/applyEdit."""
        edit = params["edit"]
        changes = edit.get("documentChanges") or [
            {"textDocument": {"uri": uri, "version": None}, "edits": edits}
            for uri, edits in edit.get("changes", {}).items()
        ]
        try:
            planned = [self._plan(change) for change in changes if "kind" not in change]
            for change in changes:
                if "kind" in change:
                    self._create(change)
        except (EditRefused, OSError) as error:
            return {"applied": False, "failureReason": str(error)}
        for plan in planned:
            plan()
        return {"applied": True}

    async def save(self, params: Mapping[str, Any]) -> dict[str, object]:
        """Answers smallcode/save: writes the buffers and tells the server."""
        saved = []
        for uri in params["uris"]:
            buffer = self._buffers.get(path_of(uri))
            if buffer is not None:
                buffer.path.parent.mkdir(parents=True, exist_ok=True)
                buffer.path.write_bytes(buffer.text.encode("utf-8"))
                buffer.saved = buffer.text
                self._notify("textDocument/didSave", {"textDocument": {"uri": buffer.uri}})
                saved.append(uri)
        return {"saved": saved}

    def _plan(self, change: Mapping[str, Any]) -> Callable[[], None]:
        """Check a TextDocumentEdit now, make it later. Raises EditRefused."""
        document = change["textDocument"]
        path = path_of(document["uri"])
        edits: Sequence[Mapping[str, Any]] = change["edits"]

        def apply() -> None:
            buffer = self.open(path)
            self._change(buffer, [span_of(buffer.text, edit) for edit in edits])

        opened = self._buffers.get(path)
        version = document.get("version")
        if opened is not None and version is not None and version != opened.version:
            raise EditRefused(f"{path.name} is at version {opened.version}, the edit is for {version}")
        return apply

    def _create(self, change: Mapping[str, Any]) -> None:
        if change["kind"] != "create":
            raise EditRefused(f"{change['kind']} is not supported here")
        path = path_of(change["uri"])
        options = change.get("options") or {}
        if path.exists() or path in self._buffers:
            if not options.get("ignoreIfExists"):
                raise EditRefused(f"{path.name} exists already")
            return
        self._add(Buffer(path, "", None))

    def _add(self, buffer: Buffer) -> Buffer:
        self._buffers[buffer.path] = buffer
        document = {"uri": buffer.uri, "languageId": "python", "version": buffer.version, "text": buffer.text}
        self._notify("textDocument/didOpen", {"textDocument": document})
        return buffer

    def _change(self, buffer: Buffer, spans: Sequence[tuple[int, int, str]]) -> None:
        """Make the changes from the end to the beginning, so that none moves the next one's place."""
        events = []
        for start, end, new in sorted(spans, reverse=True):
            text = buffer.text
            span = {"start": position_at(text, start), "end": position_at(text, end)}
            events.append({"range": span, "text": new})
            buffer.text = text[:start] + new + text[end:]
        buffer.version += 1
        document = {"uri": buffer.uri, "version": buffer.version}
        self._notify("textDocument/didChange", {"textDocument": document, "contentChanges": events})


def path_of(uri: str) -> Path:
    """The file behind a file: URI."""
    return Path(url2pathname(urlsplit(uri).path))


def span_of(text: str, edit: Mapping[str, Any]) -> tuple[int, int, str]:
    """An LSP TextEdit in code points of the text: start, end, new text."""
    where = edit["range"]
    return offset_at(text, where["start"]), offset_at(text, where["end"]), edit["newText"]


def offset_at(text: str, position: Mapping[str, int]) -> int:
    """Code points before a position; one past a line's end counts as its end, as the protocol says."""
    starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
    if position["line"] >= len(starts):
        return len(text)
    start = starts[position["line"]]
    ending = _LINE_END.search(text, start)
    line = text[start : ending.start() if ending else len(text)]
    units = line.encode("utf-16-le", "surrogatepass")[: 2 * position["character"]]
    return start + len(units.decode("utf-16-le", "replace"))


def position_at(text: str, offset: int) -> dict[str, int]:
    """The position of a code point offset. Between ``\\r`` and ``\\n`` it is the end of the line."""
    ends = [found for found in _LINE_END.finditer(text) if found.end() <= offset]
    start = ends[-1].end() if ends else 0
    return {"line": len(ends), "character": len(text[start:offset].encode("utf-16-le", "surrogatepass")) // 2}
