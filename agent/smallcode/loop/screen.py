"""What of a reply's text may be shown while it arrives."""

from __future__ import annotations

from ..core.toolcalls import StreamParser, StreamUpdate
from .stream import Piece


class CallScreen:
    """Implements Screen: thoughts go where thoughts belong, and the markup of a call is never shown."""

    def __init__(self, parser: StreamParser) -> None:
        self._parser = parser

    def feed(self, raw: str) -> Piece:
        return _piece(self._parser.feed(raw))

    def finish(self) -> Piece:
        update, _ = self._parser.finish()
        return _piece(update)


def _piece(update: StreamUpdate) -> Piece:
    return Piece(update.text, update.thoughts, update.discard)
