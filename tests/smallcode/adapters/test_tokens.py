"""Estimates of tokens, and what they learn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.adapters.tokens import LARGEST_SCALE, SMALLEST_SCALE, VocabularyCounter
from smallcode.messages import Message, ToolCall

PROMPT = [Message("system", "You edit code. " * 40), Message("user", "def f(x):\n    return x + 1\n" * 60)]
TOOLS = [{"type": "function", "function": {"name": "read_file", "description": "Read a file. " * 20}}]


@pytest.mark.parametrize("per_token", [1.8, 3.0, 3.3, 4.0, 4.8])
def test_it_learns_the_ratio_of_any_vocabulary(per_token: float) -> None:
    counter = VocabularyCounter()
    size = sum(len(message.content) for message in PROMPT)
    counted = int(size / per_token)
    for _ in range(5):
        counter.learn(counter.estimate(PROMPT, []), counted)
    assert counter.estimate(PROMPT, []) == pytest.approx(counted, rel=0.02)
    twice = counter.estimate([*PROMPT, *PROMPT], [])
    assert twice == pytest.approx(2 * counted, rel=0.02)


def test_one_odd_count_does_not_overthrow_what_was_learned() -> None:
    counter = VocabularyCounter()
    for _ in range(10):
        counter.learn(counter.estimate(PROMPT, []), 900)
    counter.learn(counter.estimate(PROMPT, []), 1800)
    assert counter.estimate(PROMPT, []) < 1150


@pytest.mark.parametrize("counted", [0, -1, 100])
def test_a_truncated_or_missing_count_teaches_nothing(counted: int) -> None:
    counter = VocabularyCounter()
    before = counter.estimate(PROMPT, TOOLS)
    for _ in range(5):
        counter.learn(before, counted)
    assert counter.estimate(PROMPT, TOOLS) == before


@given(st.lists(st.tuples(st.integers(-5, 1 << 40), st.integers(-5, 1 << 40)), max_size=30))
def test_it_stays_within_bounds_whatever_it_is_taught(lessons: list[tuple[int, int]]) -> None:
    counter = VocabularyCounter()
    prior = counter.estimate(PROMPT, TOOLS)
    for estimated, counted in lessons:
        counter.learn(estimated, counted)
    assert SMALLEST_SCALE * prior - 1 <= counter.estimate(PROMPT, TOOLS) <= LARGEST_SCALE * prior + 1


def test_everything_that_is_sent_counts() -> None:
    counter = VocabularyCounter()
    base = counter.estimate(PROMPT, [])
    call = ToolCall("1", "write_file", {"path": "a.py", "content": "x = y + 1\n" * 33})
    assert counter.estimate(PROMPT, TOOLS) > base + 100
    assert counter.estimate([*PROMPT, Message("assistant", "", (call,))], []) > base + 100
    assert counter.estimate([*PROMPT, Message("user", "")], []) > base
    assert counter.estimate([*PROMPT, Message("assistant", "", reasoning="y" * 1000)], []) < base + 10
    wide = counter.estimate([Message("user", "語" * 300)], [])
    assert wide > 2 * counter.estimate([Message("user", "x" * 300)], [])


def test_what_grew_since_the_count_is_estimated_upon_it() -> None:
    """A template with much of its own around the messages would else make every estimate too high."""
    counter = VocabularyCounter()
    prior = counter.estimate(PROMPT, [])
    counter.learn(prior, prior + 200)
    grown = [*PROMPT, Message("user", "def g(y):\n    return y * 2\n" * 100)]
    new = VocabularyCounter().estimate(grown, []) - prior
    known = prior + 200
    assert known + new <= counter.estimate(grown, []) <= known + new * known / prior + 2


def test_any_text_is_counted_in_time_and_without_fail() -> None:
    texts = ["\ud800", "a" * 100_000, "漢" * 20_000, "\x00" * 1000, "<|im_end|>" * 1000, " " * 50_000, ""]
    counter = VocabularyCounter()
    assert all(counter.estimate([Message("user", text)], []) > 0 for text in texts)
