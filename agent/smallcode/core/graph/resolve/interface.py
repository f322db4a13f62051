"""What other files can see of a file, by name, and which names each of these leans on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..facts import NOWHERE, Assignment, FileFacts, Import
from ..signatures import returned_type, words_behind
from .kinds import FUNCTIONS, SELVES

_WORD = re.compile(r"[\w$]+")

Fingerprints = dict[str, list[object]]


def fingerprints(facts: FileFacts | None) -> Fingerprints:
    """For each name that is visible from outside, all that it is there, in the order of the file. Places and
    bodies are no part of it."""
    found: Fingerprints = {}
    if facts is None:
        return found
    local = _local(facts)
    bases: dict[int, list[str]] = {}
    for base in facts.bases:
        bases.setdefault(base.definition, []).append(base.name)
    decorators = {(call.line, call.within): call.name for call in facts.calls}
    for index, one in enumerate(facts.definitions):
        if one.parent != NOWHERE and local[one.parent]:
            continue
        head = one.signature.partition("(")[0] if one.kind in FUNCTIONS else ""
        returned = returned_type(one.signature) if one.kind in FUNCTIONS else ""
        above = tuple(decorators.get((line, one.parent)) for line in range(one.first, one.at))
        what = (one.qualified, one.ordinal, one.kind, one.exported, head, returned, above)
        found.setdefault(one.name, []).append((*what, tuple(bases.get(index, ()))))
    for imported in _visible(facts, local):
        key = (imported.module, imported.name, imported.level, imported.reexport)
        found.setdefault(imported.alias.partition(".")[0], []).append((*key, _owner(facts, imported.within)))
    for assigned in _assigned(facts, local):
        key = (assigned.target, assigned.value, assigned.called, assigned.declared)
        found.setdefault(_last(assigned.target), []).append((*key, _owner(facts, assigned.within)))
    return found


def links(facts: FileFacts) -> dict[str, set[str]]:
    """For each word, the visible names of the file that lean on it."""
    found: dict[str, set[str]] = {}

    def lean(name: str, words: list[str]) -> None:
        for word in words:
            if word != name:
                found.setdefault(word, set()).add(name)

    local = _local(facts)
    for imported in _visible(facts, local):
        lean(imported.alias.partition(".")[0], _WORD.findall(f"{imported.module} {imported.name}"))
    for assigned in _assigned(facts, local):
        lean(_last(assigned.target), _WORD.findall(assigned.value))
    for base in facts.bases:
        lean(facts.definitions[base.definition].name, _WORD.findall(base.name))
    for one in facts.definitions:
        if one.kind in FUNCTIONS:
            lean(one.name, words_behind(one.signature))
    return found


def stars(facts: FileFacts | None) -> list[Import]:
    return [one for one in facts.imports if one.name == "*"] if facts else []


def _local(facts: FileFacts) -> list[bool]:
    """For each definition, whether what stands in it is visible in it alone: it is a function, or in one."""
    local: list[bool] = []
    for one in facts.definitions:
        local.append(one.kind in FUNCTIONS or (one.parent != NOWHERE and local[one.parent]))
    return local


def _visible(facts: FileFacts, local: list[bool]) -> Iterator[Import]:
    for one in facts.imports:
        if one.name != "*" and (one.within == NOWHERE or not local[one.within]):
            yield one


def _assigned(facts: FileFacts, local: list[bool]) -> Iterator[Assignment]:
    for one in facts.assignments:
        visible = one.within == NOWHERE or not local[one.within] or one.target.startswith(SELVES)
        if visible and not one.until:
            yield one


def _owner(facts: FileFacts, within: int) -> str:
    return "" if within == NOWHERE else facts.definitions[within].qualified


def _last(target: str) -> str:
    return target.rpartition(".")[2]
