"""Deadlines for the bytes of a reply."""

from __future__ import annotations

import asyncio
from typing import Protocol

from ..settings import Settings

# Seconds to wait for the usage and the end of the stream once the reply itself is complete.
TAIL_TIMEOUT = 5.0


class Reader(Protocol):
    """What reads a reply. ``events`` counts what came, ``complete`` is whether the reply itself is over,
    ``reading_prompt`` whether the server said that it is still reading."""

    @property
    def events(self) -> int: ...

    @property
    def complete(self) -> bool: ...

    @property
    def reading_prompt(self) -> bool: ...


class Patience:
    """How long the next bytes of a reply may take.

    While the server reads the prompt it may be silent for ``first_byte_timeout``: until the first event,
    and as long as the last event told that a part of the prompt is still to be read (llama.cpp tells it
    once in each batch, and a batch can take minutes). After that it is ``stall_timeout``. Comments that
    keep the connection alive count as bytes, but they cannot stand in for an event for ever.
    """

    def __init__(self, settings: Settings) -> None:
        self._first = settings.first_byte_timeout
        self._stall = settings.stall_timeout
        self._byte_at = self._event_at = asyncio.get_running_loop().time()
        self._events = 0

    def heard(self, reader: Reader) -> None:
        """Bytes have arrived and were read."""
        self._byte_at = asyncio.get_running_loop().time()
        if reader.events > self._events:
            self._events, self._event_at = reader.events, self._byte_at

    def deadline(self, reader: Reader) -> float:
        """By the event loop's clock."""
        if reader.complete:
            return self._byte_at + min(self._stall, TAIL_TIMEOUT)
        if reader.reading_prompt or not self._events:
            return self._event_at + self._first
        return min(self._byte_at + self._stall, self._event_at + max(self._stall, self._first))

    def waited(self) -> float:
        """Seconds since the last byte."""
        return round(asyncio.get_running_loop().time() - self._byte_at, 1)
