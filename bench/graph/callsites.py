"""Call sites and definitions of Python files, as the standard library's parser sees them.

Nothing here knows the graph: what is measured must not choose what it is measured on.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from pathlib import Path


def python_sites(root: Path) -> list[tuple[str, int, int, str]]:
    """(path, line, column, name) of each call of a name or an attribute, at that name; lines count from 1,
    columns from 0 in characters. Files that this Python cannot parse have none."""
    found = []
    for path in sorted(root.rglob("*.py")):
        tree, lines = parsed(path)
        if tree is None:
            continue
        relative = path.relative_to(root).as_posix()
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                found += [(relative, *place) for place in _callee(node.func, lines)]
    return sorted(set(found))


def parsed(path: Path) -> tuple[ast.Module | None, list[str]]:
    try:
        text = path.read_text("utf-8")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text), text.split("\n")
    except (SyntaxError, ValueError, OSError):
        return None, []


def _callee(function: ast.expr, lines: list[str]) -> Iterator[tuple[int, int, str]]:
    if isinstance(function, ast.Name):
        yield function.lineno, characters(lines[function.lineno - 1], function.col_offset), function.id
    elif isinstance(function, ast.Attribute):
        line = function.end_lineno or function.lineno
        end = characters(lines[line - 1], function.end_col_offset or 0)
        yield line, end - len(function.attr), function.attr


def characters(line: str, octets: int) -> int:
    """The column in characters of a column in UTF-8 bytes."""
    return len(line.encode("utf-8")[:octets].decode("utf-8", "replace"))


def python_kinds(path: Path) -> dict[tuple[int, int], str]:
    """What is defined where: the place of each name of a class, function or method, and which it is."""
    tree, lines = parsed(path)
    kinds: dict[tuple[int, int], str] = {}
    if tree is not None:
        _definitions(tree, lines, "", kinds)
    return kinds


def _definitions(node: ast.AST, lines: list[str], around: str, kinds: dict[tuple[int, int], str]) -> None:
    for child in ast.iter_child_nodes(node):
        inside = around
        if isinstance(child, ast.ClassDef):
            kinds[_name(child, "class", lines)] = inside = "class"
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            kinds[_name(child, "def", lines)] = "method" if around == "class" else "function"
            inside = "function"
        _definitions(child, lines, inside, kinds)


def _name(
    node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef, keyword: str, lines: list[str]
) -> tuple[int, int]:
    """A definition's own line is that of its keyword; the name follows it on the same line but for a
    backslash in between."""
    text = lines[node.lineno - 1]
    start = characters(text, node.col_offset)
    after = text.find(keyword, start) + len(keyword)
    return node.lineno, text.find(node.name, after)
