"""The definitions of a file, how they stand in each other, and which of them holds a place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from ...core.graph.docs import signature
from ...core.graph.facts import NOWHERE, Definition, Kind
from ...languages import Graph
from ..queries import WRAPPER, Captures, Compiled, name_of
from .definition_text import SCOPE, DefinitionText, Raw, last_row
from .source import Source

# Captures that are no definition, and what the outline's kinds are in the graph.
LOADER = "require"
"""The function of JavaScript that gives a module."""

KINDS: dict[str, str] = {
    kind: kind
    for kind in (
        "class", "interface", "trait", "struct", "enum", "type", "function", "method", "variable", "constant",
        "field", "module", "macro", "heading", "key", "selector", "element",
    )
} | {"rule": "selector", "table": "key", SCOPE: SCOPE}  # fmt: skip

_TYPES = frozenset({"class", "interface", "trait", "struct", "enum", SCOPE})
# Definitions in definitions: the names of what stands deeper would only grow.
_DEEPEST = 60

# Whose members can be named wherever they can.
_ALL_PUBLIC = frozenset({"trait", "interface", "enum"})
_CODE = frozenset({"function", "method"})
# What holds no code of its own: calls in its value belong to the definition around it.
_VALUES = frozenset({"variable", "constant", "field", "key", "selector", "element", "heading"})
# What may be assigned several times, and is the same all the same.
_NAMED_ONCE = frozenset({"variable", "constant", "field"})


@dataclass(slots=True)
class _Level:
    """One definition, wrapper or block of methods that holds the place where the walk stands."""

    start: int
    end: int
    owner: int
    kind: str
    prefix: str
    row: int = 0
    exports: bool = False


class _Draft(NamedTuple):
    name: str
    qualified: str
    kind: str
    raw: Raw
    parent: int
    owner: str
    exported: bool
    first_row: int
    last_row: int
    wrapped: bool


class Skeleton:
    """``definitions`` in the order of the text, the outer before the inner."""

    def __init__(self, facts: Graph, source: Source) -> None:
        self._facts = facts
        self._source = source
        self._text = DefinitionText(facts, source)
        self._drafts: list[_Draft] = []
        self._levels: list[_Level] = []
        self._scopes: list[str] = []
        self._starts: list[int] = [0]
        self._holders: list[int] = [NOWHERE]
        self._owners: list[int] = [NOWHERE]
        self._by_name: dict[str, int] = {}
        self._values: set[str] = set()
        self.definitions: list[Definition] = []

    def build(self, query: Compiled, matches: Sequence[Sequence[Captures]], names: frozenset[str]) -> None:
        """``names`` are those that count, where not all do."""
        for raw in sorted(self._raws(query, matches), key=_outer_first):
            self._leave(raw.start)
            self._leave_siblings(raw)
            if raw.kind == WRAPPER:
                node = raw.captures[WRAPPER][0]
                exports = node.type in self._facts.exporters
                around = self._levels[-1] if self._levels else _Level(0, 0, NOWHERE, "", "")
                self._levels.append(
                    _Level(
                        raw.start,
                        -raw.before_end,
                        around.owner,
                        WRAPPER,
                        around.prefix,
                        node.start_point.row,
                        exports,
                    )
                )
            else:
                self._enter(raw, names)
        self._leave(len(self._source.text) + 1)
        for index, draft in enumerate(self._drafts):
            self._by_name.setdefault(draft.qualified, index)
        ordinals: dict[str, int] = {}
        self.definitions = [self._finished(draft, ordinals) for draft in self._drafts]

    def within(self, byte: int) -> int:
        """The index of the innermost definition with code of its own that holds this byte."""
        return self._holders[bisect_right(self._starts, byte) - 1]

    def described(self, byte: int) -> int:
        """The index of the innermost definition of any kind; in a block of methods for a type, the type's
        where it stands in this file."""
        owner = self._owners[bisect_right(self._starts, byte) - 1]
        return owner if owner >= NOWHERE else self._by_name.get(self._scopes[-2 - owner], NOWHERE)

    def _leave(self, start: int) -> None:
        while self._levels and self._levels[-1].end <= start:
            gone = self._levels.pop()
            if gone.kind != WRAPPER:
                self._mark(gone.end)

    def _leave_siblings(self, raw: Raw) -> None:
        """Several names of one declaration do not stand in each other."""
        last = self._levels[-1] if self._levels else None
        if (
            last is not None
            and last.kind != WRAPPER
            and (last.start, last.end) == (raw.start, -raw.before_end)
        ):
            self._levels.pop()

    def _mark(self, byte: int) -> None:
        """From this byte on the levels as they are now hold the text."""
        self._starts.append(byte)
        self._owners.append(self._levels[-1].owner if self._levels else NOWHERE)
        holder = NOWHERE
        for level in reversed(self._levels):
            if level.kind not in _VALUES and level.kind != WRAPPER:
                holder = max(level.owner, NOWHERE)
                break
        self._holders.append(holder)

    def _enter(self, raw: Raw, names: frozenset[str]) -> None:
        name, owner, exports = self._text.name(raw)
        if not name or (names and name not in names) or len(self._levels) > _DEEPEST:
            return
        around, wrapped, exported = self._surroundings(-raw.before_end)
        if raw.kind == "field" or owner == "this":
            around = self._type_around(around)
            owner = "" if owner == "this" else owner
        level = self._levels[around] if around >= 0 else _Level(0, 0, NOWHERE, "", "")
        if raw.kind == SCOPE:
            self._scopes.append(f"{level.prefix}{name}")
            self._push(raw, -1 - len(self._scopes), SCOPE, f"{level.prefix}{name}.")
            return
        kind = _kind(KINDS[raw.kind], name, bool(owner) or level.kind in _TYPES)
        qualified = f"{level.prefix}{owner}.{name}" if owner else f"{level.prefix}{name}"
        if kind in _NAMED_ONCE and qualified in self._values:
            return
        self._values.add(qualified)
        exported = exports or self._exported(raw, name, exported or level.exports, level.kind)
        self._drafts.append(
            _Draft(
                name,
                qualified,
                kind,
                raw,
                level.owner,
                owner=f"{level.prefix}{owner}" if owner else "",
                exported=exported and not self._hidden_by(around, level),
                first_row=wrapped if wrapped >= 0 else raw.node.start_point.row,
                last_row=last_row(raw.node),
                wrapped=wrapped >= 0,
            )
        )
        self._push(raw, len(self._drafts) - 1, kind, f"{qualified}.")

    def _push(self, raw: Raw, owner: int, kind: str, prefix: str) -> None:
        exports = "implements" in raw.captures
        self._levels.append(_Level(raw.start, -raw.before_end, owner, kind, prefix, exports=exports))
        self._mark(raw.start)

    def _hidden_by(self, around: int, level: _Level) -> bool:
        """Whether what stands there is local to a function, or in a type that is hidden itself."""
        if any(one.kind in _CODE for one in self._levels[: around + 1]):
            return True
        return level.owner >= 0 and level.kind in _TYPES and not self._drafts[level.owner].exported

    def _surroundings(self, end: int) -> tuple[int, int, bool]:
        """The level of the definition around, the row of what wraps this definition (-1 for nothing), and
        whether a wrapper exports it."""
        row, exported, place = -1, False, len(self._levels) - 1
        while place >= 0 and self._levels[place].kind == WRAPPER:
            wrapper = self._levels[place]
            exported = exported or wrapper.exports
            if wrapper.end - end <= 1:
                row = wrapper.row
            place -= 1
        return place, row, exported

    def _type_around(self, place: int) -> int:
        """The level of the innermost type, for what a constructor declares; the same where there is none."""
        inner = place
        while inner >= 0 and self._levels[inner].kind in _CODE | {WRAPPER}:
            inner -= 1
        return inner if inner >= 0 and self._levels[inner].kind in _TYPES else place

    def _exported(self, raw: Raw, name: str, wrapped: bool, inside: str) -> bool:
        if self._facts.exporters:
            return wrapped or inside in _TYPES
        if wrapped or inside in _ALL_PUBLIC:
            return True
        if self._facts.public and not re.match(self._facts.public, name):
            return False
        if not self._facts.hidden and not self._facts.shown:
            return True
        head = self._text.head(raw)
        if self._facts.hidden and re.search(self._facts.hidden, head):
            return False
        return not self._facts.shown or bool(re.search(self._facts.shown, head))

    def _finished(self, draft: _Draft, ordinals: dict[str, int]) -> Definition:
        raw = draft.raw
        line, column = self._source.place(name_of(raw.captures, raw.kind))
        docstring, first = self._text.documentation(raw, draft.first_row, draft.wrapped)
        ordinal = ordinals.get(draft.qualified, 0)
        ordinals[draft.qualified] = ordinal + 1
        parent = draft.parent
        if draft.owner:
            parent = self._by_name.get(draft.owner, parent)
        elif parent < NOWHERE:
            parent = self._by_name.get(self._scopes[-2 - parent], NOWHERE)
        return Definition(
            draft.name, draft.qualified, cast(Kind, draft.kind), first + 1, draft.last_row + 1, line, column,
            signature(self._text.head(raw)), docstring, parent, ordinal, draft.exported,
        )  # fmt: skip

    def _raws(self, query: Compiled, matches: Sequence[Sequence[Captures]]) -> list[Raw]:
        """A name defines one thing: that of the first pattern that finds it."""
        found: dict[int, Raw] = {}
        imported: set[int] = set()
        wrappers = []
        for pattern, names in enumerate(query.captures):
            if "loader" in names:
                imported.update(self._loaded(matches[pattern]))
            kind = next((name for name in names if name in KINDS), None)
            if kind is None and WRAPPER not in names:
                continue
            for captures in matches[pattern]:
                chosen = next((name for name in captures if name in KINDS), WRAPPER)
                node = captures[chosen][0]
                raw = Raw(node.start_byte, -node.end_byte, pattern, chosen, captures)
                if kind is None:
                    wrappers.append(raw)
                    continue
                found.setdefault(name_of(captures, chosen).start_byte, raw)
        return wrappers + [raw for place, raw in found.items() if place not in imported]

    def _loaded(self, matches: Sequence[Captures]) -> Iterator[int]:
        """Where variables stand that are names of modules."""
        for captures in matches:
            if self._source.of(captures["loader"][0]) == LOADER and "as" in captures:
                yield captures["as"][0].start_byte


def _kind(kind: str, name: str, of_type: bool) -> str:
    if kind == "variable" and name.isupper() and len(name) > 1:
        return "constant"
    return "method" if kind == "function" and of_type else kind


def _outer_first(raw: Raw) -> tuple[int, int, int]:
    return raw.start, raw.before_end, raw.pattern
