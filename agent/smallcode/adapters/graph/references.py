"""What a file uses: calls, imports, bases, and names that are made or declared with a type."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from ...core.graph.facts import NOWHERE, RESULT, Assignment, Base, Call, Import
from ...core.graph.names import (
    UNNAMED,
    chain_name,
    dotted,
    expression_name,
    receiver_name,
    type_name,
    without_generics,
)
from ...languages import Graph, Use
from ..queries import Captures, Compiled, inner_name
from .skeleton import LOADER, Skeleton
from .source import Source

if TYPE_CHECKING:
    from tree_sitter import Node

NARROWING = "isinstance"
"""The function that a name and a type are given to, to say that one is of the other."""

_PLACES = ("first", "second", "third")
_CONSTRUCTING = frozenset({"new", "literal"})
# What is said of an import beside its module, the first of which is its place.
_ROLES = ("imported", "given", "as", "default")
_PARTS = frozenset(_ROLES)
_QUOTES = "\"'`"

# Bytes. What is longer is no name, and is not cut out of the text to find that out.
_LONGEST_RECEIVER = 160


class References:
    """Of one file whose definitions are known."""

    def __init__(
        self,
        facts: Graph,
        source: Source,
        skeleton: Skeleton,
        query: Compiled,
        matches: Sequence[Sequence[Captures]],
    ) -> None:
        self._facts = facts
        self._source = source
        self._skeleton = skeleton
        self._patterns = list(zip(query.captures, matches, strict=True))

    def calls(self) -> tuple[Call, ...]:
        found = {
            node.start_byte: self._call(node, role, captures)
            for role in ("call", "new", "component", "literal")
            for captures in self._with(role)
            for node in captures[role][:1]
        }
        return tuple(call for _, call in sorted(found.items()) if call is not None)

    def _call(self, node: Node, role: str, captures: Captures) -> Call | None:
        source, separators = self._source, self._facts.separators
        name = source.of(node) if node.end_byte - node.start_byte < _LONGEST_RECEIVER else ""
        receiver = ""
        if not name.isidentifier():
            written = without_generics(name) if role in _CONSTRUCTING else name
            receiver, _, name = expression_name(written, separators).rpartition(".")
        if not name or (role == "component" and name[0].islower()):
            return None
        objects = captures.get("receiver")
        if objects:
            start, end = objects[0].start_byte, objects[0].end_byte
            receiver = UNNAMED
            if end - start < _LONGEST_RECEIVER:
                receiver = receiver_name(source.cut(start, end), separators)
        line, column = source.place(_last_name(node))
        within = self._skeleton.within(node.start_byte)
        return Call(name, receiver, line, column, within, role in _CONSTRUCTING)

    def bases(self) -> tuple[Base, ...]:
        found = {}
        for captures in self._with("base"):
            node = captures["base"][0]
            definition = self._skeleton.described(node.start_byte)
            name = dotted(without_generics(self._source.of(node)), self._facts.separators)
            name = name or type_name(self._source.of(node), self._facts.separators)
            if name and definition != NOWHERE:
                found[node.start_byte] = Base(definition, name)
        return tuple(dict.fromkeys(base for _, base in sorted(found.items())))

    def assignments(self) -> tuple[Assignment, ...]:
        found = {}
        for captures in self._with("target"):
            if "narrowing" in captures and self._source.of(captures["narrowing"][0]) != NARROWING:
                continue
            for one in self._assignment(captures):
                place = inner_name(captures["target"][0]).start_byte
                found[(place, one.target, one.value)] = one
        shared = {
            (self._skeleton.within(node.start_byte), self._source.of(node))
            for captures in self._with("global")
            for node in captures["global"]
        }
        return tuple(
            replace(one, within=NOWHERE) if (one.within, one.target) in shared else one
            for _, one in sorted(found.items())
        )

    def _assignment(self, captures: Captures) -> Iterator[Assignment]:
        node = inner_name(captures["target"][0])
        target = self._source.of(node)
        target = RESULT if target == "=>" else dotted(target, self._facts.separators)
        role = next(role for role in ("made", "typed", "same", "listed") if role in captures)
        valued = captures[role][0]
        text = self._source.of(valued) if valued.end_byte - valued.start_byte < _LONGEST_RECEIVER else ""
        if role == "listed":
            value = text.strip(_QUOTES) if target == "__all__" else ""
        elif role == "typed":
            value = type_name(text, self._facts.separators, self._facts.transparent)
        else:
            separators = self._facts.separators
            value = expression_name(text, separators) or chain_name(text, separators)
            value = f"{value}().__enter__" if value and "entered" in captures else value
        place = next((number for number, name in enumerate(_PLACES) if name in captures), None)
        called = role == "made"
        if place is not None and target == RESULT:
            target = f"{RESULT}.{place}"
        elif place is not None and self._is_several(captures[_PLACES[place]][0]):
            value, called = f"{value}().{place}" if value else "", False
        elif place is not None:
            return
        if not target or not value or (role == "typed" and self._is_function(captures["target"][0])):
            return
        line = node.start_point.row + 1
        # A field belongs to its type, a parameter to its function: whichever stands around it.
        within = self._skeleton.within(node.start_byte)
        until = captures["until"][0].end_point.row + 1 if "until" in captures else 0
        yield Assignment(target, value, line, within, called, role == "typed", until)
        if "own" in captures:
            yield Assignment(f"this.{target}", value, line, within, role == "made", role == "typed")

    def _is_several(self, targets: Node) -> bool:
        """Whether these are targets, and not the parts of one."""
        return targets.type in ("pattern_list", "tuple_pattern")

    def _is_function(self, declarator: Node) -> bool:
        return declarator.child_count > 0 and "(" in self._source.of(declarator)

    def imports(self) -> tuple[Import, ...]:
        found = {}
        statements = self._statements()
        for captures in self._with("from") + self._with("level"):
            node = (captures.get("level") or captures["from"])[0]
            if "statement" in captures or not self._loads(captures):
                continue
            place = (captures.get("imported") or captures.get("as") or [node])[0].start_byte
            found[place] = self._import(captures, node)
        for captures in self._apart():
            node = _first(captures)
            statement = statements.around(node.start_byte)
            if statement is not None:
                found[node.start_byte] = self._import(captures, statement["from"][0], statement)
            elif "given" in captures and (given := self._given(captures)) is not None:
                found.setdefault(node.start_byte, given)
        for captures in statements.without_parts():
            found[captures["from"][0].start_byte] = self._import(captures, captures["from"][0])
        listed = [one for _, one in sorted(found.items())]
        return tuple(sorted([*listed, *self._from_statements()], key=attrgetter("line")))

    def _statements(self) -> _Statements:
        return _Statements([one for one in self._with("statement") if "from" in one])

    def _apart(self) -> list[Captures]:
        """What is imported or exported and was matched without its module."""
        return [
            captures
            for names, matches in self._patterns
            if names & _PARTS and not names & {"from", "level"}
            for captures in matches
        ]

    def _loads(self, captures: Captures) -> bool:
        return "loader" not in captures or self._source.of(captures["loader"][0]) == LOADER

    def _import(self, captures: Captures, node: Node, statement: Captures | None = None) -> Import:
        written = self._source.of(node).strip(_QUOTES)
        module = written.lstrip(".") if "level" in captures else written
        level = len(written) - len(module) if "level" in captures else 0
        name = self._text(captures, "imported") or self._text(captures, "given")
        alias = self._text(captures, "as")
        if "default" in captures:
            name, alias = "default", self._text(captures, "default")
        elif not alias and (name or self._facts.open):
            alias = name or module
        within = self._skeleton.within(node.start_byte)
        reexport = self._facts.open and within == NOWHERE
        if statement is not None:
            reexport = statement["statement"][0].type in self._facts.exporters
        return Import(module.strip(), name, alias, node.start_point.row + 1, level, reexport, within)

    def _given(self, captures: Captures) -> Import | None:
        """A name of this file that other files can import, from the module "" that is the file itself."""
        node = captures["given"][0]
        name = self._source.of(node)
        alias = "default" if "default" in captures else self._text(captures, "as") or name
        if "exports" in captures:
            left = self._source.of(captures["exports"][0])
            owner, _, member = left.rpartition(".")
            whole = left in self._facts.exporting_owners
            if not whole and owner not in self._facts.exporting_owners:
                return None
            if not self._inside_object(captures):
                alias = "default" if whole else member
            elif not whole:
                return None
        return Import("", name, alias, node.start_point.row + 1, reexport=True)

    def _inside_object(self, captures: Captures) -> bool:
        """Whether it stands in ``module.exports = { name }``, of which a brace tells."""
        start, end = captures["exports"][0].end_byte, captures["given"][0].start_byte
        return b"{" in self._source.text[start:end]

    def _from_statements(self) -> Iterator[Import]:
        if self._facts.uses is None:
            return
        for captures in self._with("uses"):
            node = captures["uses"][0]
            within = self._skeleton.within(node.start_byte)
            uses: Sequence[Use] = self._facts.uses(self._source.of(node))
            for module, name, alias, reexport in uses:
                yield Import(module, name, alias, node.start_point.row + 1, 0, reexport, within)

    def package(self) -> str:
        names = [self._source.of(captures["package"][0]) for captures in self._with("package")]
        return dotted(names[0], self._facts.separators) if names else ""

    def _text(self, captures: Captures, role: str) -> str:
        return self._source.of(captures[role][0]).strip(_QUOTES) if role in captures else ""

    def _with(self, role: str) -> list[Captures]:
        return [
            captures
            for names, matches in self._patterns
            if role in names
            for captures in matches
            if role in captures
        ]


class _Statements:
    """Statements that import from one module each, to find the one around a name."""

    def __init__(self, statements: list[Captures]) -> None:
        self._statements = sorted(statements, key=_start)
        self._starts = [_start(one) for one in self._statements]
        self._with_parts: set[int] = set()

    def around(self, byte: int) -> Captures | None:
        index = bisect_right(self._starts, byte) - 1
        if index < 0 or self._statements[index]["statement"][0].end_byte <= byte:
            return None
        self._with_parts.add(index)
        return self._statements[index]

    def without_parts(self) -> list[Captures]:
        return [one for index, one in enumerate(self._statements) if index not in self._with_parts]


def _start(captures: Captures) -> int:
    return captures["statement"][0].start_byte


def _first(captures: Captures) -> Node:
    return next(captures[role][0] for role in _ROLES if role in captures)


def _last_name(node: Node) -> Node:
    """Where the last part of ``a::b<T>`` stands."""
    while (inner := node.child_by_field_name("name") or node.child_by_field_name("type")) is not None:
        node = inner
    return node
