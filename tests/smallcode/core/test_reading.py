"""Which lines are shown, and which of them a file's outline names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.focus import Focus
from smallcode.core.outline import Definition, cut_after, innermost, render_outline, with_depth
from smallcode.core.reading import around, fit, place_of
from smallcode.core.room import Room
from smallcode.messages import SearchMatch

DEFINITIONS = [
    Definition("Shop", "class", 3, 40, 3, "class Shop:"),
    Definition("open", "function", 4, 10, 5, "def open(self):"),
    Definition("close", "function", 12, 30, 12, "def close(self):"),
    Definition("main", "function", 42, 50, 42, "def main():"),
]
LINES = [f"line {n}\n" for n in range(1, 51)]


def chars(number: int) -> Room:
    """Room for so many characters; a token is one of them."""
    return Room(number, number, len)


@pytest.mark.parametrize(
    ("line", "name", "cut"),
    [(1, None, None), (3, "Shop", "Shop"), (4, "open", "open"), (10, "open", "Shop"), (11, "Shop", "Shop"),
     (30, "close", "Shop"), (40, "Shop", None), (41, None, None), (50, "main", None)],
)  # fmt: skip
def test_the_definition_of_a_line(line: int, name: str | None, cut: str | None) -> None:
    around_it, through = innermost(DEFINITIONS, line), cut_after(DEFINITIONS, line)
    assert (around_it and around_it.name, through and through.name) == (name, cut)


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        (
            999,
            [
                "3-40: class Shop:",
                "4-10:   def open(self):",
                "12-30:   def close(self):",
                "42-50: def main():",
            ],
        ),
        (70, ["3-40: class Shop:", "42-50: def main():", "… and 2 inside of these"]),
        (40, ["3-40: class Shop:", "… and 3 more"]),
        (20, [""]),
    ],
)
def test_the_outline_in_less_and_less_room(room: int, shown: list[str]) -> None:
    assert render_outline(DEFINITIONS, chars(room)).split("\n") == shown


def test_depth_is_by_lines() -> None:
    assert [depth for depth, _ in with_depth(list(reversed(DEFINITIONS)))] == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("start", "end", "room", "last"),
    [
        (1, 50, 9999, 50),
        (1, 50, 70, 9),
        (1, 50, 95, 11),
        (12, 50, 80, 21),
        (1, 50, 3, 1),
        (5, 9, 9999, 9),
    ],
)
def test_a_window_rather_ends_before_a_definition_than_in_it(
    start: int, end: int, room: int, last: int
) -> None:
    window = fit(LINES, start, end, chars(room), DEFINITIONS)
    assert (window.first, window.last) == (start, last)
    assert window.body == "".join(LINES[start - 1 : last])[:room]


@pytest.mark.parametrize(
    ("line", "room", "first"),
    [(20, 9999, 1), (20, 300, 3), (20, 180, 12), (20, 50, 10), (45, 100, 42), (45, 200, 42), (1, 60, 1)],
)
def test_around_a_line(line: int, room: int, first: int) -> None:
    window = around(LINES, line, DEFINITIONS, chars(room))
    assert window.first == first
    assert chars(room).holds(window.body)
    assert window.first <= line


@pytest.mark.parametrize(
    ("request_", "hits", "place"),
    [
        ("Do it.", [], None),
        ("Why does close fail?", [], 12),
        ("`open` and close", [], 5),
        ("main() fails", [], 42),
        ("Shop.close_all", [], 3),
        ("close", [SearchMatch("a.py", 33, ""), SearchMatch("a.py", 7, ""), SearchMatch("b.py", 2, "")], 33),
        ("close", [SearchMatch("a.py", 99, "")], 12),
        ("see line_7", [], None),
    ],
)
def test_the_place_that_is_meant(request_: str, hits: list[SearchMatch], place: int | None) -> None:
    focus = Focus(request_)
    focus.found(hits)
    assert place_of(focus, "a.py", LINES, DEFINITIONS) == place


def test_a_name_that_is_not_defined_is_looked_for_in_the_text() -> None:
    lines = ["a\n", "retry_limit = 3\n", "retry_limit\n"]
    assert place_of(Focus("Raise retry_limit"), "a.cfg", lines, []) == 2


@pytest.mark.parametrize(
    ("request_", "path", "named"),
    [
        ("Fix src/app.py.", "src/app.py", True),
        ("Fix app.py, please", "src/app.py", True),
        ("Fix ./src/app.py", "src/app.py", True),
        ("Fix the app", "src/app.py", False),
        ("Fix py", "src/app.py", False),
        ("Fix pp.py", "src/app.py", False),
    ],
)
def test_files_that_a_request_names(request_: str, path: str, named: bool) -> None:
    assert Focus(request_).names_file(path) is named
    assert Focus("", [path]).names_file(path)


TEXT = st.lists(
    st.text(alphabet="ab 😀é\t(", max_size=30).map(lambda line: f"{line}\n"), min_size=1, max_size=40
)


@given(TEXT, st.data(), st.integers(min_value=0, max_value=400))
def test_a_window_is_lines_of_the_file_and_has_room(lines: list[str], data: st.DataObject, size: int) -> None:
    spans = data.draw(st.lists(st.tuples(st.integers(1, len(lines)), st.integers(0, 20)), max_size=8))
    definitions = [
        Definition("x", "function", first, min(first + more, len(lines)), first, "x") for first, more in spans
    ]
    line = data.draw(st.integers(1, len(lines)))
    room = Room(size, size, lambda text: len(text.encode()))
    for window in (fit(lines, line, len(lines), room, definitions), around(lines, line, definitions, room)):
        assert room.holds(window.body)
        assert 1 <= window.first <= line
        assert "".join(lines[window.first - 1 : window.last]).startswith(window.body)
        assert room.holds(render_outline(definitions, room))
