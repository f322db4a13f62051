"""What a search of the graph found, in as much room as there is.

First a line for each of the best, then whole definitions as long as there is room, then lines for more. The
tokens of parts are added up to choose, and the whole text is counted at the end: it is what must fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..room import Room
from .describe import docstring, head, lines_of, place, title
from .facts import NOWHERE
from .graph import Symbol
from .search import Found
from .walk import Relation, Scored

# Of the room, what the lines of the best may take before the first definition is shown whole.
LINES_SHARE = 0.4
FIRST_LINES = 12

# The best one's text comes before all others' lines where it takes no more than this.
FIRST_BODY_SHARE = 0.7

MOST_LINES = 60

# A definition of more lines is read by read_file, as far as it is needed.
LONGEST_BODY = 150
MOST_BODIES = 12

_RELATION: Mapping[Relation, str] = {
    "caller": "calls",
    "callee": "called by",
    "base": "base of",
    "derived": "derives from",
    "member": "in",
    "owner": "around",
}


@dataclass(slots=True)
class _Choice:
    """What is shown of each symbol, by its place in the ranking."""

    lines: list[int] = field(default_factory=list)
    bodies: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Listing:
    """``text`` and the definitions that it holds whole, for whoever notes what the model has seen."""

    text: str
    whole: tuple[Symbol, ...] = ()


def worth_reading(found: Found) -> tuple[Symbol, ...]:
    """The definitions whose text is wanted, the best first."""
    symbols = [one.symbol for one in found.ranked if _has_body(one.symbol)]
    return tuple(symbols[:MOST_BODIES])


def render(found: Found, bodies: Mapping[int, str], room: Room) -> Listing:
    """``bodies`` are the lines of definitions as they stand in the files, by symbol id; one that is missing
    is told by its signature. Never more than ``room`` holds: the first symbol's body gives way to its
    signature, and that to its name; "" where not even a name has room."""
    if not found.ranked:
        return Listing(
            room.first_that_fits([_nothing(found), _nothing(Found("…", near=found.near)), "No match."])
        )
    choice = _choose(found, bodies, room)
    while choice.lines:
        text = _text(found, choice, bodies)
        if room.holds(text):
            return Listing(text, tuple(found.ranked[number].symbol for number in sorted(choice.bodies)))
        _give_up(choice)
    first = found.ranked[0].symbol
    more = len(found.ranked) - 1
    shorter = [f"{place(first)} {title(first)}\n{_more(more)}", f"{place(first)} {title(first)}", first.name]
    return Listing(room.first_that_fits(shorter))


# --- choosing ------------------------------------------------------------------------------------------


def _choose(found: Found, bodies: Mapping[int, str], room: Room) -> _Choice:
    """The first is always taken; ``render`` finds out whether it fits."""
    choice = _Choice([0])
    left = room.tokens - room.measure(_line(found.ranked[0])) - room.measure(_heading(found)) - 12
    body = bodies.get(found.ranked[0].symbol.id)
    if body is not None and (cost := room.measure(body) + 2) <= left * FIRST_BODY_SHARE:
        choice.bodies.add(0)
        left -= cost
    for_lines = int(left * LINES_SHARE)
    rest: list[int] = []
    for number, one in enumerate(found.ranked[1:MOST_LINES], 1):
        cost = room.measure(_line(one)) + 1
        if _inside(found, number, choice.bodies):
            continue
        if number < FIRST_LINES and cost <= for_lines:
            choice.lines.append(number)
            for_lines -= cost
            left -= cost
        else:
            rest.append(number)
    left = _take_bodies(found, choice, bodies, left, room)
    for number in rest:
        cost = room.measure(_line(found.ranked[number])) + 1
        if cost > left:
            break
        if not _inside(found, number, choice.bodies):
            choice.lines.append(number)
            left -= cost
    return choice


def _take_bodies(found: Found, choice: _Choice, bodies: Mapping[int, str], left: int, room: Room) -> int:
    """In the order of the ranking; one that has no room leaves it to the next. One that holds another does
    not take its place: the smaller stood higher. Returns what is left."""
    for number in list(choice.lines):
        one = found.ranked[number]
        body = bodies.get(one.symbol.id)
        if body is None or one.relation == "owner" or number not in choice.lines:
            continue
        apart = not any(_inside(found, other, {number}) for other in choice.bodies)
        if not apart or _inside(found, number, choice.bodies):
            continue
        cost = room.measure(body) + 2
        if cost > left:
            continue
        choice.bodies.add(number)
        left -= cost
        within = [line for line in choice.lines if line != number and _inside(found, line, {number})]
        left += sum(room.measure(_line(found.ranked[line])) for line in within)
        choice.lines = [line for line in choice.lines if line not in within]
    return left


def _give_up(choice: _Choice) -> None:
    """The last lines that are no bodies first, then the last body, then the first line's own."""
    plain = [number for number in choice.lines if number not in choice.bodies and number]
    if plain and len(plain) >= len(choice.bodies):
        choice.lines.remove(plain[-1])
    elif choice.bodies:
        choice.bodies.discard(max(choice.bodies))
    else:
        choice.lines.pop()


def _inside(found: Found, number: int, bodies: set[int]) -> bool:
    """Whether a definition is shown already, as a part of another."""
    inner = found.ranked[number].symbol
    for other in bodies:
        outer = found.ranked[other].symbol
        one, around = inner.definition, outer.definition
        if inner.path == outer.path and around.first <= one.first and one.last <= around.last:
            return True
    return False


def _has_body(symbol: Symbol) -> bool:
    one = symbol.definition
    return symbol.index != NOWHERE and one.last - one.first < LONGEST_BODY


# --- writing -------------------------------------------------------------------------------------------


def _text(found: Found, choice: _Choice, bodies: Mapping[int, str]) -> str:
    rows = [_heading(found)]
    for number in sorted(choice.lines):
        one = found.ranked[number]
        if number in choice.bodies:
            rows.append(f"{lines_of(one.symbol)}{_why(one)}\n{bodies[one.symbol.id]}")
        else:
            rows.append(_line(one))
    shown = len(choice.lines)
    inside = sum(
        number not in choice.lines and _inside(found, number, choice.bodies)
        for number in range(len(found.ranked))
    )
    unshown = len(found.ranked) - shown - inside + max(found.matches - len(_matching(found)), 0)
    if unshown > 0:
        rows.append(_more(unshown))
    return "\n".join(rows)


def _heading(found: Found) -> str:
    matches = found.matches
    connected = len(found.ranked) - len(_matching(found))
    near = f"; no {found.query}, nearest {', '.join(found.near)}" if found.near else ""
    if found.unknown and not near:
        near = f"; nothing is called {found.unknown}, these have words of it"
    return f"{matches} {'match' if matches == 1 else 'matches'}, {connected} connected{near}"


def _line(one: Scored) -> str:
    said = docstring(one.symbol)
    return f"{lines_of(one.symbol)} {head(one.symbol)}{_why(one)}" + (f"\n    {said}" if said else "")


def _why(one: Scored) -> str:
    return f" [{_RELATION[one.relation]} {title(one.origin)}]" if one.origin is not None else ""


def _more(number: int) -> str:
    return f"… {number} more; ask for a narrower name, or raise max_tokens"


def _nothing(found: Found) -> str:
    near = f" Did you mean {', '.join(found.near)}?" if found.near else ""
    return f"Nothing in the code matches {found.query!r}.{near}"


def _matching(found: Found) -> Sequence[Scored]:
    return [one for one in found.ranked if one.relation == "match"]
