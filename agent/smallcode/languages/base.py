"""What a language is, as facts: how its files are known and which grammar reads them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple


@dataclass(frozen=True, slots=True)
class Grammar:
    """A tree-sitter grammar: ``function`` of the wheel's ``module`` gives it.

    ``reliable`` is False where the grammar finds errors in a good part of files that compile, since it sees
    no preprocessor and no dialects (the shares stand in docs/architecture.md). ``error_kinds`` are nodes that
    mean an error too, beside ERROR and MISSING.
    """

    module: str
    function: str = "language"
    reliable: bool = True
    error_kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """What is worth a line in the outline of a file.

    ``query`` is a tree-sitter query: each pattern captures the whole definition under its kind ("class",
    "function", "method", "type", "key", "heading", ...), its name as ``name``, or as ``default`` where it is
    a default export without a name, and what its signature ends before as ``body``. ``owner`` is the type
    that it belongs to and does not stand in, ``implements`` the trait of a block of methods. ``wrappers`` are
    nodes around a definition that belong to it: decorators, ``export``. Where there are ``names``, only these
    count. ``grammar`` is only for a language without one of its own: where no text is wrong, or the grammar
    is too far behind the language, it is no judge.
    """

    query: str
    wrappers: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    grammar: Grammar | None = None


class Use(NamedTuple):
    """One name that a file takes from elsewhere; as in ``core.graph.facts.Import``."""

    module: str
    name: str
    alias: str
    reexport: bool = False


@dataclass(frozen=True, slots=True)
class Graph:
    """What the code graph takes from a file, beside the definitions of its outline.

    ``query`` is added to that of the outline. Its patterns capture more definitions, or one of these:

    - ``call`` or ``new``: the name that is called or constructed, with its ``receiver``; ``component``, an
      element of JSX; ``literal``, a composite value whose type is constructed;
    - ``base``: a type that the definition around it extends;
    - ``target`` and its value: ``made`` by a call or construction, ``typed`` by a declaration, ``same`` as
      another name, or ``listed`` among the names that the file exports. ``own`` marks a parameter that is
      also a field;
    - ``narrowing``, the function that is given a name and its type, ``until`` the block where that holds;
      ``entered``, a value whose manager gives the target; ``first``, ``second`` and ``third``, the several
      targets of a call that gives several values, or these values; ``global``, a name that a function
      shares with the top of the file;
    - ``from``, a module, and what comes from it: ``imported`` (a name, or ``*``), ``default``, ``as`` (its
      name here), ``level`` (dots before it). What stands before the module is matched alone, so that it
      does not wait for it, and belongs to the ``statement`` around. Or ``uses``, a whole statement for the
      function ``uses``; ``given``, a name of this file that is exported, as ``as`` or as the ``default``;
    - ``package``: what the file says that it belongs to.

    ``separators`` stand between the parts of a name, beside the dot. ``transparent`` are generic types that
    stand for their argument (``Box<T>``). ``documentation`` is where it stands: in a string at the beginning
    of the body, or in comments above. A definition can be named by other files where it stands in a node of
    ``exporters``; without these, where its signature matches ``shown`` and not ``hidden``, and its name is
    ``public``: all three are regular expressions, and "" asks nothing.
    ``exporting_owners`` are objects whose members are exports. ``open`` tells that whatever stands at the top
    is exported, imports too.
    """

    query: str = ""
    separators: tuple[str, ...] = ()
    transparent: frozenset[str] = frozenset()
    documentation: Literal["", "string", "slashes", "hashes", "dashes"] = ""
    exporters: tuple[str, ...] = ()
    exporting_owners: frozenset[str] = frozenset()
    hidden: str = ""
    shown: str = ""
    public: str = ""
    open: bool = False
    uses: Callable[[str], Sequence[Use]] | None = None


@dataclass(frozen=True, slots=True)
class Language:
    """``suffixes`` are in small letters and with their dot, ``names`` patterns of whole file names as in
    fnmatch, which go before suffixes. ``interpreters`` are the programs of a first line ``#!``; they are
    asked where the name says nothing. ``templated`` tells that files of this kind are often templates
    (Jinja, Helm, ERB), which are written in another language than their name says."""

    name: str
    suffixes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    interpreters: tuple[str, ...] = ()
    grammar: Grammar | None = None
    templated: bool = False
    outline: Outline | None = None
    graph: Graph | None = None
