import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.seen import Seen, mask_of, stretches
from smallcode.core.textdiff import line_changes, split_lines

LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n", "e\n"]), max_size=12)


@pytest.mark.parametrize(
    ("start", "end", "mask"), [(0, 3, 0b111), (2, 4, 0b1100), (2, 2, 0), (3, 1, 0), (-5, -2, 0b111)]
)
def test_masks(start: int, end: int, mask: int) -> None:
    assert mask_of(start, end) == mask


@given(st.sets(st.integers(0, 200)))
def test_stretches_are_the_runs(lines: set[int]) -> None:
    mask = sum(1 << line for line in lines)
    runs = list(stretches(mask))
    assert {line for start, end in runs for line in range(start, end)} == lines
    assert all(end < start for (_, end), (start, _) in itertools.pairwise(runs))


def after(seen: Seen, old: str, new: str) -> Seen:
    return seen.after(line_changes(old, new), len(split_lines(old)))


@pytest.mark.parametrize(
    ("shown", "old", "new", "lines", "placed"),
    [
        # All of it seen, a line added in the middle: what is below has moved.
        ((1, 4), "a\nb\nc\nd\n", "a\nX\nb\nc\nd\n", 0b11111, 0b00011),
        # As many lines as before: every number stays.
        ((1, 4), "a\nb\nc\nd\n", "a\nX\nc\nd\n", 0b1111, 0b1111),
        # Only the end seen: it moves, and the new line is known.
        ((4, 4), "a\nb\nc\nd\n", "X\na\nb\nc\nd\n", 0b10001, 0b00001),
        # A deletion moves what is below; what was not seen stays unseen.
        ((3, 4), "a\nb\nc\nd\n", "b\nc\nd\n", 0b110, 0),
        # An edit below leaves what is above.
        ((1, 2), "a\nb\nc\nd\n", "a\nb\nc\n", 0b11, 0b11),
        # Nothing seen: only what was written is.
        ((1, 0), "a\nb\n", "a\nb\nZ\n", 0b100, 0b100),
        ((1, 2), "a\nb\n", "", 0, 0),
        ((1, 2), "a\nb\n", "a\nb\n", 0b11, 0b11),
    ],
)
def test_edits(shown: tuple[int, int], old: str, new: str, lines: int, placed: int) -> None:
    assert after(Seen().shown(*shown), old, new) == Seen(lines, placed)


@given(LINES, LINES, st.integers(0, 12), st.integers(0, 12))
def test_what_is_known_after_an_edit_was_known_or_written(
    old: list[str], new: list[str], first: int, size: int
) -> None:
    known = set(old[first : first + size])
    seen = Seen().shown(first + 1, min(first + size, len(old)))
    result = after(seen, "".join(old), "".join(new))
    written = {
        new[line]
        for change in line_changes("".join(old), "".join(new))
        for line in range(change.b0, change.b1)
    }
    assert result.lines < 1 << len(new) if new else result.lines == 0
    assert result.placed & ~result.lines == 0
    for start, end in stretches(result.lines):
        assert set(new[start:end]) <= known | written
    for start, end in stretches(result.placed):
        for line in range(start, end):
            assert (line < len(old) and old[line] == new[line]) or new[line] in written


def test_missing_and_places() -> None:
    seen = Seen().shown(3, 5)
    assert seen.missing(0, 10) == 7
    assert seen.missing(2, 5) == 0
    assert seen.knows_place(5, 9)
    assert not seen.knows_place(6, 9)
