"""Remembering what was found out, where the way to it may lead back to itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

T = TypeVar("T")
Key = tuple[object, ...]

DEEPEST = 150
"""Names that stand for names that stand for names; Python's own stack ends at a thousand calls."""


class Memory:
    """A cycle ends without an answer, and what was cut by one is not remembered, so that an answer never
    depends on what was asked before."""

    def __init__(self) -> None:
        self._known: dict[Key, object] = {}
        self._active: set[Key] = set()
        self._cuts = 0

    def _once(self, key: Key, find: Callable[[], T | None]) -> T | None:
        known = self._known
        if key in known:
            return cast("T | None", known[key])
        if key in self._active or len(self._active) > DEEPEST:
            self._cuts += 1
            return None
        cuts = self._cuts
        self._active.add(key)
        try:
            found = find()
        finally:
            self._active.discard(key)
        if cuts == self._cuts:
            known[key] = found
        return found
