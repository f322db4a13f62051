"""Sequences of edits of one file, and what is decided after each."""

import pytest

from smallcode.core.fixing import (
    FAILURES_AFTER_SPIRAL,
    SPIRAL_FAILURES,
    Decision,
    Failure,
    FileRecord,
    decide,
    missed,
    refused,
    strategy,
    with_errors,
)
from smallcode.messages import Problem

MISS = missed(400)
NAME = with_errors([Problem("a.py", 12, "name 'total' is not defined")])
OTHER = with_errors([Problem("a.py", 3, "'(' was never closed")])
TWO = with_errors([Problem("a.py", 3, "'(' was never closed"), Problem("a.py", 9, "invalid syntax")])


def play(*failures: Failure | None) -> list[Decision]:
    record, decisions = FileRecord(), []
    for failure in failures:
        decisions.append(decide("a.py", record, failure))
        record = decisions[-1].record
    return decisions


def told(decision: Decision) -> str:
    """What kind of hint it is."""
    words = {
        "The same errors": "one",
        "The same thing": "section",
        "small new function": "function",
        "small new file": "file",
        "Stop making small ones": "region",
        "write the whole file": "whole",
    }
    return next((name for text, name in words.items() if text in decision.hint), decision.hint)


@pytest.mark.parametrize(
    ("failures", "shifts"),
    [
        ([MISS], [-0.15]),
        ([MISS, MISS, MISS], [-0.15, 0.15, 0.0]),
        ([NAME, OTHER], [-0.15, -0.15]),
        ([NAME, NAME, OTHER], [-0.15, 0.15, -0.15]),
        ([NAME, None, NAME], [-0.15, 0.0, -0.15]),
        ([None], [0.0]),
    ],
)
def test_the_temperature(failures: list[Failure | None], shifts: list[float]) -> None:
    assert [decision.shift for decision in play(*failures)] == shifts


@pytest.mark.parametrize(
    ("failures", "hints"),
    [
        ([MISS], [""]),
        ([MISS, MISS, MISS], ["", "section", ""]),
        ([TWO, TWO, TWO], ["", "one", "section"]),
        ([NAME, OTHER, NAME], ["", "", "section"]),
        ([NAME, NAME, None, NAME, NAME], ["", "section", "", "", "section"]),
        ([MISS, MISS, MISS, MISS], ["", "section", "", "region"]),
        ([missed(40)] * 4, ["", "section", "", "whole"]),
        ([NAME, OTHER, MISS, TWO], ["", "", "", "region"]),
    ],
)
def test_the_hints(failures: list[Failure | None], hints: list[str]) -> None:
    assert [told(decision) for decision in play(*failures)] == hints
    assert all(len(decision.hint) < 300 for decision in play(*failures))


def test_a_spiral_ends_in_an_honest_stop() -> None:
    decisions = play(*[MISS] * (SPIRAL_FAILURES + FAILURES_AFTER_SPIRAL))
    assert [bool(decision.stop) for decision in decisions] == [False] * 5 + [True]
    assert decisions[-1].stop == (
        "6 edits of a.py failed in a row, and so did another way of making them. "
        "What came back most: the place was not found."
    )


def test_the_way_out_that_works_forgets_the_spiral() -> None:
    assert play(*[MISS] * 4, None)[-1] == Decision()


def test_tries_that_were_not_let_through_count_too() -> None:
    record = FileRecord()
    for _ in range(5):
        record = refused(record)
    assert told(decide("a.py", record, MISS)) == "region"


def test_where_the_errors_are_is_told() -> None:
    assert "around lines 3-9" in play(*[TWO] * 4)[-1].hint


@pytest.mark.parametrize(
    ("failure", "ways"),
    [
        (MISS, ["rewrite_section"]),
        (NAME, ["rewrite_section"]),
        (TWO, ["one_error_at_a_time", "rewrite_section"]),
        (Failure("x", 1, 100), ["rewrite_section", "extract_function"]),
        (
            Failure("x", 3, 1000),
            ["one_error_at_a_time", "rewrite_section", "extract_function", "split_file"],
        ),
    ],
)
def test_every_strategy_that_fits_is_named_once(failure: Failure, ways: list[str]) -> None:
    named: list[str] = []
    while (way := strategy(failure, named)) is not None:  # type: ignore[arg-type]
        named.append(way)
    assert named == ways


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("name 'total' is not defined", "name 'sum_up' is not defined", True),
        ("expected ',' at 12:4", "expected ',' at 13:9", True),
        ("cannot find `Foo`", "cannot find `Bar`", True),
        ("invalid syntax", "unexpected indent", False),
    ],
)
def test_the_same_problem(one: str, other: str, same: bool) -> None:
    keys = [with_errors([Problem("a.py", line, text)]).key for line, text in ((1, one), (7, other))]
    assert (keys[0] == keys[1]) is same
