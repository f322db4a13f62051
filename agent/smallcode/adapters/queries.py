"""Queries of the languages, compiled once for each grammar, and what their patterns are for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tree_sitter import Language as Loaded
    from tree_sitter import Node, Query

WRAPPER = "wrapper"
"""The capture of what belongs to the definition inside it."""

PARTS = frozenset({"name", "default", "body", "owner", "implements"})
"""Captures of a definition beside itself, which is captured under its kind."""

Captures = dict[str, list["Node"]]

# Declarators whose inner one has no field.
_UNFIELDED = frozenset({"reference_declarator", "parenthesized_declarator"})

# Matches that may wait for their end at once. Each is held against each node inside it and against the
# others, and nothing can stop a query: a chain of calls would take n² steps, and patterns that wait for each
# name of a list n³. Beyond the limit the outermost matches are lost. Of 2,471 files of real code two needed
# more than 64, none 256.
_UNFINISHED = 256

# tree-sitter counts in 16 bits how deep a match stands, and goes on for ever beyond. Half of that is kept.
_DEEPEST = 32_000

_CAPTURE = re.compile(r"@([\w.]+)")


class TooDeepError(ValueError):
    """No query may be run on this tree."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A query with the captures of each of its patterns, in the order of the patterns."""

    query: Query
    captures: tuple[frozenset[str], ...]

    def matches(self, root: Node) -> list[list[Captures]]:
        """The matches of each pattern. No progress callback and no predicate: py-tree-sitter 0.26 crashes
        with the first, and with the second reads the text through the parser's callback.
        Raises TooDeepError."""
        from tree_sitter import QueryCursor  # noqa: PLC0415 - a native module that not every session needs

        if _is_too_deep(root):
            raise TooDeepError(f"it is nested more than {_DEEPEST:,} levels deep")
        found: list[list[Captures]] = [[] for _ in self.captures]
        for pattern, captures in QueryCursor(self.query, match_limit=_UNFINISHED).matches(root):
            if captures:
                found[pattern].append(captures)
        return found


def compiled(language: Loaded, text: str, wrappers: tuple[str, ...] = ()) -> Compiled:
    """Raises ValueError where the query does not fit the grammar, as one of another version."""
    from tree_sitter import Query  # noqa: PLC0415 - a native module that not every session needs

    source = text + "\n" + "\n".join(f"({kind}) @{WRAPPER}" for kind in wrappers)
    query: Any = Query(language, source)
    encoded = source.encode()
    patterns = [
        encoded[query.start_byte_for_pattern(index) : query.end_byte_for_pattern(index)].decode()
        for index in range(query.pattern_count)
    ]
    return Compiled(query, tuple(frozenset(_CAPTURE.findall(pattern)) for pattern in patterns))


def _is_too_deep(root: Node) -> bool:
    """Walks through large trees alone; others cannot be as deep. 0.2 µs a node."""
    if root.descendant_count <= _DEEPEST:
        return False
    cursor = root.walk()
    depth = 0
    while depth <= _DEEPEST:
        if cursor.goto_first_child():
            depth += 1
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return False
            depth -= 1
    return True


def name_of(captures: Captures, kind: str) -> Node:
    """The node of a definition's name; the definition itself where it has none."""
    return inner_name((captures.get("name") or captures.get("default") or captures[kind])[0])


def kind_of(captures: Captures) -> str:
    """Under which kind a definition was captured."""
    return next(name for name in captures if name not in PARTS)


def inner_name(node: Node) -> Node:
    """The name itself of a declarator, which has stars, arguments and array sizes around it."""
    while node.child_count:
        inner = node.child_by_field_name("declarator")
        if inner is None and node.type in _UNFIELDED:
            inner = next(iter(node.named_children), None)
        if inner is None:
            break
        node = inner
    return node
