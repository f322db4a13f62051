"""The graph in memory: what it is told is what it answers, in a fixed order."""

from __future__ import annotations

import pytest

from smallcode.core.graph.facts import NOWHERE, Call, Definition, Edge, FileFacts, Import, symbol_id
from smallcode.core.graph.graph import Graph, PossibleCall


def define(qualified: str, line: int, parent: int = NOWHERE, kind: str = "function") -> Definition:
    name = qualified.rpartition(".")[2]
    return Definition(name, qualified, kind, line, line, line, 4, f"def {name}()", parent=parent)  # type: ignore[arg-type]


SHAPES = FileFacts(
    "shapes.py",
    "python",
    (
        define("Shape", 1, kind="class"),
        define("Shape.area", 2, 0, "method"),
        define("Shape.draw", 3, 0, "method"),
        define("make", 5),
    ),
    (Call("Shape", "", 6, 4, 3), Call("area", "self", 3, 8, 2), Call("make", "", 8, 0)),
)
USES = FileFacts(
    "app/uses.py",
    "python",
    (define("main", 3), define("area", 9)),
    (Call("make", "", 4, 4, 0), Call("area", "?", 5, 4, 0), Call("area", "x", 5, 20, 0)),
    (Import("shapes", "make", "make", 1),),
)


def ids(path: str, *names: str) -> list[int]:
    return [symbol_id(path, name) for name in names]


SHAPE, AREA, DRAW, MAKE = ids("shapes.py", "Shape", "Shape.area", "Shape.draw", "make")
TOP = symbol_id("shapes.py", "")
MAIN, OTHER_AREA = ids("app/uses.py", "main", "area")

OWN = (
    Edge(MAKE, SHAPE, "calls", 1.0, 6),
    Edge(DRAW, AREA, "calls", 1.0, 3),
    Edge(TOP, MAKE, "calls", 1.0, 8),
)
ACROSS = (Edge(MAIN, MAKE, "calls", 1.0, 4),)


@pytest.fixture
def graph() -> Graph:
    graph = Graph()
    for facts, edges in ((SHAPES, OWN), (USES, ACROSS)):
        graph.put(facts)
        graph.set_edges(facts.path, edges)
    return graph


def names(graph: Graph, found: tuple[Edge, ...], end: str) -> list[str]:
    symbols = (graph.symbol(getattr(edge, end)) for edge in found)
    return [symbol.definition.qualified if symbol else "?" for symbol in symbols]


def test_symbols_are_found_by_id_name_file_and_owner(graph: Graph) -> None:
    assert graph.paths() == ("app/uses.py", "shapes.py")
    assert [one.path for one in graph.named("area")] == ["app/uses.py", "shapes.py"]
    assert [one.name for one in graph.in_file("shapes.py")] == ["Shape", "area", "draw", "make"]
    assert [one.name for one in graph.members(SHAPE)] == ["area", "draw"]
    assert [one.name for one in graph.members(TOP)] == ["Shape", "make"]
    area = graph.symbol(AREA)
    assert area is not None and (area.parent, area.index) == (SHAPE, 1)
    module = graph.module("shapes.py")
    assert module is not None and (module.id, module.name, module.parent) == (TOP, "shapes", None)
    assert graph.named("nothing") == () and graph.symbol(1) is None and graph.members(1) == ()
    assert graph.exists("make") and not graph.exists("shapes")


def test_edges_are_found_from_both_ends(graph: Graph) -> None:
    assert names(graph, graph.callers(MAKE), "source") == ["main", ""]
    assert graph.callers(MAKE, limit=1) == graph.callers(MAKE)[:1]
    assert names(graph, graph.callees(DRAW), "target") == ["Shape.area"]
    assert graph.bases(SHAPE) == () and graph.derived(SHAPE) == ()
    assert graph.degree(MAKE) == 2


def test_calls_without_an_edge_are_possible_calls_by_name(graph: Graph) -> None:
    expected = (PossibleCall("app/uses.py", 5, "?", MAIN), PossibleCall("app/uses.py", 5, "x", MAIN))
    assert graph.possible_callers("area") == expected
    assert graph.possible_callers("area", limit=1) == expected[:1]
    assert graph.possible_callers("make") == ()


def test_new_facts_take_the_place_of_the_old(graph: Graph) -> None:
    moved = FileFacts("shapes.py", "python", (define("make", 7), define("Circle", 1)))
    graph.put(moved)
    assert graph.facts("shapes.py") is moved
    assert graph.named("Shape") == () and not graph.exists("Shape")
    assert [one.name for one in graph.in_file("shapes.py")] == ["make", "Circle"]
    assert names(graph, graph.callers(MAKE), "source") == ["main"]
    assert graph.edges("shapes.py") == ()
    assert graph.sizes().edges == 1
    assert graph.mentions("Shape") == ()


def test_edges_to_what_is_gone_are_not_shown_and_come_back_with_it(graph: Graph) -> None:
    graph.remove("shapes.py")
    assert graph.paths() == ("app/uses.py",)
    assert graph.callees(MAIN) == () and graph.callers(MAKE) == () and graph.symbol(TOP) is None
    graph.put(SHAPES)
    assert graph.callees(MAIN) == ACROSS


def test_a_file_that_is_removed_leaves_nothing(graph: Graph) -> None:
    for path in ("shapes.py", "app/uses.py", "never.py"):
        graph.remove(path)
    sizes = graph.sizes()
    assert (sizes.files, sizes.symbols, sizes.names, sizes.edges, sizes.languages) == (0, 0, 0, 0, ())
    assert list(graph.names()) == [] and graph.mentions("make") == ()


def test_shape_tells_of_files_that_come_and_go(graph: Graph) -> None:
    before = graph.shape
    graph.put(SHAPES)
    assert graph.shape == before
    graph.remove("shapes.py")
    assert graph.shape == before + 1


@pytest.mark.parametrize("path", ["app/uses.py", "nowhere.py"])
def test_edges_of_another_file_are_refused(graph: Graph, path: str) -> None:
    with pytest.raises(ValueError, match=path):
        graph.set_edges(path, OWN)


def test_mentions_hold_every_part_of_what_is_named() -> None:
    graph = Graph()
    graph.put(FileFacts("a.ts", "typescript", imports=(Import("./lib/shapes", "Shape", "S", 1),)))
    assert all(graph.mentions(word) == ("a.ts",) for word in ("lib", "shapes", "Shape", "S"))


def test_watchers_are_told_of_every_file_that_changes(graph: Graph) -> None:
    told: list[str] = []
    graph.watch(told.append)
    graph.put(SHAPES)
    graph.set_edges("shapes.py", OWN)
    graph.remove("app/uses.py")
    graph.remove("app/uses.py")
    assert told == ["shapes.py", "shapes.py", "app/uses.py"]
