"""One file's facts, arranged for looking names up."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TypeVar

from ..facts import NOWHERE, Assignment, Definition, FileFacts, Import
from ..symbols import Symbol
from .interface import links
from .kinds import FUNCTIONS, SELVES, TYPES

T = TypeVar("T")
Scoped = dict[int, dict[str, list[T]]]


class View:
    """``members`` are definitions by the one around them and by name, ``imports`` and ``assigned`` by the
    definition they stand in and by the name they give; ``attributes`` those of a type's own instances
    (``self.x``), by type; ``narrowed`` whatever is assigned to a dotted name, by the whole of it. ``module``
    is the symbol of the file as the graph had it."""

    def __init__(self, facts: FileFacts, module: Symbol | None) -> None:
        self.facts = facts
        self.module = module
        self.path = facts.path
        self.folder = facts.path.rpartition("/")[0]
        self.language = facts.language
        self.definitions = facts.definitions
        self.members: Scoped[int] = {}
        for index, one in enumerate(facts.definitions):
            _file(self.members, one.parent, one.name, index)
        self.imports: Scoped[Import] = {}
        self.stars: list[Import] = []
        for imported in facts.imports:
            if imported.name == "*":
                self.stars.append(imported)
            else:
                _file(self.imports, imported.within, imported.alias, imported)
        self.assigned: Scoped[Assignment] = {}
        self.attributes: Scoped[Assignment] = {}
        self.narrowed: Scoped[Assignment] = {}
        self._assign(facts.assignments)
        self.bases: dict[int, list[str]] = {}
        for base in facts.bases:
            self.bases.setdefault(base.definition, []).append(base.name)
        listed = self.assigned.get(NOWHERE, {}).get("__all__")
        self.public = frozenset(one.value for one in listed) if listed else None

    def _assign(self, assignments: Iterable[Assignment]) -> None:
        for one in assignments:
            if "." in one.target:
                _file(self.narrowed, one.within, one.target, one)
            if one.until and "." in one.target:
                continue
            if one.target.startswith(SELVES):
                attribute = one.target[one.target.index(".") + 1 :]
                owner = self.type_around(one.within)
                if "." not in attribute and owner != NOWHERE:
                    _file(self.attributes, owner, attribute, one)
            elif "." not in one.target:
                within = one.within
                while within != NOWHERE and not self._opens_scope(self.definitions[within]):
                    within = self.definitions[within].parent
                _file(self.assigned, within, one.target, one)

    def _opens_scope(self, one: Definition) -> bool:
        return one.kind in FUNCTIONS or one.kind in TYPES or one.kind == "module"

    def type_around(self, index: int) -> int:
        """The innermost type that the definition is or stands in, NOWHERE where there is none."""
        while index != NOWHERE and self.definitions[index].kind not in TYPES:
            index = self.definitions[index].parent
        return index

    @cached_property
    def links(self) -> dict[str, set[str]]:
        """For each word, the names that other files can see here and that lean on it."""
        return links(self.facts)

    def binds(self, index: int, name: str) -> bool:
        """Whether the type itself gives its instances something of that name, known or not."""
        scopes = (self.members, self.assigned, self.attributes, self.imports)
        return any(name in scope.get(index, ()) for scope in scopes)

    def top(self, name: str) -> list[int]:
        """The definitions of that name at the top of the file."""
        return self.members.get(NOWHERE, {}).get(name, [])


def _file(scoped: Scoped[T], within: int, name: str, value: T) -> None:
    scoped.setdefault(within, {}).setdefault(name, []).append(value)
