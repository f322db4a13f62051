"""What a language is, as facts: how its files are known and which grammar reads them."""

from __future__ import annotations

from dataclasses import dataclass


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
    "function", "method", "type", "key", "heading", ...) and its name as ``name``. ``wrappers`` are nodes
    around a definition that belong to it: decorators, ``export``. Where there are ``names``, only these
    count. ``grammar`` is only for a language without one of its own: where no text is wrong, a grammar is no
    judge.
    """

    query: str
    wrappers: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    grammar: Grammar | None = None


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
