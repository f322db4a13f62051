import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.seen import Seen
from smallcode.core.threeway import merge, replaced_once

BASE = "a\nb\nc\nd\ne\n"
TEXTS = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n"]), max_size=8).map("".join)
ROUGH = st.lists(st.sampled_from(["a", "b", "c", "\n", "\r\n", "x\n", "y\n"]), max_size=12).map("".join)


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
        ("a\nX\nc\nd\ne\n", "a\nY\nc\nd\ne\n", None),
        ("a\nX\nc\nd\ne\n", "a\nb\nY\nd\ne\n", None),
        ("a\nb\nX\nc\nd\ne\n", "a\nb\nY\nc\nd\ne\n", None),
        ("a\nb\nX\nd\ne\n", "a\ne\n", None),
        ("a\nb\nX\nc\nd\ne\n", "a\nb\nd\ne\n", None),
        ("X\n", "a\nb\nc\nd\nY\n", None),
    ],
)
def test_merges(ours: str, theirs: str, merged: str | None) -> None:
    assert merge(BASE, ours, theirs) == merged


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("1\n2\n3\n4\n5\n", "1\n2\n3\n4\nfive\n", "one\n2\n3\n4\n5\n", "one\n2\n3\n4\nfive\n"),
        ("1\n2\n3\n", "0\n1\n2\n3\n", "1\n2\n3\n4\n", "0\n1\n2\n3\n4\n"),
        ("1\n2\n3\n", "1\n3\n", "1\n3\n", "1\n3\n"),
        ("1\n2\n3\n4\n5\n", "1\nx\n3\n4\n5\n", "1\nx\n3\n4\ny\n", "1\nx\n3\n4\ny\n"),
        ("1\n2\n3\n", "1\nx\n3\n", "1\ny\n3\n", None),
        ("1\n2\n3\n", "one\n2\n3\n", "1\ntwo\n3\n", None),
        ("1\n2\n", "1\n2\nours\n", "1\n2\ntheirs\n", None),
        ("1\r\n2\r\n3\r\n", "1\r\n2\r\n3\n", "one\r\n2\r\n3\r\n", "one\r\n2\r\n3\n"),
        ("", "a", "a", "a"),
        ("", "a", "b", None),
    ],
)
def test_changes_that_do_not_touch_are_both_made(
    base: str, ours: str, theirs: str, merged: str | None
) -> None:
    assert merge(base, ours, theirs) == merged
    assert merge(base, theirs, ours) == merged


@given(TEXTS | ROUGH, TEXTS | ROUGH)
def test_a_change_of_one_side_alone_is_that_side(base: str, changed: str) -> None:
    assert merge(base, changed, base) == changed
    assert merge(base, base, changed) == changed
    assert merge(base, changed, changed) == changed


@given(TEXTS, TEXTS, TEXTS)
def test_both_sides_are_equal_in_rank(base: str, ours: str, theirs: str) -> None:
    merged = merge(base, ours, theirs)
    assert merge(base, theirs, ours) == merged
    if merged is not None:
        assert {*merged.splitlines()} <= {*base.splitlines(), *ours.splitlines(), *theirs.splitlines()}


@given(ROUGH, ROUGH, ROUGH)
def test_lines_without_ends_and_mixed_ends_are_equal_in_rank_too(base: str, ours: str, theirs: str) -> None:
    assert merge(base, ours, theirs) == merge(base, theirs, ours)


def test_the_edit_of_a_function_that_was_deleted_does_not_land_in_its_neighbour() -> None:
    base = "def a(x):\n    return x + 1\n\n\ndef b(x):\n    return x + 1\n"
    assert merge(base, base.replace("x + 1", "x + 2", 1), base.partition("\n\n\n")[2]) is None


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
