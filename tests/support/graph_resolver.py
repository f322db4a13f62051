"""A resolver that looks into other files, for tests of what keeps edges in step."""

from __future__ import annotations

from smallcode.core.graph.facts import NOWHERE, Edge, FileFacts, symbol_id
from smallcode.core.graph.graph import Graph


class UniqueNames:
    """A bare call goes to the one definition of that name in all files, if there is just one."""

    def resolve(self, graph: Graph, path: str) -> tuple[Edge, ...]:
        facts = graph.facts(path)
        assert facts is not None, "only files of the graph are resolved"
        edges = []
        for call in facts.calls:
            targets = graph.named(call.name)
            if len(targets) == 1 and not call.receiver:
                here = symbol_id(path, "") if call.within == NOWHERE else graph.in_file(path)[call.within].id
                edges.append(Edge(here, targets[0].id, "calls", 1.0, call.line))
        return tuple(edges)

    def affected(self, graph: Graph, old: FileFacts | None, new: FileFacts | None) -> set[str]:
        before, after = _names(old), _names(new)
        changed = {
            name for name, ids in (before | after).items() if before.get(name) != after.get(name) or ids
        }
        return {path for name in changed for path in graph.mentions(name)}


def _names(facts: FileFacts | None) -> dict[str, list[tuple[str, int]]]:
    names: dict[str, list[tuple[str, int]]] = {}
    for one in facts.definitions if facts else ():
        names.setdefault(one.name, []).append((one.qualified, one.ordinal))
    return names
