"""All that the graph knows of one symbol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..room import Room
from .describe import docstring, head, lines_of, place, title
from .facts import NOWHERE
from .graph import PossibleCall, Symbol
from .lookup import Lookup
from .scope import guesses
from .walk import CONSTRUCTORS, Neighbours, leading_to, using

MOST_CALLERS = 20
MOST_DERIVED = 12
MOST_TESTS = 8
MOST_OTHERS = 8
MOST_POSSIBLE = 8

# Of a hub so many uses are looked at for tests.
_USES_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Explanation:
    """``others`` are further symbols of the same name, ``near`` names that were perhaps meant where there is
    none. ``tests`` call the symbol, or call what calls it. ``possible`` are calls of the name of which nobody
    could tell whom they call."""

    name: str
    symbol: Symbol | None = None
    others: tuple[Symbol, ...] = ()
    relations: tuple[Neighbours, ...] = ()
    tests: tuple[Symbol, ...] = ()
    possible: tuple[PossibleCall, ...] = ()
    near: tuple[str, ...] = ()


def explain(lookup: Lookup, name: str) -> Explanation:
    """Of the likeliest symbol that the name means; no I/O."""
    found = lookup.resolve(name)
    if not found:
        return Explanation(name, near=guesses(lookup, name))
    symbol, *others = found
    callers = using(lookup, symbol, "caller", MOST_CALLERS)
    derived = using(lookup, symbol, "derived", MOST_DERIVED)
    own = list(leading_to(lookup, symbol))
    order = [*(one for one in own if one.relation == "base"), derived, callers]
    order += [one for one in own if one.relation != "base"]
    # A name that is spelled out a thousand times is no hint of who calls this one.
    possible = () if symbol.index == NOWHERE else _possible(lookup, symbol)
    return Explanation(
        name,
        symbol,
        tuple(others),
        tuple(one for one in order if one.symbols),
        _tests(lookup, symbol, callers),
        possible,
    )


def _possible(lookup: Lookup, symbol: Symbol) -> tuple[PossibleCall, ...]:
    return lookup.graph.possible_callers(symbol.name, MOST_POSSIBLE + 1)


def _tests(lookup: Lookup, symbol: Symbol, callers: Neighbours) -> tuple[Symbol, ...]:
    """Those that use the symbol itself first, then those that use its callers."""
    graph = lookup.graph
    ids = [symbol.id, *(one.id for one in graph.members(symbol.id) if one.name in CONSTRUCTORS)]
    direct = [edge.source for id in ids for edge in graph.edges_to(id, limit=_USES_LOOKED_AT)]
    through = [
        edge.source for one in callers.symbols[:MOST_OTHERS] for edge in graph.callers(one.id, MOST_TESTS)
    ]
    found: list[Symbol] = []
    for id in dict.fromkeys([*direct, *through]):
        one = graph.symbol(id)
        if one is not None and one.id != symbol.id and lookup.is_test(one.path):
            found.append(one)
            if len(found) > MOST_TESTS:
                break
    return tuple(found)


# --- writing -------------------------------------------------------------------------------------------

_HEADINGS = {
    "base": "bases",
    "derived": "derived from it",
    "caller": "called by",
    "callee": "calls",
    "owner": "stands in",
}


def render_explanation(found: Explanation, room: Room) -> str:
    """Never more than ``room`` holds: long lists are cut first, then left out, the last first."""
    if found.symbol is None:
        near = f" Did you mean {', '.join(found.near)}?" if found.near else ""
        return room.first_that_fits([f"Nothing here is called {found.name}.{near}", "No such name."])
    top = f"{head(found.symbol)}\n{lines_of(found.symbol)}"
    documented = found.symbol.definition.docstring.strip()
    paragraphs = [f"{top}\n{documented}" if documented else top]
    for most in (MOST_CALLERS, 8, 3):
        sections = _sections(found, most)
        if room.holds(text := "\n".join([*paragraphs, *sections])):
            return text
    while sections:
        sections.pop()
        if room.holds(text := "\n".join([*paragraphs, *sections, "… more; raise max_tokens"])):
            return text
    said = docstring(found.symbol)
    name = f"{place(found.symbol)} {title(found.symbol)}"
    return room.first_that_fits([f"{top}\n{said}", top, name, found.symbol.name])


def _sections(found: Explanation, most: int) -> list[str]:
    sections = []
    if found.others:
        rows = [f"{title(one)} {place(one)}" for one in found.others]
        sections.append(_section("also of this name", rows, len(rows), min(most, MOST_OTHERS)))
    for one in found.relations:
        if one.relation == "member":
            sections.append(_members(one))
            continue
        least = "at least " if one.least else ""
        rows = [_related(symbol, one) for symbol in one.symbols]
        sections.append(_section(_HEADINGS[one.relation], rows, one.total, most, least))
    if found.tests:
        rows = [f"{title(one)} {place(one)}" for one in found.tests]
        sections.append(_section("tests that touch it", rows, len(rows), min(most, MOST_TESTS)))
    if found.possible:
        rows = [
            f"{f'{one.receiver}.' if one.receiver else ''}{found.symbol.name if found.symbol else ''}"
            f" {one.path}:{one.line}"
            for one in found.possible
        ]
        least = "at least " if len(rows) > MOST_POSSIBLE else ""
        heading = "possible callers (by name alone, not sure)"
        sections.append(_section(heading, rows, len(rows), min(most, MOST_POSSIBLE), least))
    return sections


def _members(among: Neighbours) -> str:
    """Their names alone: they stand in the definition itself."""
    names = ", ".join(symbol.name for symbol in among.symbols)
    more = among.total - len(among.symbols)
    return f"members: {names}" + (f" and {more} more" if more else "")


def _related(symbol: Symbol, among: Neighbours) -> str:
    """A caller with the line of its call, the others with that of their definition."""
    if among.relation != "caller":
        return f"{title(symbol)} {place(symbol)}"
    where = f"{symbol.path}:{among.lines.get(symbol.id, symbol.definition.at)}"
    return where if symbol.index == NOWHERE else f"{title(symbol)} {where}"


def _section(heading: str, rows: Sequence[str], total: int, most: int, least: str = "") -> str:
    shown = rows[:most]
    more = f"\n  … {least}{total - len(shown)} more" if total > len(shown) else ""
    return f"{heading} ({least}{total}):\n" + "\n".join(f"  {row}" for row in shown) + more
