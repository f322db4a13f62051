"""The time: the machine's, or one that stands still until it is told to go on."""

from __future__ import annotations

import time


class SystemClock:
    """The machine's clocks."""

    def monotonic(self) -> float:
        return time.monotonic()

    def now(self) -> float:
        return time.time()


class ManualClock:
    """A clock for tests and replays. ``now`` is the time it begins at, in seconds since the epoch."""

    def __init__(self, now: float = 0.0) -> None:
        self._start = now
        self._passed = 0.0

    def monotonic(self) -> float:
        return self._passed

    def now(self) -> float:
        return self._start + self._passed

    def advance(self, seconds: float) -> None:
        """Let time pass. Raises ValueError for a negative number: time does not run back."""
        if seconds < 0:
            raise ValueError(f"a clock cannot go back by {-seconds} s")
        self._passed += seconds
