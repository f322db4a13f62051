"""Whether calls are the expected ones: by name, but for the types of scalars, or in every respect."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from .values import Call

Verdict = Literal["wrong", "names", "loose", "exact"]
ORDER: tuple[Verdict, ...] = ("wrong", "names", "loose", "exact")


def judge(found: Sequence[Call], expected: Sequence[Call]) -> Verdict:
    """The best that holds.

    ``names``: the same names in the same order. ``loose``: the arguments are equal, too, where "3" counts as
    3, "true" as true, "null" as null, a container as its JSON, and white space around strings as nothing.
    ``exact``: types and strings are the same; 1 and 1.0 are one number.
    """
    if [call.name for call in found] != [call.name for call in expected]:
        return "wrong"
    pairs = [(dict(one.arguments), dict(other.arguments)) for one, other in zip(found, expected, strict=True)]
    if all(same(one, other) for one, other in pairs):
        return "exact"
    return "loose" if all(alike(one, other) for one, other in pairs) else "names"


def same(one: Any, other: Any) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == other
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


def alike(one: Any, other: Any) -> bool:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return _plain(one) == _plain(other)


def _plain(value: Any) -> str:
    """A text that is the same for values which a schema would make the same."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, int | float):
        return repr(float(value))
    if isinstance(value, list | Mapping):
        return json.dumps(value, sort_keys=True)
    return _plain_string(str(value).strip())


def _plain_string(text: str) -> str:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {"true": "true", "false": "false", "none": "null"}.get(text.lower(), text)
    return text if isinstance(value, str) else _plain(value)
