"""Graphs of small Python sources, without grammar and resolver: a call or base has an edge where only one
definition has its name."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from smallcode.core.graph.facts import NOWHERE, Base, Call, Definition, Edge, FileFacts, symbol_id
from smallcode.core.graph.graph import Graph
from smallcode.core.graph.lookup import Lookup

Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def facts_of(path: str, source: str) -> FileFacts:
    definitions: list[Definition] = []
    calls: list[Call] = []
    bases: list[Base] = []

    def visit(node: ast.AST, within: int, qualified: str) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Scope):
                name = f"{qualified}.{child.name}".lstrip(".")
                index = len(definitions)
                in_class = within != NOWHERE and definitions[within].kind == "class"
                definitions.append(_definition(child, name, within, in_class, definitions))
                if isinstance(child, ast.ClassDef):
                    bases.extend(Base(index, ast.unparse(base)) for base in child.bases)
                visit(child, index, name)
                continue
            if isinstance(child, ast.Call):
                calls.extend(_calls(child, within))
            visit(child, within, qualified)

    visit(ast.parse(source), NOWHERE, "")
    return FileFacts(path, "python", tuple(definitions), tuple(calls), (), tuple(bases))


def graph_of(sources: Mapping[str, str]) -> Graph:
    graph = Graph()
    for path, source in sources.items():
        graph.put(facts_of(path, source))
    for path in sources:
        graph.set_edges(path, _edges(graph, path))
    return graph


def lookup_of(sources: Mapping[str, str]) -> Lookup:
    return Lookup(graph_of(sources))


def bodies_of(graph: Graph, sources: Mapping[str, str]) -> dict[int, str]:
    """The text of every definition, by symbol id."""
    return {
        symbol.id: "\n".join(sources[path].split("\n")[symbol.definition.first - 1 : symbol.definition.last])
        for path in graph.paths()
        for symbol in graph.in_file(path)
    }


def _definition(
    node: Scope, qualified: str, parent: int, in_class: bool, before: list[Definition]
) -> Definition:
    is_class = isinstance(node, ast.ClassDef)
    word, inner = ("class", "") if is_class else ("def", f"({ast.unparse(node.args)})")  # type: ignore[union-attr]
    return Definition(
        name=node.name,
        qualified=qualified,
        kind="class" if is_class else "method" if in_class else "function",
        first=min([node.lineno, *(one.lineno for one in node.decorator_list)]),
        last=node.end_lineno or node.lineno,
        at=node.lineno,
        column=node.col_offset + len(word) + 1,
        signature=f"{word} {node.name}{inner}",
        docstring=(ast.get_docstring(node) or "").split("\n\n")[0],
        parent=parent,
        ordinal=sum(one.qualified == qualified for one in before),
    )


def _calls(node: ast.Call, within: int) -> Iterator[Call]:
    match node.func:
        case ast.Name(id=name):
            yield Call(name, "", node.lineno, node.col_offset, within)
        case ast.Attribute(value=ast.Name(id=receiver), attr=name):
            yield Call(name, receiver, node.lineno, node.col_offset, within)
        case ast.Attribute(attr=name):
            yield Call(name, "?", node.lineno, node.col_offset, within)


def _edges(graph: Graph, path: str) -> Iterator[Edge]:
    facts = graph.facts(path)
    assert facts is not None
    symbols = graph.in_file(path)
    for call in facts.calls:
        found = graph.named(call.name)
        if len(found) == 1:
            source = symbols[call.within].id if call.within != NOWHERE else symbol_id(path, "")
            yield Edge(source, found[0].id, "calls", 1.0, call.line)
    for base in facts.bases:
        found = graph.named(base.name)
        if len(found) == 1:
            symbol = symbols[base.definition]
            yield Edge(symbol.id, found[0].id, "inherits", 1.0, symbol.definition.at)
