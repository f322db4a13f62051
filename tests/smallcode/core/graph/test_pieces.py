"""Smaller parts of the answers: merging rankings, nearness, projects, pictures, accounts."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_graph import graph_of, lookup_of

from smallcode.core.graph.centrality import near_to
from smallcode.core.graph.drawing import MOST_IN_LAYER, draw
from smallcode.core.graph.facts import symbol_id
from smallcode.core.graph.fusion import fused
from smallcode.core.graph.hybrid import merged, render_merged
from smallcode.core.graph.lookup import Lookup, bare
from smallcode.core.graph.mentioned import symbol_of
from smallcode.core.graph.projects import projects
from smallcode.core.graph.search import search
from smallcode.core.retrieval import Retrieval, Spent, render_retrieval
from smallcode.core.room import Room
from smallcode.messages import SearchMatch

HUB = {
    "hub.py": "def hub():\n    leaf()\n\n\ndef leaf():\n    pass\n",
    "far.py": "def far():\n    pass\n",
    "users.py": "".join(f"def user_{number}():\n    hub()\n\n\n" for number in range(30)),
}


@pytest.mark.parametrize(
    ("rankings", "order"),
    [
        ([], []),
        ([["a", "b"], []], ["a", "b"]),
        ([["a", "b", "c"], ["c", "a"]], ["a", "c", "b"]),
        ([["a"], ["b"]], ["a", "b"]),
    ],
)
def test_fused(rankings: list[list[str]], order: list[str]) -> None:
    assert fused(rankings) == order


@given(st.lists(st.lists(st.integers(0, 20), unique=True), max_size=4))
def test_fusing_loses_and_doubles_nothing(rankings: list[list[int]]) -> None:
    found = fused(rankings)
    assert sorted(found) == sorted({value for ranking in rankings for value in ranking})


def test_rank_stays_with_what_is_connected() -> None:
    graph = graph_of(HUB)
    ranks = near_to(graph, {symbol_id("users.py", "user_3"): 1.0})
    hub, leaf, far = (
        symbol_id(f"{path}.py", name) for path, name in (("hub", "hub"), ("hub", "leaf"), ("far", "far"))
    )
    assert ranks[hub] > ranks[leaf] > 0
    assert far not in ranks
    assert sum(ranks.values()) <= 1.0
    assert near_to(graph, {}) == {}


def test_the_picture_is_well_formed_and_counts_what_it_leaves_out() -> None:
    lookup = lookup_of(HUB)
    text = draw(lookup, lookup.resolve("hub")[0])
    root = ET.fromstring(text)
    labels = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "hub" in labels
    assert "leaf" in labels
    assert sum(label.startswith("user_") for label in labels if label) <= MOST_IN_LAYER
    assert "callers in all: 30" in labels
    assert text == draw(lookup_of(HUB), lookup.resolve("hub")[0]), "the same bytes"
    assert "prefers-color-scheme: dark" in text


def test_the_picture_of_what_is_alone() -> None:
    lookup = lookup_of(HUB)
    assert ET.fromstring(draw(lookup, lookup.resolve("far")[0])) is not None


def test_boxes_do_not_overlap() -> None:
    lookup = lookup_of(HUB)
    root = ET.fromstring(draw(lookup, lookup.resolve("hub")[0]))
    boxes = [
        tuple(float(box.attrib[key]) for key in ("x", "y", "width", "height"))
        for box in root.iter("{http://www.w3.org/2000/svg}rect")
        if "box" in box.attrib["class"]
    ]
    for number, (x, y, width, height) in enumerate(boxes):
        assert x + width <= float(root.attrib["width"])
        assert y + height <= float(root.attrib["height"])
        for left, top, wide, high in boxes[number + 1 :]:
            assert x + width <= left or left + wide <= x or y + height <= top or top + high <= y


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("`parse()`", "parse"),
        ("@Parser.parse", "Parser.parse"),
        ("parse(text, *, strict=True)", "parse"),
        ('"parse"?', "parse"),
        ("Vec<T>", "Vec"),
        ("  ", ""),
    ],
)
def test_bare_names(written: str, name: str) -> None:
    assert bare(written) == name


def test_projects_are_folders_with_a_manifest() -> None:
    graph = graph_of(
        {"a.py": "def a():\n    pass\n", "web/b.py": "", "web/inner/c.py": "class C:\n    pass\n"}
    )
    paths = ["a.py", "README.md", "web/package.json", "web/b.py", "web/inner/c.py", "go/go.mod", "go/x.go"]
    found = projects(graph, paths)
    assert [(one.folder, one.manifests, one.files, one.symbols, dict(one.indexed)) for one in found] == [
        ("", (), 2, 1, {"python": 1}),
        ("go", ("go.mod",), 2, 0, {}),
        ("web", ("package.json",), 3, 1, {"python": 2}),
    ]


def test_lines_and_definitions_in_one_ranking() -> None:
    lookup = lookup_of(HUB)
    matches = [SearchMatch("hub.py", 2, "    leaf()"), SearchMatch("notes.txt", 9, "the leaf")]
    entries = merged(lookup.graph, matches, search(lookup, "leaf"))
    assert [
        (one.path, one.symbol.name if one.symbol else "", len(one.lines), one.connected)
        for one in entries[:3]
    ] == [
        ("hub.py", "hub", 1, False),
        ("hub.py", "leaf", 0, False),
        ("notes.txt", "", 1, False),
    ]
    for tokens in range(0, 120, 7):
        room = Room(tokens, 10_000)
        assert room.holds(render_merged(entries, matches, "leaf", "", room))


def test_a_mention_is_a_name_and_nothing_else() -> None:
    lookup = Lookup(graph_of(HUB))
    found = symbol_of(lookup, "hub")
    assert found is not None
    assert [one.symbol.name for one in found.ranked[:2]] == ["hub", "leaf"]
    assert symbol_of(lookup, "hubs") is None


def test_accounts() -> None:
    spent = Retrieval()
    assert render_retrieval(spent) == ""
    spent.note("graph_search", 1200)
    spent.note("search", 90)
    spent.note("search", 10, ok=False)
    assert spent.total == Spent(3, 1300, 1)
    assert render_retrieval(spent) == (
        "graph_search    1,200 tokens in 1 call\n"
        "search            100 tokens in 2 calls (1 in vain)\n"
        "all             1,300 tokens in 3 calls (1 in vain)"
    )
