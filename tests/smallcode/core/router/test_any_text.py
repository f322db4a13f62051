"""The router takes any text, of any length."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.router import Category, classify
from smallcode.core.router.prose import HEAD_CHARS, TAIL_CHARS, prose

CATEGORIES = get_args(Category)
PIECES = st.sampled_from(
    ["fix ", "where is ", "please ", "`a", "```", '"', "http://", "a.py", "\n", ", ", "é", "修复", "a/"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join)))
def test_it_never_raises(text: str) -> None:
    routing = classify(text)
    assert routing.category in CATEGORIES and 0 <= routing.confidence <= 1
    assert routing.scores[routing.category] > 0


@given(st.sampled_from(["", "Fix ", "yes "]), st.text(min_size=1, max_size=20), st.sampled_from(CATEGORIES))
def test_any_previous_will_do(start: str, text: str, previous: Category) -> None:
    assert classify(start + text, previous).category in CATEGORIES


@given(st.text(min_size=1, max_size=8))
def test_only_a_bounded_part_is_looked_at(text: str) -> None:
    long = text * (100_000 // len(text))
    assert len(prose(long)) <= 8 * (HEAD_CHARS + TAIL_CHARS)


@pytest.mark.parametrize("filling", ["x = 1\n", "lorem ipsum ", "a/", '"', "`"])
def test_a_request_counts_before_and_behind_what_was_pasted(filling: str) -> None:
    pasted = filling * 2000
    assert classify(f"Fix this please:\n{pasted}").category == "write"
    assert classify(f"{pasted}\nRename foo to bar.").category == "write"
