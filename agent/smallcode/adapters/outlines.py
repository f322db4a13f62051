"""Outlines by tree-sitter, with the queries of the languages."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..core.outline import Definition, in_order
from ..languages import Outline, language_of
from .syntax import SyntaxTrees

if TYPE_CHECKING:
    from tree_sitter import Node, Tree

# Seconds for parsing one file. A thousand lines take ten milliseconds.
TIME_LIMIT = 0.5

# Longer texts, in characters, are data: nobody reads their outline.
LARGEST = 300_000

# Bytes of a definition that may be its signature.
_LONGEST_HEAD = 500

# The capture of what belongs to the definition inside it.
_WRAPPER = "wrapper"

# Values that make the variable they are put into a definition, and have a body.
_FUNCTIONS = frozenset({"arrow_function", "function_expression", "class"})


class TreeOutliner:
    """Implements ports.Outliner. May be used from several threads at once."""

    def __init__(self, trees: SyntaxTrees | None = None, timeout: float = TIME_LIMIT) -> None:
        self._trees = trees or SyntaxTrees()
        self._timeout = timeout

    async def outline(self, path: str, content: str) -> Sequence[Definition]:
        return await asyncio.to_thread(self.outline_now, path, content)

    def outline_now(self, path: str, content: str) -> list[Definition]:
        """The same, without a thread. Blocks for ``timeout`` seconds at most."""
        language = language_of(path, content)
        facts = language.outline if language is not None else None
        if language is None or facts is None or len(content) > LARGEST:
            return []
        grammar = facts.grammar or language.grammar
        if grammar is None:
            return []
        # Line ends that are no LF would be counted otherwise by the grammar than by the tools.
        text = content.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
        tree = self._trees.parse(grammar, text, self._timeout)
        return [] if tree is None else _definitions(tree, facts, text)


def _definitions(tree: Tree, facts: Outline, text: bytes) -> list[Definition]:
    """No progress callback and no predicate in the queries: py-tree-sitter 0.26 crashes with the first, and
    with the second reads the text through the parser's callback. Nor are nodes asked for their parents, which
    read freed memory in 0.26.0."""
    from tree_sitter import Query, QueryCursor  # noqa: PLC0415 - a native module that not every session needs

    wrapping = " ".join(f"({kind}) @{_WRAPPER}" for kind in facts.wrappers)
    query = Query(tree.language, facts.query + wrapping)
    matches = [captures for _, captures in QueryCursor(query).matches(tree.root_node)]
    wrappers = {
        _key(child): wrapper
        for captures in matches
        for wrapper in captures.get(_WRAPPER, [])
        for child in wrapper.named_children
    }
    found: dict[tuple[int, int], Definition] = {}
    for captures in matches:
        if _WRAPPER in captures:
            continue
        kind = next(name for name in captures if name != "name")
        one = _definition(kind, captures[kind][0], captures.get("name", captures[kind])[0], wrappers, text)
        if not facts.names or one.name in facts.names:
            found.setdefault((one.last, one.at), one)
    return in_order(list(found.values()))


def _definition(
    kind: str, node: Node, name: Node, wrappers: Mapping[tuple[int, int, str], Node], text: bytes
) -> Definition:
    name = _inner_name(name)
    written = _text(text, name.start_byte, name.end_byte).partition("\n")[0].strip("\"' \t")
    outer = node
    while (wrapper := wrappers.get(_key(outer))) is not None:
        outer = wrapper
    first, last = outer.start_point.row + 1, outer.end_point.row + 1
    # A node that ends with its line break ends before the next line.
    if outer.end_point.column == 0:
        last = max(last - 1, first)
    return Definition(written, kind, first, last, name.start_point.row + 1, _signature(node, text))


def _key(node: Node) -> tuple[int, int, str]:
    return node.start_byte, node.end_byte, node.type


def _inner_name(node: Node) -> Node:
    """The name itself of a declarator, which has stars, arguments and array sizes around it."""
    while (inner := node.child_by_field_name("declarator")) is not None:
        node = inner
    return node


def _signature(node: Node, text: bytes) -> str:
    """From the beginning of the definition to its body, else its first line; on one line, without a brace."""
    body = _body(node)
    end = min(node.end_byte, node.start_byte + _LONGEST_HEAD)
    head = _text(text, node.start_byte, end).partition("\n")[0]
    if body is not None and node.start_byte < body.start_byte <= end:
        head = _text(text, node.start_byte, body.start_byte)
    return " ".join(head.split()).removesuffix("{").rstrip()


def _body(node: Node) -> Node | None:
    body = node.child_by_field_name("body")
    if body is not None:
        return body
    for child in node.named_children:
        value = child.child_by_field_name("value") or child
        if value.type in _FUNCTIONS:
            return value.child_by_field_name("body")
    return None


def _text(text: bytes, start: int, end: int) -> str:
    return text[start:end].decode("utf-8", "replace")
