"""Symbols of the code graph as LSP has them."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from smallcode.core.graph.graph import Graph, Symbol

from . import uris
from .line_buffer import LineBuffer
from .line_buffer import Position as BufferPosition

KINDS: dict[str, types.SymbolKind] = {
    "class": types.SymbolKind.Class,
    "interface": types.SymbolKind.Interface,
    "trait": types.SymbolKind.Interface,
    "struct": types.SymbolKind.Struct,
    "enum": types.SymbolKind.Enum,
    "type": types.SymbolKind.Class,
    "function": types.SymbolKind.Function,
    "method": types.SymbolKind.Method,
    "variable": types.SymbolKind.Variable,
    "constant": types.SymbolKind.Constant,
    "field": types.SymbolKind.Field,
    "module": types.SymbolKind.Module,
    "macro": types.SymbolKind.Function,
    "heading": types.SymbolKind.String,
    "key": types.SymbolKind.Key,
    "selector": types.SymbolKind.Class,
    "element": types.SymbolKind.Field,
}


def matching(graph: Graph, query: str, limit: int) -> list[Symbol]:
    """Symbols whose name holds the letters of the query in their order: those that begin with it first, then
    the shorter."""
    wanted = query.lower()

    def rank(name: str) -> tuple[bool, int, str]:
        return not name.lower().startswith(wanted), len(name), name

    found: list[Symbol] = []
    for name in sorted((name for name in graph.names() if _holds(name.lower(), wanted)), key=rank):
        found += graph.named(name)
        if len(found) >= limit:
            break
    return found[:limit]


def information(graph: Graph, root: str, symbol: Symbol) -> types.SymbolInformation:
    """For a list of symbols of many files. In a line with characters beyond ASCII before the name the column
    may be off: the text of a file that is not open is not at hand."""
    owner = None if symbol.parent is None else graph.symbol(symbol.parent)
    return types.SymbolInformation(
        name=symbol.name,
        kind=KINDS[symbol.definition.kind],
        location=types.Location(uris.from_path(f"{root}/{symbol.path}"), _name_range(symbol, None)),
        container_name=owner.definition.qualified or owner.path if owner else None,
    )


def tree(symbols: Iterable[Symbol], text: LineBuffer | None) -> list[types.DocumentSymbol]:
    """The definitions of one document, each in the one that holds it."""
    made: dict[int, list[types.DocumentSymbol]] = {}
    top: list[types.DocumentSymbol] = []
    for symbol in symbols:
        inside: list[types.DocumentSymbol] = []
        siblings = top if symbol.parent is None else made.get(symbol.parent, top)
        siblings.append(_document_symbol(symbol, text, inside))
        made[symbol.id] = inside
    return top


def _document_symbol(
    symbol: Symbol, text: LineBuffer | None, inside: list[types.DocumentSymbol]
) -> types.DocumentSymbol:
    one = symbol.definition
    whole = types.Range(types.Position(one.first - 1, 0), types.Position(one.last, 0))
    return types.DocumentSymbol(
        name=one.name or "?",
        kind=KINDS[one.kind],
        range=whole,
        selection_range=_name_range(symbol, text),
        detail=one.signature,
        children=inside,
    )


def _name_range(symbol: Symbol, text: LineBuffer | None) -> types.Range:
    one = symbol.definition
    line = one.at - 1
    start, end = one.column, one.column + len(one.name)
    if text is not None:
        offset = text.position_to_offset(BufferPosition(line, 0))
        start = text.offset_to_position(offset + start).character
        end = text.offset_to_position(offset + end).character
    return types.Range(types.Position(line, start), types.Position(line, end))


def _holds(name: str, wanted: str) -> bool:
    """Whether the letters stand in the name in this order."""
    rest = iter(name)
    return all(letter in rest for letter in wanted)
