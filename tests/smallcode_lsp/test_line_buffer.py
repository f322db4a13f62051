"""Positions and changes against a reference that does everything the slow, obvious way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode_lsp.line_buffer import Change, Encoding, LineBuffer, LineEnds, Position, Range

# Characters of every width in every encoding, and everything that str.splitlines takes for a line end.
PIECES = [
    "a",
    "b",
    "é",
    "漢",
    "😀",
    "e\u0301",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\f",
    "\v",
    "\x1c",
    "\x85",
    "\u2028",
    "\u2029",
]

texts = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
encodings = st.sampled_from(["utf-8", "utf-16", "utf-32"])
line_ends = st.sampled_from(["lsp", "lf"])
positions = st.tuples(st.integers(0, 12), st.integers(0, 20)).map(lambda pair: Position(*pair))
changes = st.one_of(
    st.builds(Change, texts),
    st.builds(Change, texts, st.builds(Range, positions, positions)),
)


def reference_lines(text: str, ends: LineEnds) -> list[tuple[int, int]]:
    """Start of each line and end of what stands in it."""
    lines, start, at = [], 0, 0
    while at < len(text):
        pair = ends == "lsp" and text[at : at + 2] == "\r\n"
        if text[at] == "\n" or (ends == "lsp" and text[at] == "\r"):
            lines.append((start, at))
            at += 2 if pair else 1
            start = at
        else:
            at += 1
    return [*lines, (start, len(text))]


def width(character: str, encoding: Encoding) -> int:
    if encoding == "utf-8":
        return len(character.encode())
    return 2 if encoding == "utf-16" and ord(character) > 0xFFFF else 1


def reference_offset(text: str, position: Position, encoding: Encoding, ends: LineEnds) -> int:
    lines = reference_lines(text, ends)
    if position.line >= len(lines):
        return len(text)
    offset, end = lines[position.line]
    units = 0
    while offset < end and units + width(text[offset], encoding) <= position.character:
        units += width(text[offset], encoding)
        offset += 1
    return offset


def reference_apply(text: str, change: Change, encoding: Encoding, ends: LineEnds) -> str:
    if change.range is None:
        return change.text
    start, end = sorted(reference_offset(text, position, encoding, ends) for position in change.range)
    return text[:start] + change.text + text[end:]


@given(texts, st.lists(changes, max_size=8), encodings, line_ends)
def test_changes_give_what_the_reference_gives(
    text: str, edits: list[Change], encoding: Encoding, ends: LineEnds
) -> None:
    buffer = LineBuffer(text, encoding, ends)
    for edit in edits:
        buffer.apply(edit)
        text = reference_apply(text, edit, encoding, ends)
        starts = [start for start, _ in reference_lines(text, ends)]
        assert list(buffer.lines) == [
            text[start:stop] for start, stop in zip(starts, [*starts[1:], len(text)], strict=True)
        ]
        assert len(buffer) == len(text)
    assert buffer.text == text
    assert buffer.holds(text)
    assert not buffer.holds(text + "x")


@given(texts, positions, encodings, line_ends)
def test_a_position_means_what_the_reference_says(
    text: str, position: Position, encoding: Encoding, ends: LineEnds
) -> None:
    buffer = LineBuffer(text, encoding, ends)
    assert buffer.position_to_offset(position) == reference_offset(text, position, encoding, ends)


@given(texts, st.integers(-3, 60), encodings, line_ends)
def test_offset_to_position_and_back(text: str, offset: int, encoding: Encoding, ends: LineEnds) -> None:
    buffer = LineBuffer(text, encoding, ends)
    expected = min(max(offset, 0), len(text))
    if ends == "lsp" and 0 < expected < len(text) and text[expected - 1 : expected + 1] == "\r\n":
        expected -= 1
    assert buffer.position_to_offset(buffer.offset_to_position(offset)) == expected


def check(
    text: str, start: tuple[int, int], end: tuple[int, int], new: str, expected: str, **options: str
) -> None:
    buffer = LineBuffer(text, **options)  # type: ignore[arg-type]
    buffer.apply(Change(new, Range(Position(*start), Position(*end))))
    assert buffer.text == expected


@pytest.mark.parametrize(
    ("text", "start", "end", "new", "expected"),
    [
        ("a\fb\nc\n", (1, 0), (1, 1), "X", "a\fb\nX\n"),
        ("a\u2028b\nc\n", (1, 0), (1, 1), "X", "a\u2028b\nX\n"),
        ("a\r\nb", (0, 9), (0, 9), "X", "aX\r\nb"),
        ("a\rb\nc", (1, 0), (2, 0), "", "a\rc"),
        ("a\r" + "b\nc", (1, 0), (1, 1), "", "a\r\nc"),
        ("a\rb", (1, 0), (1, 0), "\n", "a\r\nb"),
        ("a\r\nb", (9, 9), (9, 9), "X", "a\r\nbX"),
        ("", (0, 0), (0, 0), "a\n", "a\n"),
        ("abc", (0, 2), (0, 1), "X", "aXc"),
    ],
    ids=[
        "form feed",
        "U+2028",
        "before CRLF",
        "lone CR",
        "CR meets LF",
        "LF after CR",
        "past end",
        "empty",
        "turned",
    ],
)
def test_one_change(text: str, start: tuple[int, int], end: tuple[int, int], new: str, expected: str) -> None:
    check(text, start, end, new, expected)


def test_lines_stay_right_after_cr_met_lf() -> None:
    buffer = LineBuffer("a\rb\nc")
    buffer.apply(Change("", Range(Position(1, 0), Position(1, 1))))
    buffer.apply(Change("X", Range(Position(1, 0), Position(1, 0))))
    assert buffer.text == "a\r\nXc"


@pytest.mark.parametrize(
    ("encoding", "character", "expected"),
    [
        ("utf-16", 1, "X😀b"),
        ("utf-16", 2, "😀Xb"),
        ("utf-8", 3, "X😀b"),
        ("utf-8", 4, "😀Xb"),
        ("utf-32", 1, "😀Xb"),
    ],
)
def test_inside_a_character_means_before_it(encoding: str, character: int, expected: str) -> None:
    check("😀b", (0, character), (0, character), "X", expected, encoding=encoding)


def test_neovim_counts_a_carriage_return_as_a_character() -> None:
    # What Neovim 0.12 sends for a file with a lone CR and one CRLF, read with fileformat=unix.
    buffer = LineBuffer("one\rtwo\r\nthree\n", "utf-8", "lf")
    buffer.apply(Change("X", Range(Position(0, 0), Position(0, 0))))
    buffer.apply(Change("END", Range(Position(0, 9), Position(0, 9))))
    assert buffer.text == "Xone\rtwo\rEND\nthree\n"


def test_neovim_sends_whole_line_ends_for_a_dos_file() -> None:
    buffer = LineBuffer("a\r\nb\r\n", "utf-8", "lf")
    buffer.apply(Change("X", Range(Position(0, 0), Position(0, 0))))
    buffer.apply(Change("END", Range(Position(0, 2), Position(0, 2))))
    buffer.apply(Change("p\r\nq\r\nXaEND", Range(Position(0, 0), Position(0, 5))))
    assert buffer.text == "p\r\nq\r\nXaEND\r\nb\r\n"


@pytest.mark.parametrize("text", ["a\ud83db", "\ude00a", "x\ud83d"])
def test_half_a_character_is_replaced(text: str) -> None:
    buffer = LineBuffer("")
    buffer.apply(Change(text))
    assert buffer.text.encode("utf-8").decode() == buffer.text
    assert len(buffer.text) == len(text)


def test_halves_that_meet_are_one_character() -> None:
    assert LineBuffer("\ud83d" + "\ude00").text == "😀"
