"""Estimates of tokens, and what they learn."""

import subprocess
import sys
import sysconfig
from dataclasses import replace
from pathlib import Path

import pytest
from bench.vocabulary.accuracy import DIGITS, GPT2, ROOT, VOCABULARIES, Vocabulary, measure, sources
from hypothesis import given
from hypothesis import strategies as st

from smallcode.adapters.calibration import LARGEST_SCALE, SMALLEST_SCALE, Calibration
from smallcode.adapters.tokens import VocabularyCounter
from smallcode.core.tokens import SMALLEST_MARGIN, margin
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


def test_the_margin_is_of_what_was_not_counted() -> None:
    counter = VocabularyCounter()
    first = counter.estimate(PROMPT, [])
    assert counter.margin(first) == margin(first)
    counter.learn(first, first)
    assert counter.margin(counter.estimate(PROMPT, [])) == SMALLEST_MARGIN
    grown = counter.estimate([*PROMPT, Message("user", "def g(y):\n    return y * 2\n" * 100)], [])
    assert counter.margin(grown) == pytest.approx(margin(grown - first), abs=2)


def test_conversations_with_one_model_learn_together() -> None:
    shared = Calibration()
    one, other = VocabularyCounter(lambda: shared), VocabularyCounter(lambda: shared)
    prior = VocabularyCounter().estimate(PROMPT, [])
    one.learn(one.estimate(PROMPT, []), int(prior * 1.3))
    assert other.estimate(PROMPT, []) == pytest.approx(prior * 1.3, rel=0.01)


def test_text_that_grows_is_learned_apart_from_the_tools() -> None:
    """Llama 3's template writes tools with indentation, which takes half as many tokens again."""
    counter, messages = VocabularyCounter(), list(PROMPT)
    counted = VocabularyCounter().estimate(PROMPT, TOOLS * 20) * 1.5
    for number in range(8):
        counter.learn(counter.estimate(messages, TOOLS * 20), int(counted))
        piece = Message("user", f"def g{number}(y):\n    return y * {number}\n" * 60)
        new = VocabularyCounter().estimate([piece], [])
        messages, counted = [*messages, piece], counted + new * 0.9
    assert counter.estimate(messages, TOOLS * 20) == pytest.approx(counted, rel=0.02)


@pytest.mark.parametrize(
    ("stored", "scale"),
    [
        ({"scale": 1.25, "growth": 1.1, "seen": 9, "weight": 4000}, 1.25),
        ({"scale": 99, "growth": 1.1, "seen": 9, "weight": 4000}, 1.0),
        ({"scale": 1.25}, 1.0),
        ({"scale": True, "growth": "x"}, 1.0),
        ({"scale": float("nan"), "growth": 1.0}, 1.0),
        (None, 1.0),
        ([1, 2], 1.0),
    ],
)
def test_what_was_kept_is_read_again(stored: object, scale: float) -> None:
    calibration = Calibration.from_json(stored)
    assert calibration.scale == scale
    assert Calibration.from_json(calibration.to_json()) == calibration


# Small, so that they are learned in a second; bench/vocabulary/accuracy.py has those of real sizes.
QUICK = (
    Vocabulary("4k", 4_000, GPT2, (".py",), 600_000),
    Vocabulary("8k, digits apart", 8_000, DIGITS, (".py", ".md"), 1_000_000),
)


def test_after_three_counts_of_other_vocabularies_it_is_right_within_a_twentieth() -> None:
    for row in measure(QUICK, sources([ROOT / "agent", ROOT / "tests", ROOT / "docs"]), conversations=4):
        assert row.within > 0.9 and row.percentile(0.5) < 0.02, row
        assert row.outside == 0, row


# One for each division and kind of text, of the size it has, but learned from no more text than that takes;
# the benchmark learns all of them from more.
CHARACTERS = {
    "100k, digits apart": 14_000_000,
    "32k, code and prose": 6_000_000,
    "32k, prose only": 4_000_000,
    "32k, marked blanks": 4_000_000,
}
REAL_SIZES = tuple(
    replace(one, characters=CHARACTERS[one.name]) for one in VOCABULARIES if one.name in CHARACTERS
)


@pytest.mark.slow
def test_it_is_with_vocabularies_of_real_sizes() -> None:
    files = sources([Path(sysconfig.get_paths()["stdlib"]), ROOT])
    rows = list(measure(REAL_SIZES, files, conversations=8))
    assert len(rows) == 2 * len(CHARACTERS)
    assert sum(row.within for row in rows) / len(rows) > 0.95
    assert [row for row in rows if row.outside > 1] == []


def test_importing_the_client_loads_no_vocabulary() -> None:
    code = "import sys, smallcode.build, smallcode.adapters.openai; print('tiktoken' in sys.modules)"
    told = subprocess.check_output([sys.executable, "-c", code], text=True, timeout=60)
    assert told.strip() == "False"
