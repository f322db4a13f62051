"""From what names stand for to edges."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import NOWHERE, Call, Edge
from ..graph import Graph
from .evaluate import Names
from .kinds import TYPES
from .values import Value
from .view import View


def called(names: Names, view: View) -> Iterator[tuple[Call, Value]]:
    """Each call of the file whose callee is known, with the function or the type that it calls."""
    remembered: dict[tuple[int, str, str], Value | None] = {}
    for call in view.facts.calls:
        if call.receiver == "?":
            continue
        key = (call.within, call.receiver, call.name)
        # What a local name holds may change from line to line.
        if key in remembered and not _assigned_within(view, call):
            value = remembered[key]
        else:
            value = remembered[key] = _callee(names, view, call)
        if value is not None:
            yield call, value


def _callee(names: Names, view: View, call: Call) -> Value | None:
    if call.name == "super" and not call.receiver:
        return None
    if call.receiver:
        owner = names.expression(view, call.within, call.receiver, call.line)
        value = names.called_member(owner, call.name) if owner is not None else None
    else:
        value = names.name(view, call.within, call.name, call.line)
        if value is not None and value.kind == "module":
            value = names.member(value, "default")
    if value is None or value.kind != "definition" or value.held:
        return None
    return value


def _assigned_within(view: View, call: Call) -> bool:
    if call.within in view.narrowed:
        return True
    first = (call.receiver or call.name).partition(".")[0].rstrip("()")
    return first in view.assigned.get(call.within, ())


def edges_of(names: Names, graph: Graph, view: View) -> Iterator[Edge]:
    """All that begin in the file."""
    symbols = graph.in_file(view.path)
    own = graph.module(view.path)
    assert own is not None, "only files of the graph are resolved"

    def source(within: int) -> int:
        return own.id if within == NOWHERE else symbols[within].id

    for call, value in called(names, view):
        target = _target(graph, value)
        if target is not None:
            yield Edge(source(call.within), target, "calls", value.sure, call.line)
    yield from _inheritance(names, graph, view)
    for one in view.facts.imports:
        if one.name == "*" or not (one.module or one.level):
            continue
        found = names.imported(view, one)
        target = _target(graph, found) if found is not None else None
        if target is not None and found is not None:
            yield Edge(source(one.within), target, "imports", found.sure, one.line)


def _inheritance(names: Names, graph: Graph, view: View) -> Iterator[Edge]:
    symbols = graph.in_file(view.path)
    for index in view.bases:
        for base in names.bases(view, index):
            target = _target(graph, Value("definition", *base)) if base is not None else None
            if target is not None:
                yield Edge(symbols[index].id, target, "inherits", 1.0, view.definitions[index].at)
    for index in view.bases:
        if view.definitions[index].kind not in TYPES:
            continue
        above = Value("super", view.path, index)
        for name, places in view.members.get(index, {}).items():
            if view.definitions[places[-1]].kind != "method" or name in ("__init__", "constructor"):
                continue
            found = names.member(above, name)
            target = _target(graph, found) if found is not None and found.kind == "definition" else None
            if target is not None and found is not None:
                yield Edge(
                    symbols[places[-1]].id, target, "overrides", found.sure, view.definitions[places[-1]].at
                )


def _target(graph: Graph, value: Value) -> int | None:
    if value.kind == "module":
        module = graph.module(value.path)
        return module.id if module is not None else None
    if value.kind != "definition":
        return None
    return graph.in_file(value.path)[value.at].id
