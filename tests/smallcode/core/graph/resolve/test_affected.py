"""Resolving again only what a change affects gives what resolving everything anew does."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from graph_projects import all_edges, facts_of, graph_of, shown, split
from hypothesis import given, settings
from hypothesis import strategies as st

from smallcode.core.graph.graph import Graph
from smallcode.core.graph.packing import pack_facts
from smallcode.core.graph.resolve import Edges
from smallcode.core.graph.updating import Updater

PYTHON_FILES = ["a.py", "p/__init__.py", "p/b.py", "p/c.py", "p/q/__init__.py", "src/d.py"]
PYTHON_PIECES = [
    "from p.b import f, A", "from p import b, f", "from .b import *", "from . import c", "import p.b as b",
    "from p.q import f as g", "import d", "from d import g, B", "__all__ = ['f', 'A']",
    "from .c import A as B",
    "def f(): pass", "def g(): f()", "def g() -> 'A': return f()", "def f(x: A): x.m(); b.f()",
    "class A:\n def m(self): self.n(); g()\n def n(self): return self",
    "class B(A):\n def __init__(self): self.x = A(); self.y = g()\n def n(self): self.x.m(); self.y.n()",
    "class A(B):\n def m(self): super().n()", "x = A()", "x = B", "f()", "x.m()", "A().n().m()", "g().m()",
    "b.A().m()", "d.g()", "class C(b.A): pass", "C().m()",
]  # fmt: skip
TYPESCRIPT_FILES = ["a.ts", "lib/index.ts", "lib/b.ts", "lib/c.ts", "b.ts"]
TYPESCRIPT_PIECES = [
    'import { f, A } from "./lib";', 'import { f as g } from "./b";', 'import * as b from "./b";',
    'export * from "./b";', 'export * from "./c";', 'export { f as g } from "./c";',
    'export * as b from "./b";',
    'import g from "./lib/c";', "export function f() {}", "export default function g() { f(); }",
    "export function g(): A { return f(); }", "export { B };", "export class A { m() { this.n(); } n() {} }",
    "export class B extends A { x = new A(); n() { this.x.m(); super.n(); } }", "const x = new A();",
    "const y: B = g();", "f();", "g().m();", "x.m(); y.n();", "b.f();", "new B().n();",
]  # fmt: skip

Step = tuple[str, list[str] | None]


def steps(files: list[str], pieces: list[str]) -> st.SearchStrategy[list[Step]]:
    """Files that are written from a few pieces, or removed."""
    text = st.lists(st.sampled_from(pieces), max_size=6)
    step = st.tuples(st.sampled_from(files), st.one_of(text, text, text, st.none()))
    return st.lists(step, min_size=1, max_size=14)


def check(changes: list[Step]) -> None:
    updater, files = Updater(Graph(), Edges()), dict[str, str]()
    for path, pieces in changes:
        if pieces is None:
            files.pop(path, None)
            updater.remove(path)
        else:
            files[path] = "\n".join(pieces) + "\n"
            updater.put(facts_of({path: files[path]})[0])
        updater.settle()
        assert all_edges(updater.graph) == all_edges(graph_of(files))


@settings(max_examples=60, deadline=None)
@given(steps(PYTHON_FILES, PYTHON_PIECES))
def test_python(changes: list[Step]) -> None:
    check(changes)


@settings(max_examples=60, deadline=None)
@given(steps(TYPESCRIPT_FILES, TYPESCRIPT_PIECES))
def test_typescript(changes: list[Step]) -> None:
    check(changes)


@given(st.permutations(PYTHON_FILES), st.data())
@settings(max_examples=30, deadline=None)
def test_the_order_of_resolving_is_of_no_consequence(order: list[str], data: st.DataObject) -> None:
    pieces = st.lists(st.sampled_from(PYTHON_PIECES), max_size=6)
    files = {path: "\n".join(data.draw(pieces)) + "\n" for path in PYTHON_FILES}
    graph, resolver = Graph(), Edges()
    for facts in facts_of(files):
        graph.put(facts)
    for path in order:
        graph.set_edges(path, resolver.resolve(graph, path))
    assert all_edges(graph) == all_edges(graph_of(files))


BODY = {"a.py": "def f():\n return g()\ndef g(): pass\n", "b.py": "from a import f\nf()\n"}
PROJECT = split("""
--- base.py
class Base:
    def m(self): pass
--- middle.py
from base import Base
class Middle(Base): pass
def make(): return Middle()
--- use.py
from middle import make
make().m()
--- apart.py
def alone(): pass
""")


@pytest.mark.parametrize(
    ("files", "path", "text", "expected"),
    [
        (BODY, "a.py", "def f():\n x = 1\n return x + g()\ndef g(): pass\n", set()),
        (BODY, "a.py", "def g(): pass\n", {"b.py"}),
        (PROJECT, "base.py", "class Base:\n def m(self): pass\n def extra(self): pass\n", set()),
        (PROJECT, "base.py", "class Base: pass\n", {"use.py"}),
        (PROJECT, "apart.py", "def alone(): return 3\n", set()),
    ],
    ids=["inside of a function", "a function is gone", "a method nobody names", "far away", "apart"],
)
def test_what_is_affected(files: Mapping[str, str], path: str, text: str, expected: set[str]) -> None:
    graph = graph_of(files)
    old, new = graph.facts(path), facts_of({path: text})[0]
    graph.put(new)
    assert Edges().affected(graph, old, new) == expected


def test_edges_that_were_kept_are_spread_to_as_well() -> None:
    """What was loaded from the store was never resolved here."""
    resolved, graph = graph_of(PROJECT), Graph()
    updater = Updater(graph, Edges())
    for path in resolved.paths():
        facts = resolved.facts(path)
        assert facts is not None
        updater.load(pack_facts(facts))
    for path in resolved.paths():
        updater.load_edges(path, resolved.edges(path))
    assert "use.py -> base.py:Base.m" in shown(graph)
    updater.put(facts_of({"base.py": "class Base:\n def other(self): pass\n"})[0])
    updater.settle()
    assert "use.py -> base.py:Base.m" not in shown(graph)
