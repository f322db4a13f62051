"""A symbol as a line of text."""

from __future__ import annotations

from ..outline import LONGEST_SIGNATURE
from .facts import NOWHERE
from .graph import Symbol

LONGEST_DOCSTRING = 120


def place(symbol: Symbol) -> str:
    """``path:line`` of the name."""
    return f"{symbol.path}:{symbol.definition.at}"


def lines_of(symbol: Symbol) -> str:
    """``path:first-last`` of the whole definition."""
    one = symbol.definition
    return f"{symbol.path}:{one.first}" if one.first == one.last else f"{symbol.path}:{one.first}-{one.last}"


def title(symbol: Symbol) -> str:
    """The dotted name in the file; the path for a file itself."""
    return symbol.path if symbol.index == NOWHERE else symbol.definition.qualified


def head(symbol: Symbol) -> str:
    """The signature on one line, with the definition around it where there is one; a long one is cut."""
    one = symbol.definition
    if symbol.index == NOWHERE:
        return "(file)"
    signature = one.signature.rstrip(" :{") or f"{one.kind} {one.name}"
    if len(signature) > LONGEST_SIGNATURE:
        signature = f"{signature[:LONGEST_SIGNATURE]}…"
    around = one.qualified.rpartition(".")[0]
    return f"{signature}  (in {around})" if around else signature


def docstring(symbol: Symbol) -> str:
    """Its first line, cut where it is long."""
    first = symbol.definition.docstring.strip().split("\n", 1)[0].strip()
    return f"{first[:LONGEST_DOCSTRING]}…" if len(first) > LONGEST_DOCSTRING else first
