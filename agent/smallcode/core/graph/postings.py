"""Words and the values filed under them, in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, Generic, TypeVar

V = TypeVar("V", bound=Hashable)
W = TypeVar("W", bound=Hashable)


def _itself(value: Any) -> Any:
    return value


class Postings(Generic[W, V]):
    """Reading what was not changed since costs one look-up; a change unsettles its own word alone, which is
    sorted when it is read next. Without ``order`` the values' own order holds."""

    def __init__(self, order: Callable[[V], Any] = _itself) -> None:
        self._order = order
        self._settled: dict[W, tuple[V, ...]] = {}
        self._loose: dict[W, set[V]] = {}

    def __len__(self) -> int:
        return len(self._settled) + len(self._loose)

    def __contains__(self, word: object) -> bool:
        return word in self._settled or word in self._loose

    def __iter__(self) -> Iterator[W]:
        """In no particular order."""
        yield from self._settled
        yield from self._loose

    def get(self, word: W) -> tuple[V, ...]:
        found = self._settled.get(word)
        if found is not None:
            return found
        return self._settle(word) if word in self._loose else ()

    def add(self, word: W, value: V) -> None:
        if word in self._settled or word in self._loose:
            self._loosen(word).add(value)
        else:
            self._settled[word] = (value,)

    def discard(self, word: W, value: V) -> None:
        left = self._loosen(word)
        left.discard(value)
        if not left:
            del self._loose[word]

    def change(self, value: V, old: Iterable[W], new: Iterable[W]) -> None:
        """File ``value`` under the words of ``new``, and no longer under the others of ``old``."""
        before, after = set(old), set(new)
        for word in before - after:
            self.discard(word, value)
        for word in after - before:
            self.add(word, value)

    def settling(self) -> Iterator[None]:
        """Sort all that is unsettled, one word at each step: for the end of many changes. It takes less
        memory then. Words may change meanwhile."""
        for word in tuple(self._loose):
            if word in self._loose:
                self._settle(word)
                yield

    def _settle(self, word: W) -> tuple[V, ...]:
        values = tuple(sorted(self._loose.pop(word), key=self._order))
        self._settled[word] = values
        return values

    def _loosen(self, word: W) -> set[V]:
        loose = self._loose.get(word)
        if loose is None:
            loose = self._loose[word] = set(self._settled.pop(word, ()))
        return loose
