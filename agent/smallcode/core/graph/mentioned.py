"""What a request is told of a symbol that it points at, ``@symbol``."""

from __future__ import annotations

from .lookup import Lookup
from .search import Found
from .walk import walk

# Others of the same name that are told.
MOST_MEANT = 5


def symbol_of(lookup: Lookup, name: str) -> Found | None:
    """The definitions that the name means and what they are connected with, the likeliest first; None where
    nothing has the name. Unlike a search this knows no words: a mention is a name."""
    meant = lookup.resolve(name)
    if not meant:
        return None
    matches = [(symbol, 1.0 - 0.03 * number) for number, symbol in enumerate(meant[:MOST_MEANT])]
    return Found(name, tuple(walk(lookup, matches)), len(meant))
