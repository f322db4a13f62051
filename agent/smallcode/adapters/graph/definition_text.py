"""What a definition is called, what it looks like, and what is written about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...core.graph.docs import above, docstring_at
from ...core.graph.names import LONGEST_NAME, dotted, type_name, without_generics
from ...languages import Graph
from ..queries import Captures, name_of
from .source import Source

if TYPE_CHECKING:
    from tree_sitter import Node

SCOPE = "impl"
"""What holds the methods of a type that is defined elsewhere."""

# Kinds whose names are no identifiers.
_DATA = frozenset({"heading", "key", "selector", "element", "rule", "table"})

# Bytes of a definition that may be its signature, and of its body that may hold its documentation.
_LONGEST_HEAD = 800
_LONGEST_DOCUMENTATION = 2000


class Raw(NamedTuple):
    """Sorted, the outer stand before the inner."""

    start: int
    before_end: int
    pattern: int
    kind: str
    captures: Captures

    @property
    def node(self) -> Node:
        return self.captures[self.kind][0]


class DefinitionText:
    """Reads one file."""

    def __init__(self, facts: Graph, source: Source) -> None:
        self._facts = facts
        self._source = source

    def name(self, raw: Raw) -> tuple[str, str, bool]:
        """The name, the type that it belongs to (or "this"), and whether the owner exports it."""
        if "default" in raw.captures:
            return "default", "", True
        named = name_of(raw.captures, raw.kind)
        start = named.start_byte
        text = self._source.cut(start, min(named.end_byte, start + LONGEST_NAME * 2)).partition("\n")[0]
        if raw.kind in _DATA:
            return text.strip("\"' \t{"), "", False
        if text.isidentifier() and "owner" not in raw.captures:
            return text, "", False
        text = without_generics(text).strip("\"'` \t")
        for separator in self._facts.separators:
            text = text.replace(separator, ".")
        owner, _, name = ("", "", text) if raw.kind == SCOPE else text.rpartition(".")
        return self._owned(raw, owner, name) if "owner" in raw.captures else (name, owner, False)

    def _owned(self, raw: Raw, owner: str, name: str) -> tuple[str, str, bool]:
        written = self._source.of(raw.captures["owner"][0])
        if written in self._facts.exporting_owners:
            return ("default" if f"{written}.{name}" in self._facts.exporting_owners else name), "", True
        owner = type_name(without_generics(written), self._facts.separators).removesuffix(".prototype")
        return name, owner or dotted(written, self._facts.separators), False

    def head(self, raw: Raw) -> str:
        node = raw.node
        start = node.start_byte
        end = min(node.end_byte, start + _LONGEST_HEAD)
        body = raw.captures.get("body")
        if body and start < body[0].start_byte <= end:
            return self._source.cut(start, body[0].start_byte)
        return self._source.cut(start, end).partition("\n")[0]

    def documentation(self, raw: Raw, row: int, wrapped: bool) -> tuple[str, int]:
        style = self._facts.documentation
        if style == "string":
            body = raw.captures.get("body")
            if not body:
                return "", row
            start = body[0].start_byte
            text = self._source.cut(start, min(body[0].end_byte, start + _LONGEST_DOCUMENTATION))
            return (docstring_at(text) if text[:1] in "\"'rRuUbB" else ""), row
        if not style or not (wrapped or self._begins_line(raw.node, row)):
            return "", row
        return above(self._source.lines, row, style)

    def _begins_line(self, node: Node, row: int) -> bool:
        """What does not cannot be what the comment above is about."""
        line = self._source.lines[row]
        return node.start_point.row != row or len(line) - len(line.lstrip()) == node.start_point.column


def last_row(node: Node) -> int:
    """A node that ends with its line break ends before the next line."""
    row, column = node.end_point
    return row if column else max(row - 1, node.start_point.row)
