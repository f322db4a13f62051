"""Outlines by tree-sitter, with the queries of the languages."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..core.outline import Definition, in_order
from ..languages import Language, Outline, language_of
from .queries import WRAPPER, Captures, Compiled, TooDeepError, compiled, kind_of, name_of
from .syntax import SyntaxTrees

if TYPE_CHECKING:
    from tree_sitter import Node, Tree

# Seconds for parsing one file. A thousand lines take ten milliseconds.
TIME_LIMIT = 0.5

# Longer texts, in characters, are data: nobody reads their outline.
LARGEST = 300_000

# Bytes of a definition that may be its signature.
_LONGEST_HEAD = 500


class TreeOutliner:
    """Implements ports.Outliner. May be used from several threads at once."""

    def __init__(self, trees: SyntaxTrees | None = None, timeout: float = TIME_LIMIT) -> None:
        self._trees = trees or SyntaxTrees()
        self._timeout = timeout
        self._queries: dict[str, Compiled] = {}

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
        return [] if tree is None else _definitions(self._query(language, facts, tree), tree, facts, text)

    def _query(self, language: Language, facts: Outline, tree: Tree) -> Compiled:
        query = self._queries.get(language.name)
        if query is None:
            query = self._queries[language.name] = compiled(tree.language, facts.query, facts.wrappers)
        return query


def _definitions(query: Compiled, tree: Tree, facts: Outline, text: bytes) -> list[Definition]:
    try:
        matches = [captures for found in query.matches(tree.root_node) for captures in found]
    except TooDeepError:
        return []
    wrappers = {
        _key(child): wrapper
        for captures in matches
        for wrapper in captures.get(WRAPPER, [])
        for child in wrapper.named_children
    }
    found: dict[tuple[int, int], Definition] = {}
    for captures in sorted((one for one in matches if WRAPPER not in one), key=_outer_first):
        one = _definition(captures, wrappers, text)
        if not facts.names or one.name in facts.names:
            found.setdefault((one.last, one.at), one)
    return in_order(list(found.values()))


def _definition(captures: Captures, wrappers: Mapping[tuple[int, int, str], Node], text: bytes) -> Definition:
    kind = kind_of(captures)
    node, name = captures[kind][0], name_of(captures, kind)
    written = _text(text, name.start_byte, name.end_byte).partition("\n")[0].strip("\"' \t")
    outer = node
    while (wrapper := wrappers.get(_key(outer))) is not None:
        outer = wrapper
    first, last = outer.start_point.row + 1, outer.end_point.row + 1
    # A node that ends with its line break ends before the next line.
    if outer.end_point.column == 0:
        last = max(last - 1, first)
    signature = _signature(node, captures.get("body"), text)
    return Definition(written, kind, first, last, name.start_point.row + 1, signature)


def _outer_first(captures: Captures) -> tuple[int, int]:
    """Of several definitions on one line the outermost has it."""
    node = captures[kind_of(captures)][0]
    return node.start_byte, -node.end_byte


def _key(node: Node) -> tuple[int, int, str]:
    return node.start_byte, node.end_byte, node.type


def _signature(node: Node, body: Sequence[Node] | None, text: bytes) -> str:
    """From the beginning of the definition to its body, else its first line; on one line, without a brace."""
    end = min(node.end_byte, node.start_byte + _LONGEST_HEAD)
    head = _text(text, node.start_byte, end).partition("\n")[0]
    if body and node.start_byte < body[0].start_byte <= end:
        head = _text(text, node.start_byte, body[0].start_byte)
    return " ".join(head.split()).removesuffix("{").rstrip()


def _text(text: bytes, start: int, end: int) -> str:
    return text[start:end].decode("utf-8", "replace")
