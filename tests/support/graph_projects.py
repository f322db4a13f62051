"""Small projects as text, and their edges as text."""

from __future__ import annotations

from collections.abc import Mapping

from smallcode.adapters.graph.extract import Extractor
from smallcode.core.graph.facts import Edge, FileFacts
from smallcode.core.graph.graph import Graph
from smallcode.core.graph.resolve import Edges

_EXTRACTOR = Extractor()


def facts_of(files: Mapping[str, str]) -> list[FileFacts]:
    return [_EXTRACTOR.facts(path, text) for path, text in files.items()]


def split(project: str) -> dict[str, str]:
    """Files from one text: each begins with a line ``--- PATH``."""
    files: dict[str, str] = {}
    path = ""
    for line in project.splitlines():
        if line.startswith("--- "):
            path = line.removeprefix("--- ")
            files[path] = ""
        elif path:
            files[path] += line + "\n"
    return files


def graph_of(files: Mapping[str, str]) -> Graph:
    """Resolved."""
    graph, resolver = Graph(), Edges()
    for facts in facts_of(files):
        graph.put(facts)
    for path in graph.paths():
        graph.set_edges(path, resolver.resolve(graph, path))
    return graph


def shown(graph: Graph, kind: str = "calls") -> set[str]:
    """``source -> target`` of every edge of that kind; a symbol is ``path:qualified``, a file its path."""
    edges = [edge for path in graph.paths() for edge in graph.edges(path)]
    return {f"{_symbol(graph, e.source)} -> {_symbol(graph, e.target)}" for e in edges if e.kind == kind}


def all_edges(graph: Graph) -> dict[str, tuple[Edge, ...]]:
    return {path: graph.edges(path) for path in graph.paths()}


def _symbol(graph: Graph, id: int) -> str:
    symbol = graph.symbol(id)
    assert symbol is not None
    qualified = symbol.definition.qualified
    return f"{symbol.path}:{qualified}" if qualified else symbol.path
