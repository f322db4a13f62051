"""Merging two changes of one text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.merge import merge

TEXTS = st.lists(st.sampled_from(["a", "b", "c", "\n", "\r\n", "x\n", "y\n", "z\n"]), max_size=12).map(
    "".join
)


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
def test_changes_that_do_not_meet_are_both_made(
    base: str, ours: str, theirs: str, merged: str | None
) -> None:
    assert merge(base, ours, theirs) == merged
    assert merge(base, theirs, ours) == merged


@given(TEXTS, TEXTS)
def test_one_change_alone_is_made_whole(base: str, other: str) -> None:
    assert merge(base, other, base) == other
    assert merge(base, base, other) == other
    assert merge(base, other, other) == other


@given(TEXTS, TEXTS, TEXTS)
def test_the_order_of_the_changes_does_not_matter(base: str, one: str, other: str) -> None:
    assert merge(base, one, other) == merge(base, other, one)
