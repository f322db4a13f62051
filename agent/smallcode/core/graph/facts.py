"""What one file says by itself, before anything is resolved.

Facts are extracted from a syntax tree, stored, and resolved to edges together with those of other files.
Lines are counted from 1, columns from 0 in characters. Paths are relative to the workspace, with ``/``.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "class", "interface", "trait", "struct", "enum", "type", "function", "method", "variable", "constant",
    "field", "module", "macro", "heading", "key", "selector", "element",
]  # fmt: skip

RESULT = "return"
"""The target of an assignment for what a function gives back; no language has a variable of that name."""

NOWHERE = -1
"""The place of what stands in no definition: at the top of the file."""


@dataclass(frozen=True, slots=True)
class Definition:
    """``qualified`` is the dotted path inside the file (``Parser.parse``); ``ordinal`` tells apart
    definitions of one file with the same one, counted from 0. Lines ``first`` to ``last`` hold all of it,
    decorators included; ``at`` and ``column`` are the place of its name. ``parent`` is the index, in the
    file's facts, of the definition around it. ``signature`` is its head on one line, ``docstring`` the
    first paragraph of its documentation, ``exported`` whether other files can name it.

    - What is defined inside a function is ``outer.inner`` and not exported. A method that stands outside of
      its type (Go, Rust's ``impl``, ``A::b`` of C++, ``A.prototype.b``) is ``Type.method``, and its parent is
      the type where that is in the same file.
    - Separators are dots: the namespace ``a::b`` of C++ is ``a.b``. Packages are in no qualified name.
    - Variables, constants and fields count once, at their first place; names in capitals are constants.
      Locals are none.
    - An anonymous ``export default`` is called ``default``. A method that a class of C++ only declares has
      the same qualified name as its definition."""

    name: str
    qualified: str
    kind: Kind
    first: int
    last: int
    at: int
    column: int
    signature: str
    docstring: str = ""
    parent: int = NOWHERE
    ordinal: int = 0
    exported: bool = True


@dataclass(frozen=True, slots=True)
class Call:
    """``receiver.name(...)`` in the definition with the index ``within``. ``receiver`` is a dotted name as
    it is written (``self``, ``a.b``), where a part may be a call (``super()``, ``a.b().c``), "" for a bare
    call, and "?" for what is no name. ``constructs`` marks ``new X()`` and literals ``X{}``. The place is that of the
    name. A decorator is a call, and so are an element ``<X/>``, a macro of Rust and a method reference.
    What stands in the value of a variable or field is ``within`` the definition around that.
    ``super(A, self).f()`` is called on ``super()``; other languages write ``super`` and ``this``."""

    name: str
    receiver: str
    line: int
    column: int
    within: int = NOWHERE
    constructs: bool = False


@dataclass(frozen=True, slots=True)
class Import:
    """``from module import name as alias``; ``name`` is "" for the module itself and ``*`` for all it
    exports; ``default`` for a default export of JavaScript. ``alias`` is the name that it has in this file,
    ``level`` the dots before a relative module of Python. ``reexport`` marks what other files can import
    from here.

    - ``import a.b`` has the alias ``a.b``, as its uses are written; ``from . import x`` has the module "" and
      level 1. All that Python imports at the top of a file is reexported. ``__all__`` is told by assignments.
    - JavaScript: ``export {a as b}`` without a source, ``export default a`` and ``module.exports = a`` (alias
      ``default``) come from the module "", the file itself. ``const x = require("m")`` is the module itself
      with the alias x, ``import "m"`` has no alias, ``export * as n`` has the name "".
    - Rust: the module has dots (``crate.a``); ``mod x;`` is the module ``self.x``.
    - Go: the alias is the last part of the path without its version, ``.`` gives the name ``*``.
    - C and C++: an include is all names (``*``) of the module as it is written, angle brackets kept, and
      reexported. Java: ``import static a.B.c`` is c of the module ``a.B``."""

    module: str
    name: str
    alias: str
    line: int
    level: int = 0
    reexport: bool = False
    within: int = NOWHERE


@dataclass(frozen=True, slots=True)
class Base:
    """The definition with this index extends or implements ``name``, a dotted name as it is written, without
    type arguments. ``impl Trait for T`` is told only where T is defined in the same file."""

    definition: int
    name: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """``target = value(...)``, or a parameter, field or variable that is declared with the type ``value``.
    ``target`` is a name or a dotted one (``self.x``), ``value`` a dotted name like
    a receiver's; ``target`` is RESULT for what the function returns. ``called`` is False for an
    annotation or an alias; ``declared`` tells that ``value`` is the type, and not the value.

    - A declared type is without pointers, arguments and ``| None``; ``Optional[X]``, ``Box<X>`` and the like
      are X. What is no single class is not told.
    - A field is ``within`` its type, a parameter ``within`` its function; a parameter that is also a field
      (TypeScript) is told twice, as ``x`` and ``this.x``. The receiver of Go is a parameter.
    - An awaited call counts as the call. ``__all__ = ["a"]`` is the target ``__all__`` with the value a."""

    target: str
    value: str
    line: int
    within: int = NOWHERE
    called: bool = True
    declared: bool = False


@dataclass(frozen=True, slots=True)
class FileFacts:
    """All of one file. ``language`` is the name in the registry; ``package`` what the file itself says that
    it belongs to (Go, Java, C#, PHP), "" elsewhere. ``error`` says, as a phrase that follows the path, why
    nothing could be read; "" for what could."""

    path: str
    language: str
    definitions: tuple[Definition, ...] = ()
    calls: tuple[Call, ...] = ()
    imports: tuple[Import, ...] = ()
    bases: tuple[Base, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    package: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """From one symbol to another, by their stable ids. ``confidence`` is between 0 and 1; what is no more
    than a name in common is no edge at all. ``line`` is that of the use."""

    source: int
    target: int
    kind: Literal["calls", "inherits", "overrides", "imports"]
    confidence: float
    line: int


def symbol_id(path: str, qualified: str, ordinal: int = 0) -> int:
    """A number below 2**63 that the same definition gets each time its file is read."""
    text = f"{path}\0{qualified}\0{ordinal}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big") >> 1
