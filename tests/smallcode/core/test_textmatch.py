import time

import pytest

from smallcode.core.textmatch import LONGEST_LINE, matching_lines, path_matches
from smallcode.errors import SmallCodeError
from smallcode.messages import SearchMatch, SearchQuery

CONTENT = "def area(r):\r\n    return PI * r  # area\rx\fy = area\u2028(2)\n\nEnd"


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        (SearchQuery("area"), [1, 2, 3]),
        (SearchQuery("AREA"), []),
        (SearchQuery("AREA", ignore_case=True), [1, 2, 3]),
        (SearchQuery("area("), [1]),
        (SearchQuery(r"area\(", regex=True), [1]),
        (SearchQuery(r"^\s*return\b", regex=True), [2]),
        (SearchQuery(r"\):$", regex=True), [1]),
        (SearchQuery("^$", regex=True), [4]),
        (SearchQuery("d$", regex=True), [5]),
        (SearchQuery("e", limit=2), [1, 2]),
        (SearchQuery("e", limit=0), []),
        (SearchQuery("a\\s+b"), []),
    ],
)
def test_matching_lines(query: SearchQuery, lines: list[int]) -> None:
    assert [match.line for match in matching_lines("f.py", CONTENT, query)] == lines


def test_a_match_has_the_line_without_its_end() -> None:
    assert matching_lines("f", "a\r\nb\r\n", SearchQuery("b")) == [SearchMatch("f", 2, "b")]


def test_a_long_line_is_cut_around_the_match() -> None:
    line = "x" * 50_000 + "needle" + "y" * 50_000
    (match,) = matching_lines("f", line, SearchQuery("needle"))
    assert "needle" in match.text
    assert match.text.startswith("…") and match.text.endswith("…")
    assert len(match.text) == LONGEST_LINE + 2


@pytest.mark.parametrize("pattern", ["(", "*a", "[a", "", "a\nb", "(?P<n>"])
def test_what_is_no_pattern_is_told(pattern: str) -> None:
    with pytest.raises(SmallCodeError, match="pattern"):
        matching_lines("f", "text", SearchQuery(pattern, regex=True))


def test_a_pattern_that_runs_away_is_stopped() -> None:
    start = time.perf_counter()
    with pytest.raises(SmallCodeError, match="too long on f, line 2"):
        matching_lines("f", "ok\n" + "a" * 5000 + "b", SearchQuery("(a+)+$", regex=True))
    assert time.perf_counter() - start < 3


def test_an_expired_search_ends_early() -> None:
    assert matching_lines("f", "a\na\n", SearchQuery("a"), expired=lambda: True) == []


@pytest.mark.parametrize(
    ("path", "under", "glob", "expected"),
    [
        ("src/a.py", "", "", True),
        ("src/a.py", "src", "", True),
        ("src/a.py", "./src/", "", True),
        ("src/a.py", ".", "", True),
        ("src/a.py", "src/a.py", "", True),
        ("srcs/a.py", "src", "", False),
        ("src/a.py", "", "*.py", True),
        ("src/a.py", "", "*.js", False),
        ("src/deep/a.py", "", "src/**/*.py", True),
        ("lib/src/a.py", "", "src/*.py", False),
        ("src/a.tsx", "", "*.{ts,tsx}", True),
        ("src/a.js", "", "*.{ts,tsx}", False),
        ("src/a.py", "", "!*.py", False),
        ("src/a.py", "", "!tests/**", True),
        ("tests/unit/a.py", "", "tests", True),
        ("tests/a.py", "src", "*.py", False),
    ],
)
def test_which_files_are_searched(path: str, under: str, glob: str, expected: bool) -> None:
    assert path_matches(path, SearchQuery("x", under=under, glob=glob)) is expected


@pytest.mark.parametrize("glob", ["*" * 200 + "x", "*a" * 24 + "b", "{" + "*a" * 24 + "b,c}"])
def test_a_glob_that_backtracks_without_end_is_given_up(glob: str) -> None:
    began = time.monotonic()
    try:
        assert not path_matches("a" * 60, SearchQuery("", glob=glob))
    except SmallCodeError as error:
        assert "asterisks" in error.remedy
    assert time.monotonic() - began < 5
