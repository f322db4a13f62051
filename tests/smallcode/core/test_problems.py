"""Which errors are new, where they are, and which lines a change is."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.problems import (
    Changed,
    Found,
    blamed,
    changed_lines,
    distinct,
    found_in,
    locate,
    new_problems,
    pointed,
)
from smallcode.messages import Problem

A, B, C = "unexpected ]", "missing ;", "name is not defined"


def problem(line: int, message: str, source: str = "node") -> Problem:
    return Problem("a.js", line, message, source=source)


def found(content: str, *where: tuple[int, str]) -> list[Found]:
    return locate([problem(line, message) for line, message in where], content)


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        pytest.param(found("x", (1, A)), found("x", (1, A)), [], id="as it was"),
        pytest.param([], found("x", (1, A)), [(1, A)], id="new"),
        pytest.param(found("x", (1, A)), [], [], id="fixed"),
        pytest.param(found("x", (1, A)), found("y\nz\nx", (3, A)), [], id="moved down"),
        pytest.param(found("y\nx", (2, A)), found("x", (1, A)), [], id="moved up"),
        pytest.param(found("x", (1, A)), found("    x ", (1, A)), [], id="indented"),
        pytest.param(found("x", (1, A)), found("x\nx", (1, A), (2, A)), [(2, A)], id="once more"),
        pytest.param(found("x\ny", (1, A)), found("x\ny", (2, B)), [(2, B)], id="one for another"),
        pytest.param(found("x", (1, A)), found("y", (1, A)), [(1, A)], id="the line says something else"),
        pytest.param(
            found("x\n}", (2, "no ] for line 1")),
            found("y\nx\n}", (3, "no ] for line 2")),
            [],
            id="its number",
        ),
        pytest.param([], found("x", (9, A)), [(1, A)], id="beyond the end"),
        pytest.param([], found("", (1, A)), [(1, A)], id="an empty text"),
        pytest.param([], found("x\ny", (2, A), (1, B)), [(1, B), (2, A)], id="by line"),
    ],
)
def test_new_problems(before: list[Found], after: list[Found], new: list[tuple[int, str]]) -> None:
    assert [(one.problem.line, one.problem.message) for one in new_problems(before, after)] == new


def test_another_checker_is_another_problem() -> None:
    before = locate([problem(1, A, "node")], "x")
    after = locate([problem(1, A, "eslint")], "x")
    assert new_problems(before, after) == after


LISTS = st.lists(st.builds(problem, st.integers(1, 6), st.sampled_from([A, B, C])), max_size=8)
TEXTS = st.lists(st.sampled_from(["x", "y", "", "  x", "z("]), min_size=1, max_size=6).map("\n".join)


@given(LISTS, TEXTS)
def test_a_text_has_nothing_new_against_itself(problems: list[Problem], content: str) -> None:
    assert new_problems(locate(problems, content), locate(reversed(problems), content)) == []


@given(LISTS, TEXTS.map(lambda text: f"{text}\nend"), st.lists(st.sampled_from(["a", "b("]), max_size=4))
def test_lines_put_in_above_make_nothing_new(problems: list[Problem], content: str, above: list[str]) -> None:
    within = [one.problem for one in locate(problems, content)]
    moved = [problem(one.line + len(above), one.message) for one in within]
    after = locate(moved, "\n".join([*above, content]))
    assert new_problems(locate(within, content), after) == []


@given(LISTS, LISTS, TEXTS, TEXTS)
def test_as_many_are_new_as_are_not_accounted_for(
    old: list[Problem], new: list[Problem], before: str, after: str
) -> None:
    told = new_problems(locate(old, before), locate(new, after))
    counts = Counter((one.problem.message, one.text) for one in locate(new, after))
    counts.subtract((one.problem.message, one.text) for one in locate(old, before))
    assert Counter((one.problem.message, one.text) for one in told) == +counts


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("a\nb\nc\n", "a\nX\nc\n", (2, 2)),
        ("a\nb\nc\n", "a\nX\nY\nc\n", (2, 3)),
        ("a\nc\n", "a\nb\nc\n", (2, 2)),
        ("a\nb\nc\n", "a\nc\n", (1, 2)),
        ("a\nb\n", "b\n", (1, 1)),
        ("a\nb\n", "a\n", (1, 1)),
        ("a\n", "", (1, 1)),
        ("", "a\nb\n", (1, 2)),
        ("a\na\n", "a\na\na\n", (3, 3)),
        ("a\r\nb\r\n", "a\r\nX\r\n", (2, 2)),
    ],
)
def test_changed_lines(before: str, after: str, changed: tuple[int, int]) -> None:
    assert changed_lines(before, after) == Changed(*changed)


@given(TEXTS, TEXTS)
def test_what_is_outside_the_changed_lines_is_the_same(before: str, after: str) -> None:
    changed = changed_lines(before, after)
    lines = after.splitlines(keepends=True)
    assert 1 <= changed.first <= changed.last <= max(len(lines), 1)
    assert before.startswith("".join(lines[: changed.first - 1]))
    assert before.endswith("".join(lines[changed.last :]))


def test_only_what_the_change_touches_is_blamed_on_it() -> None:
    after = found("\n".join("abcdefgh"), (1, A), (3, A), (4, A), (7, A), (8, A))
    assert [one.problem.line for one in blamed(after, Changed(4, 6))] == [3, 4, 7]
    covering = found_in(problem(1, A), list("abcdefgh"), last=5)
    assert blamed([covering], Changed(4, 6)) == [covering]


@pytest.mark.parametrize(
    ("line", "last", "told"), [(1, 8, 4), (4, 8, 4), (6, 8, 6), (1, 2, 1), (1, 3, 4), (8, 8, 8)]
)
def test_an_error_over_many_lines_is_told_where_the_change_begins(line: int, last: int, told: int) -> None:
    lines = [f"{letter}\n" for letter in "abcdefgh"]
    one = pointed(found_in(problem(line, A), lines, last), Changed(4, 5), lines)
    assert (one.problem.line, one.text) == (told, "abcdefgh"[told - 1])


def test_one_error_a_line() -> None:
    one, two, three = found("a\nb", (1, A), (2, A), (1, B))
    assert distinct([two, one, three]) == [one, two]
