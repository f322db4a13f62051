"""Names that are meant to be another name: spelled with other separators, or a slip away."""

from __future__ import annotations

import re
from collections.abc import Iterable

# A slip in a short name makes another word; these lengths allow one and two slips.
ONE_SLIP_FROM = 5
TWO_SLIPS_FROM = 9
# Names longer than this are noise and are not compared.
LONGEST = 64

_SEPARATORS = re.compile(r"[\s_.\-/]+")


def folded(name: str) -> str:
    """The name without case and separators: readFile, read-file and READ_FILE are one."""
    return _SEPARATORS.sub("", name).lower()


def distance(one: str, other: str, most: int) -> int:
    """Edits that turn one text into the other, where a swap of neighbours is one edit (optimal string
    alignment); ``most`` + 1 where there are more than ``most``."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (letter != wanted))
            swapped = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted
            if swapped:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before, last = last, current
    return min(last[-1], most + 1)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one known name that ``name`` is a slip of, or None: no name is near, or two are as near."""
    short = folded(name)[:LONGEST]
    known = list(known)
    length = max([len(short), *(len(folded(one)) for one in known if len(folded(one)) == len(short) + 1)])
    most = 2 if length >= TWO_SLIPS_FROM else 1 if length >= ONE_SLIP_FROM else 0
    found: list[str] = []
    for candidate in known:
        edits = distance(short, folded(candidate), most)
        if edits < most or (edits == most and not found):
            if edits < most:
                most, found = edits, []
            found.append(candidate)
        elif edits == most:
            found.append(candidate)
    return found[0] if len(found) == 1 else None
