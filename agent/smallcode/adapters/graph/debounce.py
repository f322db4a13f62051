"""Waiting until somebody stops typing."""

from __future__ import annotations

import asyncio


class Debounced:
    """Names that are due a while after they were last added, and at the latest a longer while after the
    first time. For one event loop."""

    def __init__(self, quiet: float, longest: float) -> None:
        """Both in seconds."""
        self._quiet = quiet
        self._longest = longest
        self._due: dict[str, tuple[float, float]] = {}
        self._changed = asyncio.Event()

    def __bool__(self) -> bool:
        return bool(self._due)

    def add(self, name: str) -> None:
        now = asyncio.get_running_loop().time()
        _, latest = self._due.get(name, (0.0, now + self._longest))
        self._due[name] = (min(now + self._quiet, latest), latest)
        self._changed.set()

    def discard(self, name: str) -> None:
        self._due.pop(name, None)

    def hurry(self) -> None:
        """All are due now."""
        self._due = {name: (0.0, 0.0) for name in self._due}
        self._changed.set()

    async def take(self) -> list[str]:
        """Wait for names that are due, and take them, in the order in which they were first added."""
        while True:
            now = asyncio.get_running_loop().time()
            due = [name for name, (at, _) in self._due.items() if at <= now]
            if due:
                for name in due:
                    del self._due[name]
                return due
            self._changed.clear()
            earliest = min((at for at, _ in self._due.values()), default=None)
            try:
                async with asyncio.timeout(None if earliest is None else earliest - now):
                    await self._changed.wait()
            except TimeoutError:
                continue
