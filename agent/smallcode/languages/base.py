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
