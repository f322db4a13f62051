"""Which name was meant by one that does not exist: an index of names with one character left out.

Two names that differ by one typing error have a form in common with at most one character left out of each
(W. Garbe's SymSpell, 2012, with deletions alone); so have many with two errors. The forms are kept as sorted
numbers, since a dictionary of a large project's would take 50 MB.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from zlib import crc32

from ..toolcalls.resemblance import distance
from .stems import folded

# Longer names have the forms of their beginnings alone: those of the whole would be too many. An error behind
# it is found all the same, since the beginnings are then equal.
BEGINNING = 28

LONGEST_SINGLE = 2
"""Characters in which texts with a single error differ, which may be two that were exchanged."""

# Names that share a form and are compared in full; the shortest time is not worth a worse tail.
MOST_COMPARED = 10

# Typing errors that a name may have, by its length: three letters are another word with one changed.
# Those of long ones are looked for one at a time: comparing two texts takes the product of their lengths,
# unless what lies between their common beginning and end shows at once that there are more.
_SHORTEST = ((33, 1), (6, 2), (4, 1))

_NUMBER_BITS = 32
_NUMBER = (1 << _NUMBER_BITS) - 1

RATIO = 4

# Names whose forms lie in a list of their own, sorted when they are asked for.
_MOST_LOOSE = 1024

# Forms of names that are gone are left where they are, until there are so many of them and more than of
# others.
_FEWEST_GONE = 4096


class Spelling:
    """The same names give the same answers, however they came. The sorted forms are in runs, each at least
    RATIO times as long as the next, so that adding never takes long."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: dict[str, tuple[str, ...]] = {}
        self._keys: list[str] = []
        self._filed: set[str] = set()
        self._runs: list[array[int]] = []
        self._loose: list[int] = []
        self._loose_keys = 0
        self._sorted = True
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        key = folded(name)
        spelled = self._names.get(key, ())
        if name not in spelled:
            self._names[key] = tuple(sorted((*spelled, name)))
        if key not in self._filed:
            self._file(key)

    def discard(self, name: str) -> None:
        key = folded(name)
        spelled = tuple(one for one in self._names.get(key, ()) if one != name)
        if spelled:
            self._names[key] = spelled
        elif self._names.pop(key, None) and len(self._keys) > max(_FEWEST_GONE, 2 * len(self._names)):
            self._begin_anew()

    def spelled(self, name: str) -> tuple[str, ...]:
        """The names that differ from it by case and underscores alone, itself included, sorted."""
        return self._names.get(folded(name), ())

    def nearest(self, name: str, limit: int = 3) -> tuple[str, ...]:
        """At most ``limit`` names with few errors, the nearest first, then by the alphabet."""
        wanted = folded(name)
        most = next((errors for length, errors in _SHORTEST if len(wanted) >= length), 0)
        near: list[tuple[int, str]] = []
        for key in self._candidates(wanted):
            ours, theirs = _differing(wanted, key)
            if most == 1 and max(len(ours), len(theirs)) > LONGEST_SINGLE:
                continue
            errors = distance(ours, theirs, most)
            if errors <= most:
                near += [(errors, one) for one in self._names[key] if one != name]
        near.sort(key=lambda one: (one[0], abs(len(one[1]) - len(name)), one[1]))
        return tuple(one for _, one in near[:limit])

    # --- within ----------------------------------------------------------------------------------------

    def _candidates(self, wanted: str) -> list[str]:
        """The names that have most forms in common with what is wanted, then by length and alphabet."""
        if not self._sorted:
            self._loose.sort()
            self._sorted = True
        runs: list[Sequence[int]] = [*self._runs, self._loose]
        shared: dict[int, int] = {}
        for form in _forms(wanted):
            least = form << _NUMBER_BITS
            for run in runs:
                at = bisect_left(run, least)
                while at < len(run) and run[at] >> _NUMBER_BITS == form:
                    number = run[at] & _NUMBER
                    shared[number] = shared.get(number, 0) + 1
                    at += 1
        found = {self._keys[number]: times for number, times in shared.items()}
        size = len(wanted)
        alive = [key for key in found if key in self._names]
        alive.sort(key=lambda key: (-found[key], abs(len(key) - size), key))
        return alive[:MOST_COMPARED]

    def _file(self, key: str) -> None:
        number = len(self._keys)
        self._keys.append(key)
        self._filed.add(key)
        self._loose += [form << _NUMBER_BITS | number for form in _forms(key)]
        self._sorted = False
        self._loose_keys += 1
        if self._loose_keys >= _MOST_LOOSE:
            self._sort()

    def _sort(self) -> None:
        """What is loose becomes a run, and runs that are not much shorter than it become one with it."""
        run = array("Q", sorted(self._loose))
        while self._runs and len(self._runs[-1]) < RATIO * len(run):
            run = array("Q", sorted([*self._runs.pop(), *run]))
        self._runs.append(run)
        self._loose, self._loose_keys, self._sorted = [], 0, True

    def _begin_anew(self) -> None:
        self._keys, self._filed, self._runs = [], set(), []
        self._loose, self._loose_keys, self._sorted = [], 0, True
        for key in self._names:
            self._file(key)


def _forms(key: str) -> set[int]:
    """The beginning of a key, and that with each of its characters left out, as numbers of 32 bits. The sum
    is CRC-32: Python's own hash of a text differs from one process to the next."""
    head = key[:BEGINNING].encode("utf-8", "surrogatepass")
    return {crc32(head), *(crc32(head[:at] + head[at + 1 :]) for at in range(len(head)))}


def _differing(one: str, other: str) -> tuple[str, str]:
    """The texts without their common beginning and end."""
    shorter = min(len(one), len(other))
    first = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    rest = shorter - first
    last = next((at for at in range(rest) if one[-1 - at] != other[-1 - at]), rest)
    return one[first : len(one) - last], other[first : len(other) - last]
