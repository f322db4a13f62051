"""Names and scalars that are not what the schema says, but tell what was meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any

from ..json_text import PLAIN, json_text
from ..tools import ALIASES, PARAMETER_ALIASES
from ..values import Call, Family, Mutated
from .base import LAYOUTS, Apply, mutator, write

Rename = Callable[[str, Random], str | None]


def _renamed(rename: Rename) -> Apply:
    def apply(family: Family, calls: Sequence[Call], chance: Random) -> Mutated | None:
        first, *others = calls
        name = rename(first.name, chance)
        if name is None or name == first.name:
            return None
        seed = chance.getrandbits(32)
        changed = (replace(first, name=name), *others)
        return Mutated(write(family, changed, seed), write(family, calls, seed), tuple(calls))

    return apply


def _prefix(name: str, chance: Random) -> str:
    return f"functions.{name}"


def _case(name: str, chance: Random) -> str:
    words = name.split("_")
    camel = words[0] + "".join(word.title() for word in words[1:])
    return chance.choice((name.title(), camel, name.upper(), "".join(word.title() for word in words)))


def _alias(name: str, chance: Random) -> str | None:
    names = [alias for alias, target in ALIASES.items() if target == name]
    return chance.choice(names) if names else None


def _misspelt(name: str, chance: Random) -> str | None:
    """One letter doubled, or the underscore a hyphen: too short names would become others."""
    if len(name) < 8:
        return None
    at = chance.randrange(2, len(name) - 1)
    return chance.choice(
        (name[:at] + name[at] + name[at:], name.replace("_", "-"), name[:at] + name[at + 1 :])
    )


def _arguments(change: Callable[[Call, Random], Mapping[str, Any] | None]) -> Apply:
    def apply(family: Family, calls: Sequence[Call], chance: Random) -> Mutated | None:
        changed = [change(call, chance) for call in calls]
        if not any(arguments is not None for arguments in changed):
            return None
        damaged = [
            call if arguments is None else replace(call, arguments=arguments)
            for call, arguments in zip(calls, changed, strict=True)
        ]
        if not all(map(family.accepts, damaged)):
            return None
        seed, form = chance.getrandbits(32), chance.choice(LAYOUTS)
        original = write(family, calls, seed, form=form)
        return Mutated(write(family, damaged, seed, form=form), original, tuple(calls))

    return apply


def _parameter_alias(call: Call, chance: Random) -> Mapping[str, Any] | None:
    known = [key for key in call.arguments if (call.name, key) in PARAMETER_ALIASES]
    if not known:
        return None
    old = chance.choice(known)
    new = chance.choice(PARAMETER_ALIASES[call.name, old])
    return {new if key == old else key: value for key, value in call.arguments.items()}


def _misspelt_parameter(call: Call, chance: Random) -> Mapping[str, Any] | None:
    long = [key for key in call.arguments if len(key) >= 5]
    if not long:
        return None
    old = chance.choice(long)
    new = chance.choice((old.replace("_", ""), old.title(), old + "s", old[:2] + old[3:]))
    return {new if key == old else key: value for key, value in call.arguments.items()}


def _scalars(call: Call, chance: Random) -> Mapping[str, Any] | None:
    """Numbers and booleans as strings, at the top where the schema can tell."""
    changed = {
        key: (str(value) if chance.random() < 0.5 else json_text(value, PLAIN))
        if isinstance(value, bool | int | float)
        else value
        for key, value in call.arguments.items()
    }
    return None if changed == call.arguments else changed


def _containers(call: Call, chance: Random) -> Mapping[str, Any] | None:
    """Arrays and objects as strings of JSON."""
    changed = {
        key: json_text(value, PLAIN) if isinstance(value, list | Mapping) else value
        for key, value in call.arguments.items()
    }
    return None if changed == call.arguments else changed


def _has_free_names(family: Family) -> bool:
    """Where the name is no tag of its own: a tag of an unknown name is just markup."""
    return family.name not in ("xml_by_name", "yaml_xml")


def _has_types(family: Family) -> bool:
    """Where a string and a number are written differently."""
    return family.syntax != "tags"


MUTATORS = (
    mutator("name with prefix", _has_free_names, _renamed(_prefix)),
    mutator("name in other case", _has_free_names, _renamed(_case)),
    mutator("name by alias", _has_free_names, _renamed(_alias)),
    mutator("name misspelt", lambda family: family.marked, _renamed(_misspelt)),
    mutator("parameter by alias", _has_free_names, _arguments(_parameter_alias)),
    mutator("parameter misspelt", _has_free_names, _arguments(_misspelt_parameter)),
    mutator("scalar as string", _has_types, _arguments(_scalars)),
    mutator("container as string", _has_types, _arguments(_containers)),
)
