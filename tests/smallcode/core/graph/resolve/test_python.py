"""Whom the calls of Python mean. Each project lists every call edge: one more is as wrong as one less."""

from __future__ import annotations

import pytest
from graph_projects import graph_of, shown, split

CASES = {
    "names of the same file": (
        """
--- a.py
def f():
    def inner(): pass
    inner()
    g()
def g(): f()
f()
""",
        ["a.py:f -> a.py:f.inner", "a.py:f -> a.py:g", "a.py:g -> a.py:f", "a.py -> a.py:f"],
    ),
    "a parameter hides a function, a name in its default does not": (
        """
--- a.py
def f(): pass
def g(): pass
def use(f, x=g()): f(); g()
""",
        ["a.py:use -> a.py:g"],
    ),
    "a local import hides a function of the file": (
        """
--- a.py
def f(): pass
def use():
    from elsewhere import f
    f()
""",
        [],
    ),
    "imports, aliases and modules": (
        """
--- pkg/__init__.py
--- pkg/a.py
def f(): pass
class C:
    def m(self): pass
--- main.py
from pkg.a import f as other, C
from pkg import a
import pkg.a
import pkg.a as short
other()
a.f()
pkg.a.f()
short.C()
C.m(None)
""",
        ["main.py -> pkg/a.py:f", "main.py -> pkg/a.py:C", "main.py -> pkg/a.py:C.m"],
    ),
    "re-exports through several packages, and a star that keeps to __all__": (
        """
--- top/__init__.py
from .inner import shown, renamed as again
from .stars import *
--- top/inner/__init__.py
from .deep import shown, f as renamed
--- top/inner/deep.py
def shown(): pass
def f(): pass
--- top/stars.py
__all__ = ["public"]
def public(): pass
def private(): pass
--- use.py
from top import *
import top
shown()
again()
public()
private()
top.private()
""",
        [
            "use.py -> top/inner/deep.py:shown",
            "use.py -> top/inner/deep.py:f",
            "use.py -> top/stars.py:public",
        ],
    ),
    "modules that import each other, and names that never arrive": (
        """
--- a.py
from b import g, lost
def f(): g(); lost()
--- b.py
from a import f, lost
def g(): f(); lost()
""",
        ["a.py:f -> b.py:g", "b.py:g -> a.py:f"],
    ),
    "relative imports, upwards and of siblings": (
        """
--- p/__init__.py
--- p/util.py
def f(): pass
--- p/q/__init__.py
--- p/q/sibling.py
def s(): pass
--- p/q/m.py
from ..util import f
from . import sibling
from .. import util
f(); sibling.s(); util.f()
""",
        ["p/q/m.py -> p/util.py:f", "p/q/m.py -> p/q/sibling.py:s"],
    ),
    "a package below src, from a test beside it": (
        """
--- src/pkg/__init__.py
--- src/pkg/core.py
def f(): pass
--- tests/test_core.py
from pkg.core import f
f()
""",
        ["tests/test_core.py -> src/pkg/core.py:f"],
    ),
    "a module of a package is not a module of the library of that name": (
        """
--- p/__init__.py
--- p/json.py
def loads(): pass
--- p/use.py
import json
json.loads()
""",
        [],
    ),
    "methods by the order of the bases": (
        """
--- a.py
class A:
    def m(self): pass
    def only(self): pass
class B(A):
    def m(self): super().m()
class C(A):
    def m(self): pass
class D(B, C):
    def use(self):
        self.m()
        self.only()
        super().m()
        self.nothing()
""",
        ["a.py:B.m -> a.py:A.m", "a.py:D.use -> a.py:B.m", "a.py:D.use -> a.py:A.only"],
    ),
    "a base that nobody knows may define the method, one in front of it not": (
        """
--- a.py
from elsewhere import Unknown
class Mixin:
    def m(self): pass
class A(Mixin, Unknown):
    def use(self): self.m(); self.other()
""",
        ["a.py:A.use -> a.py:Mixin.m"],
    ),
    "a method's own object by another name, and a static method has none": (
        """
--- a.py
class A:
    def m(this): this.n()
    def n(self): pass
    @staticmethod
    def free(self): self.n()
    def other(self, cls): cls.n()
""",
        ["a.py:A.m -> a.py:A.n"],
    ),
    "class methods, static ones and the class itself": (
        """
--- a.py
class A:
    def __init__(self): pass
    @classmethod
    def make(cls): cls.help(); return cls()
    @staticmethod
    def help(): pass
A.make()
A()
""",
        ["a.py:A.make -> a.py:A.help", "a.py -> a.py:A.make", "a.py -> a.py:A"],
    ),
    "what a variable or an attribute holds is no callee": (
        """
--- a.py
class A: pass
def f(): pass
g = f
class B:
    kind = A
    def use(self): self.kind(); g()
""",
        [],
    ),
    "a name in common is no edge": (
        """
--- a.py
class A:
    def run(self): pass
def use(x): x.run(); run()
--- b.py
def run(): pass
""",
        [],
    ),
    "classes in a circle": (
        """
--- a.py
class A(B):
    def use(self): self.m()
class B(A):
    def m(self): pass
""",
        ["a.py:A.use -> a.py:B.m"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_calls(name: str) -> None:
    project, expected = CASES[name]
    assert shown(graph_of(split(project))) == set(expected)


def test_bases_overridden_methods_and_imports() -> None:
    graph = graph_of(
        split("""
--- p/__init__.py
--- p/base.py
class Base:
    def m(self): pass
    def __init__(self): pass
--- p/sub.py
from . import base
from .base import Base as B
class Sub(B):
    def m(self): pass
    def __init__(self): pass
class Other(base.Base, Unknown): pass
""")
    )
    assert shown(graph, "inherits") == {
        "p/sub.py:Sub -> p/base.py:Base",
        "p/sub.py:Other -> p/base.py:Base",
    }
    assert shown(graph, "overrides") == {"p/sub.py:Sub.m -> p/base.py:Base.m"}
    assert shown(graph, "imports") == {"p/sub.py -> p/base.py", "p/sub.py -> p/base.py:Base"}


def test_confidence_falls_with_what_is_assumed() -> None:
    graph = graph_of({"a.py": "class A:\n def m(self): pass\nx = A()\nx.m()\nA.m(x)\n"})
    by_line = {edge.line: edge.confidence for edge in graph.edges("a.py")}
    assert by_line[3] == by_line[5] == 1.0
    assert by_line[4] < 1.0
