import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.seen import Seen
from smallcode.core.threeway import Conflict, merge, replaced_once

BASE = "a\nb\nc\nd\ne\n"
TEXTS = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n"]), max_size=8).map("".join)


@pytest.mark.parametrize(
    ("ours", "theirs", "merged"),
    [
        ("X\nb\nc\nd\ne\n", "a\nb\nY\nd\ne\n", "X\nb\nY\nd\ne\n"),
        ("a\nb\nc\nd\nX\n", "Y\na\nb\nc\nd\ne\n", "Y\na\nb\nc\nd\nX\n"),
        ("a\nc\nd\ne\n", "a\nb\nc\nd\nY\n", "a\nc\nd\nY\n"),
        ("a\nb\nc\nd\ne\nX\n", "a\nY\nc\nd\ne\n", "a\nY\nc\nd\ne\nX\n"),
        ("a\nX\nc\nd\ne\n", "a\nX\nc\nd\ne\n", "a\nX\nc\nd\ne\n"),
        ("a\nX\nc\nd\ne\n", "a\nX\nc\nd\nY\n", "a\nX\nc\nd\nY\n"),
        (BASE, "a\nY\nc\nd\ne\n", "a\nY\nc\nd\ne\n"),
        ("a\nX\nc\nd\ne\n", BASE, "a\nX\nc\nd\ne\n"),
        ("a\nX\nc\nd\ne\n", "a\nY\nc\nd\ne\n", Conflict(2, 2)),
        ("a\nX\nc\nd\ne\n", "a\nb\nY\nd\ne\n", Conflict(2, 2)),
        ("a\nb\nX\nc\nd\ne\n", "a\nb\nY\nc\nd\ne\n", Conflict(3, 3)),
        ("a\nb\nX\nd\ne\n", "a\ne\n", Conflict(3, 3)),
        ("a\nb\nX\nc\nd\ne\n", "a\nb\nd\ne\n", Conflict(3, 3)),
        ("X\n", "a\nb\nc\nd\nY\n", Conflict(1, 5)),
    ],
)
def test_merges(ours: str, theirs: str, merged: str | Conflict) -> None:
    assert merge(BASE, ours, theirs) == merged


@given(TEXTS, TEXTS)
def test_a_change_of_one_side_alone_is_that_side(base: str, changed: str) -> None:
    assert merge(base, changed, base) == changed
    assert merge(base, base, changed) == changed
    assert merge(base, changed, changed) == changed


@given(TEXTS, TEXTS, TEXTS)
def test_both_sides_are_equal_in_rank(base: str, ours: str, theirs: str) -> None:
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    if isinstance(one, str):
        assert one == other
        assert {*one.splitlines()} <= {*base.splitlines(), *ours.splitlines(), *theirs.splitlines()}
    else:
        assert isinstance(other, Conflict)


def test_the_edit_of_a_function_that_was_deleted_does_not_land_in_its_neighbour() -> None:
    base = "def a(x):\n    return x + 1\n\n\ndef b(x):\n    return x + 1\n"
    assert isinstance(merge(base, base.replace("x + 1", "x + 2", 1), base.partition("\n\n\n")[2]), Conflict)


@pytest.mark.parametrize(
    ("text", "old", "seen", "after"),
    [
        (BASE, "b\n", (1, 5), "a\nNEW\nc\nd\ne\n"),
        (BASE, "b\n", (2, 2), "a\nNEW\nc\nd\ne\n"),
        (BASE, "b\nc", (2, 2), None),
        (BASE, "z", (1, 5), None),
        (BASE, "", (1, 5), None),
        ("b\nb\n", "b\n", (1, 2), None),
        ("aa\n", "a", (1, 1), None),
        ("a\r\nb\r\n", "a\nb\n", (1, 2), "NEW\r\n"),
    ],
)
def test_the_base_with_the_edit(text: str, old: str, seen: tuple[int, int], after: str | None) -> None:
    assert replaced_once(text, "\n", old, "NEW\n", Seen().shown(*seen)) == after
