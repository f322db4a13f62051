"""The full-text index: names, signatures and docstrings of symbols, ranked by BM25 (FTS5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import apsw

from ...core.graph.facts import Definition, symbol_id
from ...core.graph.packing import PackedFacts, unpack
from ...core.graph.words import split_words
from .database import rows as rows_of

WEIGHTS = (10.0, 3.0, 1.0)
"""Of a word in the name, the signature and the docstring (SQLite, "The bm25() function")."""

_NAME = re.compile(r"[^\W\d]\w*")


class Hit(NamedTuple):
    """``score`` is higher for what fits better; it compares within one search."""

    symbol: int
    score: float


def forget(connection: apsw.Connection, file: int) -> None:
    """Take the symbols of a file out."""
    rows_of(connection, "DELETE FROM text WHERE rowid IN (SELECT row FROM symbol WHERE file = ?)", (file,))
    rows_of(connection, "DELETE FROM symbol WHERE file = ?", (file,))


def add(connection: apsw.Connection, file: int, facts: PackedFacts) -> None:
    rows = [
        (
            symbol_id(facts.path, one.qualified, one.ordinal),
            " ".join((*split_words(one.qualified), one.name)),
            _split(one.signature),
            one.docstring,
        )
        for one in unpack(Definition, facts.definitions)
    ]
    first = _next_row(connection)
    connection.executemany(
        "INSERT INTO symbol VALUES(?, ?, ?)", [(first + i, row[0], file) for i, row in enumerate(rows)]
    )
    connection.executemany(
        "INSERT INTO text(rowid, words, signature, docstring) VALUES(?, ?, ?, ?)",
        [(first + i, *row[1:]) for i, row in enumerate(rows)],
    )


def search(connection: apsw.Connection, words: Sequence[str], limit: int) -> list[Hit]:
    """Symbols that hold any of the words, the best first."""
    query = _query(words)
    if not query:
        return []
    weights = ", ".join(map(str, WEIGHTS))
    found = rows_of(
        connection,
        f"SELECT symbol.id, -bm25(text, {weights}) AS score FROM text"
        " JOIN symbol ON symbol.row = text.rowid WHERE text MATCH ? ORDER BY score DESC, symbol.id LIMIT ?",
        (query, limit),
    )
    return [Hit(id, score) for id, score in found]


def _next_row(connection: apsw.Connection) -> int:
    return int(rows_of(connection, "SELECT coalesce(max(row), 0) + 1 FROM symbol")[0][0])


def _split(signature: str) -> str:
    """The names of a signature, each as its words and whole."""
    return " ".join(word for name in _NAME.findall(signature) for word in (*split_words(name), name))


def _query(words: Iterable[str]) -> str:
    """Each word quoted, so that none is taken for an operator; a name counts by its words too."""
    terms: dict[str, None] = {}
    for word in words:
        for term in (word.lower(), *split_words(word)):
            if any(map(str.isalnum, term)):
                terms['"' + term.replace('"', "") + '"'] = None
    return " OR ".join(terms)
