"""Replies taken apart while they arrive: the same in the end, however they were split."""

from __future__ import annotations

import pytest
from call_encoders import BARE, ESCAPED
from call_fragments import FRAGMENTS
from call_tables import ALIASES, READ, TYPED, parse_typed
from hypothesis import given, settings
from hypothesis import strategies as st

from smallcode.core.toolcalls import Parsed, StreamParser, StreamUpdate

CALL = f"<tool_call>{READ}</tool_call>"


def stream(pieces: list[str]) -> tuple[list[StreamUpdate], StreamUpdate, Parsed]:
    parser = StreamParser(TYPED, ALIASES)
    updates = [parser.feed(piece) for piece in pieces]
    last, parsed = parser.finish()
    return updates, last, parsed


def shown(updates: list[StreamUpdate]) -> tuple[str, str]:
    text = thoughts = ""
    for update in updates:
        if update.discard:
            text = thoughts = ""
        text += update.text
        thoughts += update.thoughts
    return text, thoughts


def bare(text: str) -> str:
    return "".join(text.split())


def check(pieces: list[str]) -> list[StreamUpdate]:
    updates, last, parsed = stream(pieces)
    assert parsed == parse_typed("".join(pieces))
    text, thoughts = shown([*updates, last])
    assert bare(text) == bare(parsed.text)
    assert bare(thoughts) == bare(parsed.thoughts)
    return [*updates, last]


@given(st.lists(st.one_of(st.text(max_size=8), FRAGMENTS), max_size=25))
def test_any_split_comes_to_the_same(pieces: list[str]) -> None:
    check(pieces)
    check(["".join(pieces)])


@pytest.mark.parametrize("dialect", [*ESCAPED, *BARE])
@pytest.mark.parametrize("before", ["", "I look at it now.\n\n", "<think>Hm, so?</think>\n"])
@settings(max_examples=5)
@given(st.integers(1, 30))
def test_no_markup_is_ever_shown(dialect: str, before: str, size: int) -> None:
    text = before + {**ESCAPED, **BARE}[dialect](
        [("write_file", {"path": "a.py", "content": "x = 1\ny = [2]"})]
    )
    updates = check([text[at : at + size] for at in range(0, len(text), size)])
    assert not any(update.discard for update in updates)
    assert any(update.begun for update in updates) or "```" in text


@pytest.mark.parametrize(
    ("text", "early"),
    [
        ("Just an answer, with a < b and c > d.", "Just an answer, with a < b and c > d."),
        ("A list:\n- one\n- two\nDone so far", "A list:\n- one\n- two\nDone so far"),
        ("Use `<tool_call>` for it. Fine then", "Use `<tool_call>` for it. Fine then"),
        (
            "```py\nx = {'a': [1]}\nprint(x)\n```\nThat was it",
            "```py\nx = {'a': [1]}\nprint(x)\n```\nThat was it",
        ),
        ('```json\n{"version": 1}\n```\nThat was it', '```json\n{"version": 1}\n```\nThat was it'),
        (f"I look.\n{CALL}\nThen more.", "I look."),
        (f"I look.\n\n```json\n{READ}\n```\n", "I look."),
        (f"I look.\n{READ}", "I look."),
        (
            "A [link](x) and a [ ] box, f(x) = 3; so it goes",
            "A [link](x) and a [ ] box, f(x) = 3; so it goes",
        ),
    ],
)
def test_what_is_certain_is_shown_at_once(text: str, early: str) -> None:
    updates, _, _ = stream([*text])
    assert bare(shown(updates)[0]) == bare(early)


def test_a_call_is_known_before_the_reply_ends() -> None:
    updates, _, parsed = stream([*f"I look.\n{CALL}\n", *("and so on, and on, " * 40)])
    finished = [draft.name for update in updates for draft in update.finished]
    assert finished == ["read_file"]
    assert [call.name for call in parsed.calls] == ["read_file"]
    assert sum(len(update.begun) for update in updates) == 1


def test_thoughts_are_told_apart_as_they_come() -> None:
    updates, last, _ = stream([*"<think>one two</think>Hello there.", "<think>", "three", "</think>", "Bye."])
    text, thoughts = shown(updates)
    assert bare(text) == "Hellothere.Bye."
    assert bare(thoughts) == "onetwothree"
    assert last == StreamUpdate()


def test_a_reply_that_began_inside_a_thought_is_taken_back() -> None:
    updates = check([*"I should look at it first.</think>Here it is."])
    assert sum(update.discard for update in updates) == 1
    assert bare(shown(updates)[0]) == "Hereitis."


def test_talk_of_a_tag_is_let_go() -> None:
    text = "The tag <tool_call> opens a call. " + "That is all there is to say. " * 60
    updates, _, parsed = stream([*text])
    assert len(shown(updates)[0]) > 0.8 * len(parsed.text)
