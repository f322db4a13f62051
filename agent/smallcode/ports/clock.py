"""Time."""

from __future__ import annotations

from typing import Protocol


class Clock(Protocol):
    def monotonic(self) -> float:
        """Seconds, for durations."""
        ...

    def now(self) -> float:
        """Seconds since the epoch."""
        ...
