"""What holds of every row of the table."""

import pytest

from smallcode.core.router import PRIORITY
from smallcode.core.router.signal import Signal, Where
from smallcode.core.router.spelling import mended, mended_verb
from smallcode.core.router.table import SIGNALS


@pytest.mark.parametrize("row", SIGNALS, ids=lambda row: f"{row.category}-{row.where.value}")
def test_a_row_is_of_a_category_and_says_something(row: Signal) -> None:
    assert row.category in PRIORITY and row.weight != 0
    assert row.pattern.fullmatch("") is None, "what matches nothing matches everything"
    assert row.where is Where.MESSAGE or row.weight > 0, "only rows of the whole message speak against"


def test_each_category_is_spoken_for() -> None:
    assert {row.category for row in SIGNALS if row.where is Where.HEAD} == set(PRIORITY)


@pytest.mark.parametrize(
    ("word", "meant"),
    [("fxi", "fix"),
     ("refactr", "refactor"), ("adding", "add"), ("running", "run"),
     ("serach", "search"), ("parser", "parser"), ("house", "house"), ("builds", "builds"), ("these", "these"), ("x", "x")],
)  # fmt: skip
def test_slips_in_a_verb(word: str, meant: str) -> None:
    assert mended_verb(word) == meant


def test_slips_further_on() -> None:
    assert mended("find teh refrences of the latset verison") == "find the references of the latest version"
