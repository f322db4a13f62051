"""What names of Python hold, and so whom their methods are. Each project lists every call edge."""

from __future__ import annotations

import pytest
from graph_projects import graph_of, shown, split

CASES = {
    "instances by assignment, annotation and parameter": (
        """
--- b.py
class B:
    def m(self): pass
--- a.py
from typing import Optional
from b import B
shared = B()
class A:
    kind: "B"
    def __init__(self, given: Optional[B], unknown):
        self.x = B()
        self.y = given
        self.z = unknown
    def use(self, b: B):
        self.x.m(); self.y.m(); self.kind.m(); b.m(); shared.m()
        self.z.m()
""",
        ["a.py -> b.py:B", "a.py:A.__init__ -> b.py:B", "a.py:A.use -> b.py:B.m"],
    ),
    "the assignment before the call counts, in a function": (
        """
--- a.py
class A:
    def m(self): pass
class B:
    def m(self): pass
def use():
    x = A()
    x.m()
    x = B()
    x.m()
""",
        ["a.py:use -> a.py:A", "a.py:use -> a.py:B", "a.py:use -> a.py:A.m", "a.py:use -> a.py:B.m"],
    ),
    "one of two values on a line, and an attribute since it was assigned": (
        """
--- a.py
class A:
    def m(self): pass
    @classmethod
    def make(cls): return cls()
class B(A):
    def n(self): pass
class C:
    def use(self, x, other):
        x = x or A()
        x.m()
        self.x = B.make()
        self.x.n()
        other.attribute = A()
        other.attribute.m()
    def another(self): self.x = A()
""",
        [
            "a.py:C.use -> a.py:A",
            "a.py:C.use -> a.py:A.m",
            "a.py:C.use -> a.py:A.make",
            "a.py:C.use -> a.py:B.n",
            "a.py:C.another -> a.py:A",
        ],
    ),
    "an attribute with two types has none": (
        """
--- a.py
class A:
    def m(self): pass
class B:
    def m(self): pass
class C:
    def one(self): self.x = A()
    def two(self): self.x = B()
    def use(self): self.x.m()
""",
        ["a.py:C.one -> a.py:A", "a.py:C.two -> a.py:B"],
    ),
    "what is returned: declared, seen, itself, by a property": (
        """
--- a.py
class Maker:
    def declared(self) -> "Made": return unknown()
    def seen(self): return Made()
    def chain(self): return self
    @property
    def made(self): return Made()
class Made:
    def m(self): pass
class More(Maker):
    def more(self): pass
def use():
    Maker().declared().m()
    Maker().made.m()
    x = Maker().seen()
    x.m()
    More().chain().more()
""",
        [
            "a.py:Maker.seen -> a.py:Made",
            "a.py:Maker.made -> a.py:Made",
            "a.py:use -> a.py:Maker",
            "a.py:use -> a.py:Maker.declared",
            "a.py:use -> a.py:Made.m",
            "a.py:use -> a.py:Maker.seen",
            "a.py:use -> a.py:More",
            "a.py:use -> a.py:Maker.chain",
            "a.py:use -> a.py:More.more",
        ],
    ),
    "what a decorator makes of a function is not known": (
        """
--- a.py
class A:
    def m(self): pass
@wrapped
def make(): return A()
make().m()
""",
        ["a.py:make -> a.py:A", "a.py -> a.py:make"],
    ),
    "with enters": (
        """
--- a.py
class A:
    def __enter__(self): return self
    def m(self): pass
class B:
    def __enter__(self): return 3
    def m(self): pass
class C:
    def __enter__(self) -> None: raise TypeError("Use async with")
    async def __aenter__(self) -> "C": return self
    def m(self): pass
with A() as a, B() as b:
    a.m()
    b.m()
async def use():
    async with C() as c: c.m()
""",
        [
            "a.py -> a.py:A",
            "a.py -> a.py:B",
            "a.py -> a.py:A.m",
            "a.py:use -> a.py:C",
            "a.py:use -> a.py:C.m",
        ],
    ),
    "several values at a time": (
        """
--- a.py
class A:
    def m(self): pass
class B:
    def n(self): pass
def seen():
    a = A()
    return a, 3, unknown
def declared() -> tuple[B, int]: return unknown
def use():
    a, three, x = seen()
    a.m(); three.m(); x.m()
    (b, number) = declared()
    b.n(); number.n()
""",
        [
            "a.py:seen -> a.py:A",
            "a.py:use -> a.py:seen",
            "a.py:use -> a.py:declared",
            "a.py:use -> a.py:A.m",
            "a.py:use -> a.py:B.n",
        ],
    ),
    "a variable of the file that a function sets": (
        """
--- a.py
class A:
    def m(self): pass
shared = None
def start():
    global shared
    shared = A()
def use(): shared.m()
""",
        ["a.py:start -> a.py:A", "a.py:use -> a.py:A.m"],
    ),
    "a test of the type, in its block alone": (
        """
--- a.py
class A:
    def m(self): pass
    def n(self): pass
def use(x, y, z):
    if isinstance(x, A) and y:
        x.m()
    elif isinstance(y, A):
        y.m()
        x.n()
    else:
        x.n(); y.n()
    if isinstance(z.part, A):
        z.part.m()
    if other(z, A):
        z.n()
    x.n(); y.n(); z.part.n()
""",
        ["a.py:use -> a.py:A.m"],
    ),
    "what a context manager yields, what is asserted, caught or assigned twice": (
        """
--- a.py
from contextlib import contextmanager
class A(Exception):
    def m(self): pass
@contextmanager
def opened() -> Iterator[A]: yield A()
def use(x, y):
    with opened() as a: a.m()
def asserted(x, y):
    assert isinstance(x, A)
    assert other(y, A)
    x.m(); y.m()
def caught():
    try: pass
    except A as error: error.m()
b = c = A()
b.m(); c.m(); b().m()
""",
        [
            "a.py:opened -> a.py:A",
            "a.py:use -> a.py:opened",
            "a.py:use -> a.py:A.m",
            "a.py:asserted -> a.py:A.m",
            "a.py:caught -> a.py:A.m",
            "a.py -> a.py:A",
            "a.py -> a.py:A.m",
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_calls(name: str) -> None:
    project, expected = CASES[name]
    assert shown(graph_of(split(project))) == set(expected)
