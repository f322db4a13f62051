"""Words in the form in which they are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.graph.stems import folded, query_names, query_paths, query_words, stem, words_of


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("parse_config", ("pars", "config")),
        ("parseConfig", ("pars", "config")),
        ("HTTPServerError", ("http", "server", "error")),
        ("utf8_to_base64", ("utf", "8", "to", "bas", "64")),
        ("__init__", ("init",)),
        ("größeÄndern", ("grösseändern",)),
        ("___", ()),
    ],
)
def test_words_of(name: str, words: tuple[str, ...]) -> None:
    assert words_of(name) == words


@pytest.mark.parametrize(
    "forms",
    [
        ("parse", "parses", "parsed", "parsing"),
        ("carry", "carried", "carries"),
        ("match", "matches", "matching"),
        ("index", "indexes"),
        ("class", "classes"),
        ("status",),
    ],
)
def test_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize("word", ["go", "bus", "ring", "need", "thing", "ed"])
def test_short_words_stay(word: str) -> None:
    assert stem(word) == word


def test_a_question_keeps_what_tells_something() -> None:
    assert query_words("Where is the function that parses config files?") == ("pars", "config")
    assert query_words("the class") == ("the", "class"), "where nothing else is left"
    assert query_names("who calls Parser.parse or fn::run?") == (
        "who",
        "calls",
        "Parser.parse",
        "or",
        "fn::run",
    )
    assert query_paths("what does ./src/app.py do, and lib/x") == ("src/app.py", "lib/x")


@given(st.text(max_size=60))
def test_any_text_has_words(text: str) -> None:
    assert all(word and len(word) <= 40 for word in words_of(text))
    assert folded(folded(text)) == folded(text) or not text.isascii()
