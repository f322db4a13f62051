"""The resolver of all languages, as the graph asks for it."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import Call, Edge, FileFacts
from ..graph import Graph, Symbol
from .changes import changed_names, spread
from .ecma import EcmaNames
from .edges import called, edges_of
from .evaluate import Names
from .modules import Tree
from .plain import PlainNames
from .python import PythonNames
from .values import Value
from .view import View

_ECMA = frozenset({"javascript", "typescript", "tsx"})


class Edges:
    """A ``Resolver``. What it remembers is valid until the facts of a file change, which it sees by itself:
    the answers are those of a new one."""

    def __init__(self) -> None:
        self._graph: Graph | None = None
        self._seen: dict[str, Symbol | None] = {}
        self._views: dict[str, View] = {}
        self._families: dict[str, Names] = {}
        self._tree: Tree | None = None

    def resolve(self, graph: Graph, path: str) -> tuple[Edge, ...]:
        """The edges that begin in the file, none where it is not known."""
        view = self._view_of(graph, path)
        if view is None:
            return ()
        found = edges_of(self._names(graph, view.language), graph, view)
        return tuple(sorted(set(found), key=_order))

    def calls(self, graph: Graph, path: str) -> Iterator[tuple[Call, Value]]:
        """Each call of the file whose callee is known, with what it calls."""
        view = self._view_of(graph, path)
        return iter(()) if view is None else called(self._names(graph, view.language), view)

    def affected(self, graph: Graph, old: FileFacts | None, new: FileFacts | None) -> set[str]:
        """The files whose edges may be others, since what they name, directly or by way of others, is another
        thing now. Those of a change inside of functions are none."""
        names = changed_names(old, new)
        path = (new or old or FileFacts("", "")).path
        return spread(graph, lambda each: self._view_of(graph, each), names, old, new) - {path}

    def _view_of(self, graph: Graph, path: str) -> View | None:
        self._look(graph)
        view = self._views.get(path)
        if view is None:
            facts = graph.facts(path)
            if facts is None:
                return None
            view = self._views[path] = View(facts, graph.module(path))
        return view

    def _look(self, graph: Graph) -> None:
        if graph is self._graph:
            return
        self._graph = graph
        self._views = {}
        self._forget()
        self._tree = None
        # Edges that are set are told of too; then the symbol of the file is still the same.
        self._seen = {path: graph.module(path) for path in graph.paths()}
        graph.watch(self._changed)

    def _changed(self, path: str) -> None:
        before = self._seen.get(path)
        now = self._graph.module(path) if self._graph is not None else None
        if now is before:
            return
        self._views.pop(path, None)
        self._forget()
        if now is None:
            del self._seen[path]
        else:
            self._seen[path] = now
        if now is None or before is None:
            self._tree = None

    def _forget(self) -> None:
        self._families = {}

    def _names(self, graph: Graph, language: str) -> Names:
        family = "python" if language == "python" else "ecma" if language in _ECMA else "plain"
        names = self._families.get(family)
        if names is None:
            self._tree = self._tree or Tree(graph)
            names = self._families[family] = self._made(graph, family, self._tree)
        return names

    def _made(self, graph: Graph, family: str, tree: Tree) -> Names:
        def views(path: str) -> View | None:
            return self._view_of(graph, path)

        if family == "python":
            return PythonNames(graph, views, tree)
        return EcmaNames(graph, views, tree) if family == "ecma" else PlainNames(graph, views)


def _order(edge: Edge) -> tuple[int, int, int, str, float]:
    return edge.line, edge.source, edge.target, edge.kind, edge.confidence
