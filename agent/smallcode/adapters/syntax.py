"""Parsing with tree-sitter.

The library and the grammars are native modules that are imported when they are first needed; a grammar loads
in under a millisecond. They run in this process: what bounds them is the size of the text and a deadline.
"""

from __future__ import annotations

import importlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..languages import Grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Language as Loaded
    from tree_sitter import Node, Tree

# The parser asks for the text piece by piece, and between two pieces other threads run: parsing from one
# piece of 2 MB held up the event loop for 262 ms, from pieces of 4 kB for 12.
_PIECE = 4096


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """A place that the grammar could not read. Lines count from 1; ``missing`` is what should stand there,
    "" where there is something that should not, which ``text`` begins."""

    first: int
    last: int
    missing: str
    text: str


class SyntaxTrees:
    """Trees for the grammars of the languages. May be used from several threads at once."""

    def __init__(self) -> None:
        self._loaded: dict[Grammar, Loaded | None] = {}

    def loads(self, grammar: Grammar) -> bool:
        """Whether the grammar is installed and fits the library."""
        return self._load(grammar) is not None

    def parse(self, grammar: Grammar, text: bytes, timeout: float, edited: Tree | None = None) -> Tree | None:
        """The tree of a UTF-8 text; None where the grammar is not installed or ``timeout`` seconds were not
        enough. ``edited`` is the tree of an earlier text that was told of all edits since. Blocks."""
        language = self._load(grammar)
        if language is None:
            return None
        from tree_sitter import Parser  # noqa: PLC0415 - a native module that not every session needs

        ends = time.monotonic() + timeout

        def read(offset: int, _point: object) -> bytes:
            return text[offset : offset + _PIECE]

        def late(_offset: int, _broken: bool) -> bool:
            return time.monotonic() > ends

        try:
            if edited is None:
                return Parser(language).parse(read, progress_callback=late)
            return Parser(language).parse(read, edited, progress_callback=late)
        except ValueError:
            # The parser's only word for having been stopped.
            return None

    def faults(self, grammar: Grammar, tree: Tree, limit: int) -> list[SyntaxFault]:
        """The outermost places that could not be read, in the order of the text, ``limit`` at most."""
        found = [_fault(node) for node in _broken(tree, limit)]
        found += [_fault(node) for node in self._marked(grammar, tree)]
        return sorted(found, key=lambda fault: fault.first)[:limit]

    def _marked(self, grammar: Grammar, tree: Tree) -> list[Node]:
        if not grammar.error_kinds:
            return []
        from tree_sitter import Query, QueryCursor  # noqa: PLC0415

        query = Query(tree.language, " ".join(f"({kind}) @fault" for kind in grammar.error_kinds))
        return QueryCursor(query).captures(tree.root_node).get("fault", [])

    def _load(self, grammar: Grammar) -> Loaded | None:
        if grammar not in self._loaded:
            self._loaded[grammar] = _import(grammar)
        return self._loaded[grammar]


def _import(grammar: Grammar) -> Loaded | None:
    """A grammar too old or too new for the library counts as not installed."""
    try:
        from tree_sitter import Language  # noqa: PLC0415

        module: Any = importlib.import_module(grammar.module)
        return Language(getattr(module, grammar.function)())
    except (ImportError, AttributeError, ValueError):
        return None


def _broken(tree: Tree, limit: int) -> Iterator[Node]:
    """Goes down only where the tree says that something is broken, and not into what is."""
    waiting = [tree.root_node] if tree.root_node.has_error else []
    while waiting and limit > 0:
        node = waiting.pop()
        # A root that is an error itself holds the whole file: what is broken is in it.
        inside = [child for child in node.children if child.has_error or child.is_missing]
        if node.is_missing or (node.is_error and not (node.parent is None and inside)):
            limit -= 1
            yield node
        elif node.has_error:
            waiting.extend(reversed(inside))


def _fault(node: Node) -> SyntaxFault:
    text = (node.text or b"").decode("utf-8", "replace").strip()
    return SyntaxFault(
        node.start_point.row + 1,
        node.end_point.row + 1,
        node.type if node.is_missing else "",
        text.partition("\n")[0].strip(),
    )
