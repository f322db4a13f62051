"""What a program printed, as plain text of bounded size."""

from __future__ import annotations

import re

from ..core.shorten import join_ends, shorten

# ECMA-48: control sequences (CSI), control strings (OSC, DCS, SOS, PM, APC; ended by ST or, by habit of
# xterm, BEL), and the two-character escapes. A string that never ends is taken to its line's end.
_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"
    r"|\x1b[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)?"
    r"|\x1b[ -/]*[0-~]"
)
_OVERSTRIKE = re.compile(r"[^\n\x08]\x08")
_CONTROLS = re.compile(r"[\x01-\x08\x0b-\x1f\x7f-\x9f]")

# Bytes kept of each end for every character that may be shown: UTF-8 takes up to four.
_BYTES_PER_CHARACTER = 4


def plain_text(raw: bytes) -> str:
    """What a terminal would show in the end, without colours: escapes are gone, a line that was drawn again
    (progress bars) stands as it was last, line ends are LF. Bytes that are no UTF-8, and NUL, become U+FFFD.
    """
    text = raw.decode("utf-8", "replace")
    text = _ESCAPES.sub("", text)
    text = "\n".join(_as_drawn_last(line) for line in text.split("\n"))
    text = _OVERSTRIKE.sub("", text)
    return _CONTROLS.sub("", text.replace("\0", "\ufffd"))


def _as_drawn_last(line: str) -> str:
    """What follows the last carriage return, those at the line's end apart."""
    return line.rstrip("\r").rpartition("\r")[2]


class CappedOutput:
    """Takes any number of bytes and keeps the two ends; ``limit`` is in characters of the final text."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._room = limit * _BYTES_PER_CHARACTER
        self._head = bytearray()
        self._tail = bytearray()
        self._dropped = 0

    def feed(self, chunk: bytes) -> None:
        free = self._room - len(self._head)
        if free > 0:
            self._head += chunk[:free]
            chunk = chunk[free:]
        self._tail += chunk
        # Trimmed at twice its size, so that the bytes are moved seldom.
        if len(self._tail) > 2 * self._room:
            self._trim()

    def text(self) -> str:
        """What was kept, in at most ``limit`` characters."""
        if len(self._tail) > self._room:
            self._trim()
        if not self._dropped:
            return shorten(plain_text(bytes(self._head + self._tail)), self._limit)
        head, tail = plain_text(bytes(self._head)), plain_text(bytes(self._tail))
        return join_ends(head, tail, self._dropped, self._limit)

    def _trim(self) -> None:
        surplus = len(self._tail) - self._room
        del self._tail[:surplus]
        self._dropped += surplus
