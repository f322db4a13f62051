"""Server-sent events out of bytes, as they come (WHATWG HTML, section 9.2.6 "Interpreting an event stream").

The libraries for this decode with replacement characters or split on every Unicode line end; a model's reply
needs neither: a broken character is a broken reply, and U+2028 is part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A line longer than this is not a piece of a reply; it would only fill the memory.
MAX_EVENT_BYTES = 16 * 1024 * 1024

_LINE_END = re.compile(rb"\r\n|\r|\n")
_BOM = b"\xef\xbb\xbf"


class EventTooLarge(ValueError):
    """An event grew beyond MAX_EVENT_BYTES."""


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """``data`` has its lines joined by a line feed; ``event`` is the event's type, "" where none is named."""

    data: str
    event: str = ""


class SseParser:
    """Feed it bytes, cut anywhere. Raises UnicodeDecodeError and EventTooLarge."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._scanned = 0
        self._skip_line_feed = False
        self._at_start = True
        self._data: list[bytes] = []
        self._size = 0
        self._event = b""

    def feed(self, data: bytes) -> Iterator[ServerEvent]:
        """The events that end in these bytes."""
        self._buffer += data
        if not self._ready():
            return
        while found := _LINE_END.search(self._buffer, self._scanned):
            line = bytes(self._buffer[: found.start()])
            # A carriage return at the end of the bytes ends its line; a line feed that follows belongs to it.
            self._skip_line_feed = found.group() == b"\r" and found.end() == len(self._buffer)
            del self._buffer[: found.end()]
            self._scanned = 0
            yield from self._line(line)
        self._scanned = len(self._buffer)
        if self._size + self._scanned > MAX_EVENT_BYTES:
            raise EventTooLarge(f"an event of more than {MAX_EVENT_BYTES} bytes")

    def close(self) -> Iterator[ServerEvent]:
        """What stands at the end without its empty line. The standard drops it; servers that forget the
        line after their last event are too many for that."""
        line = bytes(self._buffer)
        self._buffer.clear()
        if line:
            yield from self._line(line)
        yield from self._line(b"")

    def _ready(self) -> bool:
        """Drop what may stand before the first line; False while that cannot be told yet."""
        if self._skip_line_feed and self._buffer:
            self._skip_line_feed = False
            if self._buffer[0] == 0x0A:
                del self._buffer[0]
        if self._at_start:
            if len(self._buffer) < len(_BOM) and _BOM.startswith(self._buffer):
                return False
            self._at_start = False
            if self._buffer.startswith(_BOM):
                del self._buffer[: len(_BOM)]
        return True

    def _line(self, line: bytes) -> Iterator[ServerEvent]:
        if not line:
            if self._data:
                data = b"\n".join(self._data).decode("utf-8")
                yield ServerEvent(data, self._event.decode("utf-8"))
            self._data, self._size, self._event = [], 0, b""
            return
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if name == b"data":
            self._append(value)
        elif name == b"event":
            self._event = value
        elif name == b"error":
            # Older builds of llama.cpp tell a fault in a field of this name instead of in an event.
            self._event = b"error"
            self._append(value)

    def _append(self, value: bytes) -> None:
        self._data.append(value)
        self._size += len(value)
