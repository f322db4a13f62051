"""From the definitions that answer a question to those that are connected with them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from .facts import NOWHERE, Edge
from .graph import Symbol
from .lookup import OF_DATA, Lookup

Relation = Literal["match", "caller", "callee", "base", "derived", "member", "owner"]

# How many of one kind are looked at from one symbol: a hub has thousands, and the tail of the times is made
# of hubs. Of those that call it or derive from it so many are looked at for each one that is kept.
FAN_OUT: Mapping[Relation, int] = {
    "caller": 8,
    "callee": 12,
    "base": 4,
    "derived": 6,
    "member": 12,
    "owner": 1,
}
LOOKED_AT = 8

# What a step costs: what is called and what is inherited from explains a definition more than who uses it.
_NEARNESS: Mapping[Relation, float] = {
    "callee": 0.50,
    "base": 0.50,
    "caller": 0.45,
    "member": 0.40,
    "owner": 0.35,
    "derived": 0.30,
}

FARTHEST = 2
"""Steps away from a match."""

MOST_REACHED = 200
TEST_SHARE = 0.4
DATA_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Scored:
    """``origin`` is the symbol that this one was reached from by ``relation``, None for a match itself."""

    symbol: Symbol
    score: float
    relation: Relation
    origin: Symbol | None = None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Of one relation, the likeliest first; ``total`` is how many there are, ``least`` whether there may be
    more. ``lines`` are those of the uses by callers, by the caller's symbol id."""

    relation: Relation
    symbols: tuple[Symbol, ...]
    total: int
    least: bool = False
    lines: Mapping[int, int] = field(default_factory=dict)


def weight(lookup: Lookup, symbol: Symbol) -> float:
    """Above 1 for what many files use, below it for tests and data."""
    central = 1 + math.log2(1 + lookup.graph.degree(symbol.id)) / 16
    test = TEST_SHARE if lookup.is_test(symbol.path) else 1.0
    return central * test * (DATA_SHARE if symbol.definition.kind in OF_DATA else 1.0)


def walk(lookup: Lookup, matches: Sequence[tuple[Symbol, float]]) -> list[Scored]:
    """The matches with their scores, and what they are connected with, by score. What is reached by several
    ways counts by the best; the same graph and matches give the same order."""
    best: dict[int, Scored] = {}
    ring = [Scored(symbol, score, "match") for symbol, score in matches]
    best.update((one.symbol.id, one) for one in ring)
    for _ in range(FARTHEST):
        reached: dict[int, Scored] = {}
        for one in ring:
            for next_one in _steps(lookup, one):
                id = next_one.symbol.id
                known = best.get(id)
                if known is None or (known.origin is not None and next_one.score > known.score):
                    best[id] = reached[id] = next_one
        ring = sorted(reached.values(), key=by_score)[: MOST_REACHED // 4]
        if len(best) > MOST_REACHED:
            break
    return sorted(best.values(), key=by_score)


def by_score(one: Scored) -> tuple[float, str, int, int]:
    return -one.score, one.symbol.path, one.symbol.definition.first, one.symbol.id


def _steps(lookup: Lookup, one: Scored) -> Iterator[Scored]:
    for found in neighbours(lookup, one.symbol):
        for symbol in found.symbols:
            score = one.score * _NEARNESS[found.relation] * weight(lookup, symbol)
            yield Scored(symbol, min(score, one.score * 0.95), found.relation, one.symbol)


def neighbours(lookup: Lookup, symbol: Symbol) -> Iterator[Neighbours]:
    """One step from a symbol, by relation; each capped by FAN_OUT. Calls of a class are calls of its
    constructor, too."""
    yield from leading_to(lookup, symbol)
    if symbol.index != NOWHERE:
        yield using(lookup, symbol, "caller", FAN_OUT["caller"])
        yield using(lookup, symbol, "derived", FAN_OUT["derived"])


def leading_to(lookup: Lookup, symbol: Symbol) -> Iterator[Neighbours]:
    """What a symbol uses, holds and stands in."""
    graph = lookup.graph
    if symbol.index != NOWHERE:
        yield _capped(lookup, "callee", _targets(lookup, graph.callees(symbol.id)))
        yield _capped(lookup, "base", _targets(lookup, graph.bases(symbol.id)))
    yield _capped(lookup, "member", graph.members(symbol.id))
    owner = None if symbol.parent is None else graph.symbol(symbol.parent)
    if owner is not None and owner.index != NOWHERE:
        yield Neighbours("owner", (owner,), 1)


def using(lookup: Lookup, symbol: Symbol, relation: Literal["caller", "derived"], most: int) -> Neighbours:
    """Those that call a symbol or derive from it, at most ``most``; of a hub not all are looked at."""
    graph = lookup.graph
    limit = most * LOOKED_AT
    ids = [symbol.id]
    if relation == "caller" and symbol.definition.kind == "class":
        ids += [one.id for one in graph.members(symbol.id) if one.name in CONSTRUCTORS]
    find = graph.callers if relation == "caller" else graph.derived
    edges = [edge for id in ids for edge in find(id, limit)]
    found = _capped(lookup, relation, _sources(lookup, edges, symbol.id), most, len(edges) >= limit)
    return replace(found, lines={edge.source: edge.line for edge in reversed(edges)})


CONSTRUCTORS = frozenset(("__init__", "__new__", "constructor", "__construct", "initialize"))


def _targets(lookup: Lookup, edges: Sequence[Edge]) -> list[Symbol]:
    found = [lookup.graph.symbol(id) for id in dict.fromkeys(edge.target for edge in edges)]
    return [symbol for symbol in found if symbol is not None]


def _sources(lookup: Lookup, edges: Sequence[Edge], itself: int) -> list[Symbol]:
    ids = dict.fromkeys(edge.source for edge in edges if edge.source != itself)
    return [symbol for symbol in map(lookup.graph.symbol, ids) if symbol is not None]


def _capped(
    lookup: Lookup, relation: Relation, symbols: Sequence[Symbol], most: int = 0, least: bool = False
) -> Neighbours:
    """Callees and members stay in the order of the text, as far as they are few."""
    most = most or FAN_OUT[relation]
    if len(symbols) > most or relation in ("caller", "derived"):
        total = len(symbols)
        return Neighbours(relation, lookup.likeliest(symbols)[:most], total, least)
    return Neighbours(relation, tuple(symbols), len(symbols), least)
