"""What the graph answers with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .facts import NOWHERE, Definition, Edge, symbol_id


@dataclass(frozen=True, slots=True)
class Symbol:
    """One definition of one file. ``index`` is its place in the file's facts, so that
    ``graph.in_file(path)[call.within]`` is the symbol a call stands in; ``parent`` the id of the symbol
    around it, that of the file for what stands at its top. The symbol of a file itself has the index
    NOWHERE, no parent, and the id ``symbol_id(path, "")``."""

    id: int
    path: str
    definition: Definition
    index: int
    parent: int | None

    @property
    def name(self) -> str:
        return self.definition.name


@dataclass(frozen=True, slots=True)
class PossibleCall:
    """A call of that name of which nobody could tell whom it calls. ``source`` is the symbol it stands in."""

    path: str
    line: int
    receiver: str
    source: int


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much the graph holds. ``languages`` are files by language, in the order of their names."""

    files: int
    symbols: int
    names: int
    edges: int
    calls: int
    languages: tuple[tuple[str, int], ...]


def module_of(path: str, definitions: Sequence[Definition]) -> Symbol:
    name = path.rpartition("/")[2].partition(".")[0]
    last = max((one.last for one in definitions), default=1)
    definition = Definition(name, "", "module", 1, last, 1, 0, path)
    return Symbol(symbol_id(path, ""), path, definition, NOWHERE, None)


def symbols_of(path: str, definitions: Sequence[Definition]) -> tuple[Symbol, ...]:
    ids = [symbol_id(path, one.qualified, one.ordinal) for one in definitions]
    top = symbol_id(path, "")
    return tuple(
        Symbol(id, path, one, index, top if one.parent == NOWHERE else ids[one.parent])
        for index, (id, one) in enumerate(zip(ids, definitions, strict=True))
    )


def accounted(symbols: Mapping[int, Symbol], calls: Iterable[Edge]) -> set[tuple[int, str]]:
    """The lines of these edges with the names by which their targets are called: a call of a class may have
    an edge to its constructor."""
    found = set()
    for edge in calls:
        target = symbols.get(edge.target)
        if target is not None:
            found.add((edge.line, target.definition.name))
            owner = None if target.parent is None else symbols.get(target.parent)
            if owner is not None:
                found.add((edge.line, owner.definition.name))
    return found
