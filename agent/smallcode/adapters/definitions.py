"""The names that a file defines, by the grammar of its language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..languages import language_of
from .syntax import SyntaxTrees

if TYPE_CHECKING:
    from tree_sitter import Node

PARSE_LIMIT = 0.25
"""Seconds; who asks waits for it."""

MOST_BYTES = 500_000

# What grammars call a definition. One that is only named, as in ``struct point p``, has no body.
_DEFINES = re.compile(
    r"(?:(?:async_|generator_|abstract_)?(?:function|method|class|interface|struct|enum|union|trait|record"
    r"|type_alias|type|constructor|module|internal_module|namespace|mod|singleton)"
    r"(?:_definition|_declaration|_item|_specifier|_spec|_method)|class|module|method)\Z"
)
_NEEDS_BODY = re.compile(r".*_specifier\Z")
_FUNCTION_VALUES = frozenset({"arrow_function", "function_expression", "generator_function"})
_NAMES = frozenset({"identifier", "field_identifier", "qualified_identifier", "destructor_name"})


class TreeDefinitions:
    """Implements ``ports.Syntax``."""

    def __init__(self, trees: SyntaxTrees | None = None) -> None:
        self._trees = trees or SyntaxTrees()

    def definitions(self, path: str, content: str) -> Sequence[str] | None:
        """As in the port; None too where the file is too large, or its grammar cannot read all of it."""
        language = language_of(path, content)
        text = content.encode("utf-8", "replace")
        if language is None or language.grammar is None or len(text) > MOST_BYTES:
            return None
        tree = self._trees.parse(language.grammar, text, PARSE_LIMIT)
        if tree is None or tree.root_node.has_error:
            return None
        return [name for node in _all(tree.root_node) if (name := _defined(node))]


def _all(root: Node) -> Iterator[Node]:
    """Every named node in the order of the text."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.named_children))


def _defined(node: Node) -> str:
    """The name that a node defines, "" where it defines none."""
    if node.type == "variable_declarator":
        value = node.child_by_field_name("value")
        defines = value is not None and value.type in _FUNCTION_VALUES
    else:
        defines = bool(_DEFINES.match(node.type))
    if not defines or (_NEEDS_BODY.match(node.type) and node.child_by_field_name("body") is None):
        return ""
    name = node.child_by_field_name("name") or _declared(node)
    return "" if name is None or name.text is None else name.text.decode("utf-8", "replace")


def _declared(node: Node) -> Node | None:
    """The name inside a declarator, as C and C++ nest them."""
    inner: Node | None = node
    while inner is not None and inner.type not in _NAMES:
        inner = inner.child_by_field_name("declarator")
    return inner
