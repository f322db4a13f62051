"""How near the definitions of a graph are to some of them: personalised PageRank by local pushes."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from .facts import NOWHERE
from .graph import Graph

# Andersen, Chung and Lang, Local Graph Partitioning using PageRank Vectors (FOCS 2006): the work is at most
# 1 / (EPSILON * RESTART) pushes, whatever the graph's size.
RESTART = 0.15
EPSILON = 3e-4

# A second bound, for graphs whose hubs make each push dear.
MOST_PUSHES = 800

# Uses of a hub that a push goes along.
FAN_OUT = 16

# What is used says more than who uses it; a call of something is a vote for it.
FORWARD, BACKWARD = 1.0, 0.3


def near_to(graph: Graph, start: Mapping[int, float]) -> dict[int, float]:
    """The rank of each symbol that is near to those of ``start``, given with their weights; deterministic.
    Edges are followed both ways, those against their direction less; a symbol's owner shares its rank."""
    whole = sum(start.values())
    if whole <= 0:
        return {}
    rank: dict[int, float] = {}
    residue = {id: weight / whole for id, weight in sorted(start.items())}
    queue = deque(residue)
    waiting = set(residue)
    for _ in range(MOST_PUSHES):
        if not queue:
            break
        id = queue.popleft()
        waiting.discard(id)
        pushed = residue.pop(id, 0.0)
        rank[id] = rank.get(id, 0.0) + RESTART * pushed
        links = _links(graph, id)
        total = sum(links.values())
        if not total:
            continue
        for target, weight in links.items():
            left = residue[target] = residue.get(target, 0.0) + (1 - RESTART) * pushed * weight / total
            if left >= EPSILON and target not in waiting:
                waiting.add(target)
                queue.append(target)
    return rank


def _links(graph: Graph, id: int) -> dict[int, float]:
    links: dict[int, float] = {}
    for edge in graph.edges_from(id):
        links[edge.target] = links.get(edge.target, 0.0) + FORWARD * edge.confidence
    for edge in graph.edges_to(id, limit=FAN_OUT):
        links[edge.source] = links.get(edge.source, 0.0) + BACKWARD * edge.confidence
    symbol = graph.symbol(id)
    owner = None if symbol is None or symbol.parent is None else graph.symbol(symbol.parent)
    if owner is not None and owner.index != NOWHERE:
        links[owner.id] = links.get(owner.id, 0.0) + BACKWARD
    links.pop(id, None)
    return links
