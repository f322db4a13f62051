"""Symbols of the graph as editors take them, and which graph a document belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from smallcode.adapters.graph.extract import Extractor
from smallcode.adapters.graph.index import CodeIndex, Sources
from smallcode.adapters.graph.store import Store
from smallcode.core.graph.facts import Kind
from smallcode.core.graph.graph import Graph
from smallcode.core.graph.resolve import Edges
from smallcode_lsp import symbols, uris
from smallcode_lsp.graphs import Graphs
from smallcode_lsp.line_buffer import Change, LineBuffer
from smallcode_lsp.mirror import Documents

PATIENCE = 20.0
TEXT = (
    "class Shape:\n    '😀'; size = 1\n    def area(self):\n        pass\n\n\ndef make_shape():\n    pass\n"
)


def graph_of(**texts: str) -> Graph:
    graph = Graph()
    for name, text in texts.items():
        graph.put(Extractor().facts(f"{name}.py", text))
    return graph


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("shape", ["Shape", "make_shape"]),
        ("msh", ["make_shape"]),
        ("AREA", ["area"]),
        ("zz", []),
        ("", ["area", "size", "Shape", "make_shape"]),
    ],
)
def test_names_are_found_by_their_letters(query: str, expected: list[str]) -> None:
    found = symbols.matching(graph_of(a=TEXT), query, 10)
    assert [one.name for one in found] == expected
    assert [one.name for one in symbols.matching(graph_of(a=TEXT), query, 1)] == expected[:1]


def test_a_document_is_told_as_a_tree() -> None:
    shape, make = symbols.tree(graph_of(a=TEXT).in_file("a.py"), LineBuffer(TEXT))
    assert shape.children is not None and make.children == []
    assert [one.name for one in shape.children] == ["size", "area"]
    assert (shape.range.start.line, shape.range.end.line) == (0, 4)
    # The smiley counts two in UTF-16.
    assert shape.children[0].selection_range == types.Range(types.Position(1, 10), types.Position(1, 14))


def test_what_is_found_names_file_and_owner() -> None:
    graph = graph_of(a=TEXT)
    found = symbols.information(graph, "/some project", graph.named("area")[0])
    assert (found.location.uri, found.container_name) == ("file:///some%20project/a.py", "Shape")


def test_every_kind_is_known() -> None:
    assert set(symbols.KINDS) == set(Kind.__args__)  # type: ignore[attr-defined]


def index_of(root: Path) -> CodeIndex:
    return CodeIndex(str(root), Sources(Store(None, str(root), str), Extractor(), Edges()))


async def test_documents_go_to_the_innermost_folder(tmp_path: Path) -> None:
    outer, inner = tmp_path / "outer", tmp_path / "outer" / "inner"
    inner.mkdir(parents=True)
    documents = Documents()
    graphs = Graphs(documents)
    uri = uris.from_path(str(inner / "a.py"))
    documents.did_open(uri, 1, "def opened(): pass\n")
    documents.did_open(uris.from_path(str(tmp_path / "elsewhere.py")), 1, "def elsewhere(): pass\n")
    for root in (outer, inner):
        graphs.add(str(root), index_of(root))
    index = graphs.get(str(inner))
    assert index is not None and graphs.holding(str(inner / "a.py")) == (index, "a.py")
    assert graphs.holding(str(tmp_path / "elsewhere.py")) is None

    async def names() -> list[str]:
        return sorted((await index.current(PATIENCE)).names())

    await index.built()
    assert await names() == ["opened"]
    documents.did_change(uri, 2, [Change("def changed(): pass\n")])
    assert await names() == ["changed"]
    (inner / "a.py").write_text("def saved(): pass\n")
    documents.did_close(uri)
    assert await names() == ["saved"]
    (inner / "b.py").write_text("def beside(): pass\n")
    graphs.touched([str(inner / "b.py"), str(tmp_path / "elsewhere.py")])
    assert await names() == ["beside", "saved"]
    await graphs.aclose()
    assert graphs.items() == ()
