"""Replies that end too early.

Where a value is found by marks put around it before it is written, and taken out afterwards: so the place of
a cut is known in every format. A call whose arguments were all whole is meant; one that was cut within a
value must never run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from ..values import Call, Family, Mutated
from .base import Apply, always, mutator, write

# Private-use characters: no format escapes them, and no sample has them.
_BEGIN, _END = "\ue000", "\ue001"


@dataclass(frozen=True, slots=True)
class _Marked:
    """The text without the marks, and where the marked value lies in it."""

    text: str
    begin: int
    end: int


def _write_marked(family: Family, calls: Sequence[Call], key: str, chance: Random) -> _Marked | None:
    """The reply, and the place of the string ``key`` of the last call."""
    last = calls[-1]
    marked = replace(last, arguments={**last.arguments, key: f"{_BEGIN}{last.arguments[key]}{_END}"})
    written = write(family, (*calls[:-1], marked), chance.getrandbits(32))
    begin, end = written.find(_BEGIN), written.find(_END)
    if begin < 0 or end < 0:
        return None
    return _Marked(written.replace(_BEGIN, "").replace(_END, ""), begin, end - 1)


def _at_the_end(family: Family, calls: Sequence[Call], chance: Random) -> Mutated | None:
    """Somewhere behind the last value, its own delimiter included."""
    last = calls[-1]
    key = next(reversed(list(last.arguments)), "")
    if not isinstance(last.arguments.get(key), str):
        return None
    found = _write_marked(family, calls, key, chance)
    if found is None:
        return None
    whole = _whole(family, found)
    end = len(found.text.rstrip())
    if whole is None or whole >= end:
        return None
    cut = chance.randrange(whole, end)
    return Mutated(found.text[:cut], found.text, tuple(calls))


def _whole(family: Family, found: _Marked) -> int | None:
    """From where on the text tells that the value is whole."""
    if family.syntax == "python":
        return found.end + 1
    if family.name == "xml_by_name":
        at = found.text.find(">", found.text.find("</", found.end))
        return at + 1 if at >= 0 else None
    at = found.text.find(family.value_end, found.end)
    if at < 0:
        return None
    # A closing tag of which the name is variable ends with its bracket.
    end = at + len(family.value_end)
    if family.value_end.endswith((">", '"')):
        return end
    bracket = found.text.find(">", end)
    return bracket + 1 if bracket >= 0 else None


def _in_a_string(family: Family, calls: Sequence[Call], chance: Random) -> Mutated | None:
    """Within the first, a middle or the last string; nothing of the reply may run."""
    call = calls[0]
    keys = [key for key, value in call.arguments.items() if isinstance(value, str) and len(value) >= 4]
    if not keys:
        return None
    found = _write_marked(family, (call,), chance.choice(keys), chance)
    if found is None or found.end - found.begin < 4:
        return None
    cut = chance.randrange(found.begin + 1, found.end - 1)
    return Mutated(found.text[:cut], found.text, (), must_not=True)


def _in_a_number(family: Family, calls: Sequence[Call], chance: Random) -> Mutated | None:
    call = calls[0]
    keys = [
        key for key, value in call.arguments.items() if isinstance(value, int) and not isinstance(value, bool)
    ]
    if not keys:
        return None
    number = chance.randrange(41_000, 99_000)
    longer = replace(call, arguments={**call.arguments, chance.choice(keys): number})
    text = write(family, (longer,), chance.getrandbits(32))
    cut = text.rindex(str(number)) + chance.randint(1, 3)
    return Mutated(text[:cut], text, (), must_not=True)


def _before_the_values(family: Family, calls: Sequence[Call], chance: Random) -> Mutated | None:
    """Behind the name, before any of the first value."""
    call = calls[0]
    key = next(iter(call.arguments), "")
    if not isinstance(call.arguments.get(key), str):
        return None
    found = _write_marked(family, (call,), key, chance)
    if found is None:
        return None
    name_end = found.text.find(call.name) + len(call.name)
    if name_end >= found.begin:
        return None
    return Mutated(found.text[: chance.randrange(name_end, found.begin)], found.text, (), must_not=True)


def _tells_when_whole(family: Family) -> bool:
    return bool(family.value_end)


def _twice(apply: Apply) -> Apply:
    """Cuts within values are the ones that do harm, so a second sort of the same calls is tried as well."""

    def again(family: Family, calls: Sequence[Call], chance: Random) -> Mutated | None:
        return apply(family, calls, chance) or apply(family, tuple(reversed(calls)), chance)

    return again


MUTATORS = (
    mutator("cut behind the arguments", _tells_when_whole, _at_the_end),
    mutator("cut in a string", always, _twice(_in_a_string), 2),
    mutator("cut in a number", always, _twice(_in_a_number)),
    mutator("cut before the values", always, _twice(_before_the_values)),
)
