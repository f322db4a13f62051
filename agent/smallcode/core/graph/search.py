"""The definitions that answer a question in names or in words, and what they are connected with."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .graph import Symbol
from .lookup import OF_DATA, Lookup
from .scope import guesses
from .stems import marked_names, query_names, query_paths, query_words, words_of
from .walk import DATA_SHARE, Scored, walk, weight

# Of the best score, by how the question and the definition meet. What merely speaks of the words never
# outranks what has the very name.
EXACT, SPELLED, FILE, BEGINNING, WORDS, ABOUT = 1.0, 0.9, 0.8, 0.6, 0.55, 0.5

# Matches from which the walk sets out, and those that are told at all.
MOST_STARTS = 8
MOST_MATCHES = 60

# A prefix of two letters is one of everything.
SHORTEST_PREFIX = 3

# A definition that has less of the question than this share of the best one's score is no answer to it.
LEAST_SHARE = 0.35

# Of those that speak of a frequent word so many are looked at closely.
_SHORT_LIST = 300

_LONGEST_QUERY = 500


@dataclass(frozen=True, slots=True)
class Found:
    """``ranked`` are the matches and what is connected with them, the best first; ``matches`` is how many of
    the symbols in the graph match by themselves. ``near`` are names that were perhaps meant where nothing
    has the name; ``unknown`` is the query where it is one name and nothing begins so."""

    query: str
    ranked: tuple[Scored, ...] = ()
    matches: int = 0
    near: tuple[str, ...] = ()
    unknown: str = ""


def search(lookup: Lookup, query: str) -> Found:
    """The same graph and query give the same result. Empty for a query without a word."""
    query = " ".join(query[:_LONGEST_QUERY].split())
    scores = _matches(lookup, query)
    single = query_names(query)
    near = () if _is_named(scores) else _near(lookup, single)
    if not scores and near:
        scores = {one.id: ABOUT for name in near for one in lookup.graph.named(name)}
    symbols = [(symbol, score) for id, score in scores.items() if (symbol := lookup.graph.symbol(id))]
    symbols.sort(key=lambda one: (-one[1], *_place(lookup, one[0])))
    told = symbols[:MOST_MATCHES]
    starts = walk(lookup, _spread(told[:MOST_STARTS]))
    reached = {one.symbol.id for one in starts}
    rest = [Scored(symbol, score, "match") for symbol, score in told if symbol.id not in reached]
    ranked = sorted([*_as_matches(starts, scores), *rest], key=_rank)
    unknown = query if len(single) == 1 and " " not in query and not _is_named(scores) else ""
    return Found(query, tuple(ranked), len(symbols), near, unknown)


def _is_named(scores: Mapping[int, float]) -> bool:
    return any(score >= BEGINNING for score in scores.values())


def _spread(matches: Sequence[tuple[Symbol, float]]) -> list[tuple[Symbol, float]]:
    """Matches that are equally good give way to the first a little, so that what is connected with it comes
    before what is connected with the last."""
    return [(symbol, score * (1 - 0.03 * number)) for number, (symbol, score) in enumerate(matches)]


def _as_matches(walked: Sequence[Scored], scores: dict[int, float]) -> Iterator[Scored]:
    """What was reached by the walk and matches all the same is told as a match."""
    for one in walked:
        own = scores.get(one.symbol.id)
        if own is None or one.origin is None:
            yield one
        else:
            yield Scored(one.symbol, max(own, one.score), "match")


def _rank(one: Scored) -> tuple[float, bool, str, int, int]:
    return (
        -one.score,
        one.relation != "match",
        one.symbol.path,
        one.symbol.definition.first,
        one.symbol.id,
    )


def _place(lookup: Lookup, symbol: Symbol) -> tuple[float, str, int, int]:
    return -weight(lookup, symbol), symbol.path, symbol.definition.first, symbol.id


# --- matching ------------------------------------------------------------------------------------------


def _matches(lookup: Lookup, query: str) -> dict[int, float]:
    """The score of each symbol that matches by itself, between 0 and 1."""
    scores: dict[int, float] = {}

    def take(symbols: Sequence[Symbol], score: float) -> None:
        for symbol in symbols:
            share = DATA_SHARE if symbol.definition.kind in OF_DATA else 1.0
            scores[symbol.id] = max(scores.get(symbol.id, 0.0), score * share)

    names = query_names(query)
    alone = len(names) == 1 and len(query.split()) == 1
    marked = marked_names(query)
    for name in names:
        take(_exact(lookup, name, sure=alone or name in marked), EXACT)
    if " " not in query:
        take(lookup.resolve(query), EXACT)
    if alone and not scores:
        take(_spelled(lookup, names[0]), SPELLED)
    named = bool(scores)
    for path in query_paths(query):
        take(lookup.files(path), FILE)
    if alone and len(names[0]) >= SHORTEST_PREFIX:
        begun = lookup.beginning(names[0], MOST_MATCHES)
        take([one for name in begun for one in lookup.graph.named(name)], BEGINNING)
    # Who asks for one name that exists is not asking for others that have words in common with it.
    for id, score in ({} if alone and named else _about(lookup, query)).items():
        scores[id] = max(scores.get(id, 0.0), score)
    return scores


def _exact(lookup: Lookup, name: str, *, sure: bool) -> tuple[Symbol, ...]:
    """A word of a sentence is taken for a name only where it looks like one, or names code: "the" and
    "parse" stand in questions, too."""
    if not sure and name == name.casefold() and not any(mark in name for mark in "_.$:#"):
        return ()
    found = lookup.graph.named(name)
    return found or (lookup.resolve(name) if not name.isalnum() else ())


def _spelled(lookup: Lookup, name: str) -> tuple[Symbol, ...]:
    return tuple(one for spelled in lookup.spelling.spelled(name) for one in lookup.graph.named(spelled))


def _about(lookup: Lookup, query: str) -> dict[int, float]:
    """By the words of the question: WORDS at most where all of them stand in the name, else ABOUT."""
    words = query_words(query)
    scores = lookup.relevance.scores(words)
    short = heapq.nlargest(_SHORT_LIST, scores.items(), key=lambda one: (one[1], one[0]))
    wanted = set(words)
    rated: list[tuple[int, float, float]] = []
    for id, score in short:
        symbol = lookup.graph.symbol(id)
        if symbol is not None:
            most = WORDS if wanted <= set(words_of(symbol.name)) else ABOUT
            rated.append((id, score * weight(lookup, symbol) * most, most))
    best = max((score / most for _, score, most in rated), default=1.0)
    return {id: score / best for id, score, most in rated if score / most >= LEAST_SHARE * best}


def _near(lookup: Lookup, names: Sequence[str]) -> tuple[str, ...]:
    """Where the whole question is one name that does not exist."""
    return guesses(lookup, names[0]) if len(names) == 1 else ()
