"""A map of the repository: the definitions that most of the code leans on, near to what a request is about.

The idea is aider's repository map (P. Gauthier, 2023): definitions ranked by PageRank, personalised by the
files in play, as their signatures within a number of tokens.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..room import Room
from .centrality import near_to
from .describe import head
from .facts import NOWHERE
from .graph import Symbol
from .lookup import OF_DATA, Lookup

FEATURE = "repository map"
"""The name under which it can be switched off."""

HEADING = "Definitions near to this request, by file and line (graph_search finds more):"

MOST_LISTED = 120

# A name of the request weighs as much as a file in play, however much that defines.
_NAMED = 1.0

# Fewer are no map.
FEWEST_LISTED = 3

_MOST_STARTS = 200


def repository_map(lookup: Lookup, files: Sequence[str], room: Room, names: Sequence[str] = ()) -> str:
    """Signatures by file and line, the files with the best first; "" where the graph or the room is too
    small. ``files`` are those in play, ``names`` the names of code in the request."""
    ranked = _ranked(lookup, files, names)
    kept = min(len(ranked), MOST_LISTED)
    while kept >= FEWEST_LISTED:
        text = _text(ranked[:kept])
        if room.holds(text):
            return text
        kept = min(kept - 1, kept * 7 // 8)
    return ""


def _ranked(lookup: Lookup, files: Sequence[str], names: Sequence[str]) -> list[Symbol]:
    """Near ones first, then those that most files use; not those of tests, nor what is shown with the request
    itself, its own files' top."""
    graph = lookup.graph
    start = _start(lookup, files, names)
    ranks = near_to(graph, start)
    scored = [
        (ranks[id], symbol)
        for id in ranks
        if (symbol := graph.symbol(id)) is not None and _telling(lookup, symbol)
    ]
    scored.sort(key=lambda one: (-one[0], one[1].path, one[1].definition.first, one[1].id))
    near = [symbol for _, symbol in scored]
    if len(near) >= MOST_LISTED:
        return near
    known = {symbol.id for symbol in near}
    return near + [
        one for one in lookup.central(MOST_LISTED) if one.id not in known and _telling(lookup, one)
    ]


def _start(lookup: Lookup, files: Sequence[str], names: Sequence[str]) -> dict[int, float]:
    graph = lookup.graph
    start: dict[int, float] = {}
    for path in dict.fromkeys(files):
        symbols = graph.in_file(path)[:_MOST_STARTS]
        module = graph.module(path)
        for symbol in (*symbols, *([module] if module else [])):
            start[symbol.id] = start.get(symbol.id, 0.0) + 1.0 / (len(symbols) + 1)
    for name in dict.fromkeys(names):
        found = lookup.resolve(name)[:4]
        for symbol in found:
            start[symbol.id] = start.get(symbol.id, 0.0) + _NAMED / len(found)
    return start


def _telling(lookup: Lookup, symbol: Symbol) -> bool:
    one = symbol.definition
    return (
        symbol.index != NOWHERE
        and one.kind not in OF_DATA
        and one.kind not in ("field", "variable")
        and not lookup.is_test(symbol.path)
    )


def _text(symbols: Sequence[Symbol]) -> str:
    by_path: dict[str, list[Symbol]] = {}
    for symbol in symbols:
        by_path.setdefault(symbol.path, []).append(symbol)
    rows = [HEADING]
    for path, group in by_path.items():
        rows.append(path)
        group.sort(key=lambda one: (one.definition.first, one.id))
        rows += [f"{one.definition.at}: {head(one)}" for one in group]
    return "\n".join(rows)
