"""Names that were perhaps meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.graph.spelling import Spelling

NAMES = ("Budget", "budget", "parse_config", "ParseConfig", "shorten_to", "shorten", "read", "Reader", "go")


def spelling(names: tuple[str, ...] = NAMES) -> Spelling:
    return Spelling(names)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("bugdet", ("Budget", "budget")),
        ("parseconfig", ("ParseConfig", "parse_config")),
        ("parse_confg", ("ParseConfig", "parse_config")),
        ("prase_config", ("parse_config", "ParseConfig")),
        ("shorten_too", ("shorten_to",)),
        ("shrten", ("shorten",)),
        ("raed", ("read",)),
        ("og", ()),
        ("nothing_like_it", ()),
        ("", ()),
    ],
)
def test_nearest(name: str, near: tuple[str, ...]) -> None:
    assert spelling().nearest(name) == near


def test_other_spellings_of_one_name() -> None:
    assert spelling().spelled("PARSE_CONFIG") == ("ParseConfig", "parse_config")
    assert spelling().spelled("absent") == ()


name = st.text("abcdeA_", min_size=1, max_size=8)


@given(st.lists(st.tuples(st.booleans(), name), max_size=40), name)
def test_a_changed_index_answers_like_a_new_one(changes: list[tuple[bool, str]], asked: str) -> None:
    changed, left = Spelling(), set[str]()
    for add, one in changes:
        (changed.add if add else changed.discard)(one)
        (left.add if add else left.discard)(one)
    fresh = spelling(tuple(sorted(left)))
    assert changed.nearest(asked) == fresh.nearest(asked)
    assert changed.spelled(asked) == fresh.spelled(asked)


@given(st.text("abcdefgh", min_size=6, max_size=12), st.integers(0, 11), st.sampled_from("xyz"))
def test_one_error_is_always_found(word: str, at: int, letter: str) -> None:
    at %= len(word)
    wrong = (word[:at] + letter + word[at:], word[:at] + word[at + 1 :], word[:at] + letter + word[at + 1 :])
    found = spelling((word, "unrelated_name"))
    assert [found.nearest(one) for one in wrong] == [(word,)] * 3


def test_thousands_of_names() -> None:
    many = [f"handler_of_case_{number}" for number in range(9000)]
    made = spelling(tuple(many))
    assert made.nearest("handler_of_caze_77") == ("handler_of_case_77",)
    for name in many[100:]:
        made.discard(name)
    made.add("handler_of_cases")
    assert made.nearest("handler_of_caze_77") == ("handler_of_case_77",)
    assert made.nearest("handler_of_casess")[0] == "handler_of_cases"
