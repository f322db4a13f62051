"""Lines that hold a text and definitions that answer it, in one ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...messages import SearchMatch
from ..room import Room
from ..search_report import LONGEST_LINE
from .describe import head, lines_of
from .facts import NOWHERE
from .fusion import fused
from .graph import Graph, Symbol
from .search import Found

# Of one definition, matching lines that are shown under it.
MOST_LINES = 3

MOST_ENTRIES = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """``symbol`` is a definition, or that of the file for lines outside of any; None in a file that the graph
    does not know. ``lines`` are the exact matches inside, ``connected`` says that it was found by its
    connections alone."""

    path: str
    symbol: Symbol | None
    lines: tuple[SearchMatch, ...] = ()
    connected: bool = False


def merged(graph: Graph, matches: Sequence[SearchMatch], found: Found) -> list[Entry]:
    """By reciprocal rank fusion of the definitions around the matching lines, in their order, with those of
    the graph."""
    inside: dict[int | str, list[SearchMatch]] = {}
    symbols: dict[int | str, Symbol] = {one.symbol.id: one.symbol for one in found.ranked}
    for match in matches:
        symbol = around(graph, match)
        if symbol is not None:
            symbols[symbol.id] = symbol
        inside.setdefault(match.path if symbol is None else symbol.id, []).append(match)
    connected = {one.symbol.id for one in found.ranked if one.relation != "match"}
    by_graph: list[int | str] = [one.symbol.id for one in found.ranked]
    order = fused([list(inside), by_graph])
    return [_entry(key, symbols.get(key), inside.get(key, ()), key in connected) for key in order]


def _entry(key: int | str, symbol: Symbol | None, lines: Sequence[SearchMatch], connected: bool) -> Entry:
    path = symbol.path if symbol is not None else str(key)
    return Entry(path, symbol, tuple(lines), connected and not lines)


def around(graph: Graph, match: SearchMatch) -> Symbol | None:
    """The innermost definition that holds a match, the file's own symbol where there is none; None where the
    graph does not know the file."""
    holding = [
        one for one in graph.in_file(match.path) if one.definition.first <= match.line <= one.definition.last
    ]
    return max(holding, key=lambda one: one.definition.first, default=graph.module(match.path))


def render_merged(
    entries: Sequence[Entry], matches: Sequence[SearchMatch], query: str, least: str, room: Room
) -> str:
    """A line for each definition and the matching lines under it, as many as have room. ``least`` stands
    before a number that may be larger."""
    told = min(len(entries), MOST_ENTRIES)
    first = f"{least}{len(matches)} matching lines, {len(entries)} places"
    for most in (MOST_LINES, 1):
        kept = told
        while kept > 0:
            rows = [row for entry in entries[:kept] for row in _rows(entry, most)]
            more = [f"… {len(entries) - kept} more places"] if len(entries) > kept else []
            text = "\n".join([first, *rows, *more])
            if room.holds(text):
                return text
            if most > 1 and kept < told // 2:
                break
            kept = min(kept - 1, kept * 7 // 8)
    return next((text for text in (f"{first} for {query}", first) if room.holds(text)), "")


def _rows(entry: Entry, most: int) -> list[str]:
    whole = entry.symbol is None or entry.symbol.index == NOWHERE
    top = entry.path if whole or entry.symbol is None else f"{lines_of(entry.symbol)} {head(entry.symbol)}"
    shown = [f"  {match.line}: {match.text.strip()[:LONGEST_LINE]}" for match in entry.lines[:most]]
    if len(entry.lines) > most:
        shown.append(f"  … {len(entry.lines) - most} more lines")
    return [f"{top} [connected]" if entry.connected else top, *shown]
