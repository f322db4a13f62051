"""What the grammar says of a change, where no checker could judge the file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...core.problems import Changed, Found, blamed, changed_lines, found_in, new_problems, pointed
from ...core.textdiff import split_lines
from ...languages import Grammar
from ...messages import Problem
from ..syntax import SyntaxFault, SyntaxTrees
from .source import Source

# Seconds for one parse. A thousand lines take a few milliseconds; what takes this long is no source.
PARSE_LIMIT = 0.5

# Errors that are looked at. A file with more is not in this language at all.
MOST = 50

# Characters of the text that is quoted.
_QUOTED = 40

_TEMPLATE = re.compile(r"\{\{|\{%|<%|<\?php|\$\{\{")


def judge(trees: SyntaxTrees, before: Source | None, after: Source) -> list[Found]:
    """Errors that the change brought in. Blocks.

    A tree that has errors already is built otherwise by every change, so that errors appear far from it:
    there only those count that the changed lines touch. A grammar that is not reliable, and any that reads a
    template, has a say only where it could read the file before.
    """
    grammar = after.language.grammar
    if grammar is None:
        return []
    found = _found(trees, grammar, after)
    if not found:
        return []
    doubtful = not grammar.reliable or (after.language.templated and _TEMPLATE.search(after.content))
    if before is None:
        return [] if doubtful else found
    known = _found(trees, grammar, before)
    if known is None or (known and doubtful):
        return []
    changed = changed_lines(before.content, after.content)
    fresh = new_problems(known, found)
    if known:
        fresh = blamed(fresh, changed)
    return _pointed(fresh, changed, after)


def _pointed(found: Sequence[Found], changed: Changed, after: Source) -> list[Found]:
    lines = split_lines(after.content)
    return [pointed(one, changed, lines) for one in found]


def _found(trees: SyntaxTrees, grammar: Grammar, source: Source) -> list[Found] | None:
    """None where the grammar is not installed or takes too long."""
    tree = trees.parse(grammar, source.content.encode("utf-8", "replace"), PARSE_LIMIT)
    if tree is None:
        return None
    if not tree.root_node.has_error and not grammar.error_kinds:
        return []
    lines = split_lines(source.content)
    return [
        found_in(_problem(source, fault), lines, fault.last) for fault in trees.faults(grammar, tree, MOST)
    ]


def _problem(source: Source, fault: SyntaxFault) -> Problem:
    quoted = fault.text if len(fault.text) <= _QUOTED else f"{fault.text[:_QUOTED]}…"
    message = "syntax error"
    if fault.missing:
        message += f": missing `{fault.missing}`"
    elif fault.last > fault.first:
        message += f" somewhere in lines {fault.first} to {fault.last}"
    elif quoted:
        message += f" at `{quoted}`"
    return source.problem(fault.first, message, "syntax")
