"""Which name was meant by one that does not exist: an index of names with one character left out.

Two names that differ by one typing error have a form in common with at most one character left out of each
(W. Garbe's SymSpell, 2012, with deletions alone); so have many with two errors. The forms are kept as sorted
numbers, since a dictionary of a large project's would take 50 MB.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from zlib import crc32

from .stems import folded

# Longer names are compared by their beginnings: their forms would be too many.
COMPARED = 24

# Names that share a form and are compared in full; the shortest time is not worth a worse tail.
MOST_COMPARED = 24

# Errors that a name may have, by its length: three letters are another word with one of them changed.
_SHORTEST = ((12, 3), (6, 2), (4, 1))

_NUMBER_BITS = 32
_NUMBER = (1 << _NUMBER_BITS) - 1

# Names beside the sorted forms: so many are looked through one by one before all are sorted anew.
_MOST_LOOSE = 2048


class Spelling:
    """The same names give the same answers, however they came."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: dict[str, set[str]] = {}
        self._keys: list[str] = []
        self._forms = array("Q")
        self._loose: dict[int, list[str]] = {}
        self._loose_keys: set[str] = set()
        self._settled: set[str] = set()
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        key = folded(name)
        spelled = self._names.get(key)
        if spelled is not None:
            spelled.add(name)
            return
        self._names[key] = {name}
        if key not in self._settled and key not in self._loose_keys:
            self._loose_keys.add(key)

    def discard(self, name: str) -> None:
        key = folded(name)
        spelled = self._names.get(key)
        if spelled is None:
            return
        spelled.discard(name)
        if not spelled:
            del self._names[key]

    def settle(self) -> None:
        """Bring what was added into the index. To be called after changes and before questions; it is cheap
        where little changed."""
        new = [key for key in self._loose_keys if key in self._names]
        if len(new) > _MOST_LOOSE or len(self._keys) > 2 * len(self._names) + _MOST_LOOSE:
            self._sort()
            return
        self._loose = {}
        for key in new:
            for form in _forms(key):
                self._loose.setdefault(form, []).append(key)

    def spelled(self, name: str) -> tuple[str, ...]:
        """The names that differ from it by case and underscores alone, itself included, sorted."""
        return tuple(sorted(self._names.get(folded(name), ())))

    def nearest(self, name: str, limit: int = 3) -> tuple[str, ...]:
        """At most ``limit`` names with few errors, the nearest first, then by the alphabet."""
        wanted = folded(name)[:COMPARED]
        most = next((errors for length, errors in _SHORTEST if len(wanted) >= length), 0)
        near: list[tuple[int, str]] = []
        for key in self._candidates(wanted):
            errors = distance(wanted, key[:COMPARED], most)
            if errors <= most:
                near += [(errors, one) for one in self._names[key] if one != name]
        near.sort(key=lambda one: (one[0], abs(len(one[1]) - len(name)), one[1]))
        return tuple(one for _, one in near[:limit])

    # --- within ----------------------------------------------------------------------------------------

    def _candidates(self, wanted: str) -> list[str]:
        """The names that have most forms in common with what is wanted, then by length and alphabet."""
        shared: dict[str, int] = {}
        forms, keys, names = self._forms, self._keys, self._names
        for form in _forms(wanted):
            at = bisect_left(forms, form << _NUMBER_BITS)
            while at < len(forms) and forms[at] >> _NUMBER_BITS == form:
                key = keys[forms[at] & _NUMBER]
                at += 1
                if key in names:
                    shared[key] = shared.get(key, 0) + 1
            for key in self._loose.get(form, ()):
                if key in names:
                    shared[key] = shared.get(key, 0) + 1
        size = len(wanted)
        ranked = sorted(shared, key=lambda key: (-shared[key], abs(len(key) - size), key))
        return ranked[:MOST_COMPARED]

    def _sort(self) -> None:
        self._keys = sorted(self._names)
        self._settled = set(self._keys)
        self._loose, self._loose_keys = {}, set()
        self._forms = array(
            "Q",
            sorted(
                form << _NUMBER_BITS | number for number, key in enumerate(self._keys) for form in _forms(key)
            ),
        )


def _forms(key: str) -> set[int]:
    """The beginning of a key, and that with each of its characters left out, as numbers of 32 bits. The sum
    is CRC-32: Python's own hash of a text differs from one process to the next."""
    head = key[:COMPARED].encode("utf-8", "surrogatepass")
    return {crc32(head), *(crc32(head[:at] + head[at + 1 :]) for at in range(len(head)))}


def distance(one: str, other: str, most: int) -> int:
    """Typing errors between two texts (a character more, less or other, or two neighbours exchanged: optimal
    string alignment), or ``most + 1`` for more than ``most``."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        first, last = max(1, i - most), min(len(other), i + most)
        new = [most + 1] * (len(other) + 1)
        new[0] = i
        for j in range(first, last + 1):
            right = other[j - 1]
            cost = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and right == one[i - 2]:
                cost = min(cost, before[j - 2] + 1)
            new[j] = cost
        if min(new) > most:
            return most + 1
        before, row = row, new
    return min(row[-1], most + 1)
