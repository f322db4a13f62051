"""After any sequence of changes the graph is what a new one of the same files is."""

from __future__ import annotations

from graph_resolver import UniqueNames
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.graph.facts import NOWHERE, Call, Definition, Edge, FileFacts, symbol_id
from smallcode.core.graph.graph import Graph
from smallcode.core.graph.packing import pack_facts, unpack_facts
from smallcode.core.graph.updating import Updater

NAMES = st.sampled_from(["a", "b", "c", "d"])
PATHS = st.sampled_from(["one.py", "two.py", "lib/three.py"])


def facts_of(path: str, defined: list[str], called: list[str]) -> FileFacts:
    """Functions on lines of their own, and calls in the last of them."""
    definitions = tuple(
        Definition(name, name, "function", i + 1, i + 1, i + 1, 4, f"def {name}()", "", NOWHERE, ordinal)
        for i, name in enumerate(defined)
        for ordinal in [defined[:i].count(name)]
    )
    within = len(defined) - 1 if defined else NOWHERE
    calls = tuple(Call(name, "", line, 0, within) for line, name in enumerate(called, 50))
    return FileFacts(path, "python", definitions, calls)


FACTS = st.builds(facts_of, PATHS, st.lists(NAMES, max_size=4), st.lists(NAMES, max_size=4))
STEPS = st.lists(st.one_of(FACTS, PATHS, st.just(None)), max_size=25)


def seen(graph: Graph) -> object:
    """All that can be asked of a graph."""
    symbols = {path: graph.in_file(path) for path in graph.paths()}
    modules = [symbol_id(path, "") for path in graph.paths()]
    every = [*modules, *(one.id for found in symbols.values() for one in found)]
    return (
        {path: graph.facts(path) for path in graph.paths()},
        symbols,
        {path: graph.edges(path) for path in graph.paths()},
        {id: (graph.callers(id), graph.callees(id), graph.members(id), graph.degree(id)) for id in every},
        {name: (graph.named(name), graph.possible_callers(name), graph.mentions(name)) for name in "abcd"},
        sorted(graph.names()),
        graph.sizes(),
    )


@given(STEPS)
def test_a_graph_that_has_seen_changes_is_like_a_new_one(steps: list[FileFacts | str | None]) -> None:
    files: dict[str, FileFacts] = {}
    updater = Updater(Graph(), UniqueNames())
    for step in steps:
        match step:
            case FileFacts():
                assert updater.put(step) == (files.get(step.path) != step)
                files[step.path] = step
            case str():
                assert updater.remove(step) == (files.pop(step, None) is not None)
            case None:
                updater.settle()
    updater.settle()
    fresh = Updater(Graph(), UniqueNames())
    fresh.fill()
    for facts in files.values():
        fresh.put(facts)
    fresh.filled()
    fresh.settle()
    assert seen(updater.graph) == seen(fresh.graph)


@given(st.lists(FACTS, max_size=6))
def test_what_was_kept_is_loaded_as_it_was(kept: list[FileFacts]) -> None:
    files = {facts.path: facts for facts in kept}
    first = Updater(Graph(), UniqueNames())
    for facts in files.values():
        first.put(facts)
    first.settle()
    second = Updater(Graph(), UniqueNames())
    for facts in files.values():
        second.load(pack_facts(facts))
    for path in files:
        second.load_edges(path, first.graph.edges(path))
    assert second.stale == 0 and seen(second.graph) == seen(first.graph)


def test_edges_that_do_not_fit_what_was_kept_are_resolved_again() -> None:
    facts = facts_of("one.py", ["a", "b"], ["a"])
    a, b = (symbol_id("one.py", name) for name in "ab")
    for edges in ([Edge(1, a, "calls", 1.0, 3)], [Edge(b, a, "calls", 1.0, 3), Edge(1, a, "calls", 1.0, 3)]):
        updater = Updater(Graph(), UniqueNames())
        updater.load(pack_facts(facts))
        updater.load_edges("one.py", edges)
        assert updater.stale_paths() == ("one.py",)
        updater.settle()
        assert updater.graph.edges("one.py") == (Edge(b, a, "calls", 1.0, 50),)


def test_stale_files_are_resolved_one_by_one_in_their_order() -> None:
    updater = Updater(Graph(), UniqueNames())
    for path in ("two.py", "one.py"):
        updater.put(facts_of(path, ["a"], ["b"]))
    updater.remove("two.py")
    assert [updater.step(), updater.step()] == ["one.py", None]


@given(FACTS)
def test_packed_facts_are_unpacked_as_they_were(facts: FileFacts) -> None:
    assert unpack_facts(pack_facts(facts)) == facts
