"""Thoughts on, off and bounded: what is asked for, and in which words."""

from typing import Any

import pytest

from smallcode.adapters.thinking import ThoughtWatch, thinking_fields, wanted, with_no_think
from smallcode.core.profile import Profile, ThinkingSwitch
from smallcode.messages import Message
from smallcode.ports import Constraint, Delta, ModelRequest, TextDelta, Thinking, ThoughtDelta
from smallcode.settings import Settings

THINKS = Profile("t", thinks=True)
QUIET = Profile("q")


def ask(
    thinking: Thinking | None = None, max_tokens: int | None = None, constraint: Constraint = "free"
) -> ModelRequest:
    return ModelRequest([], max_tokens=max_tokens, thinking=thinking, constraint=constraint)


@pytest.mark.parametrize(
    ("request_", "settings", "profile", "expected"),
    [
        (ask(), {}, THINKS, Thinking(True, 4096)),
        (ask(), {}, QUIET, None),
        (ask(), {"thinking": "on"}, QUIET, Thinking(True, 4096)),
        (ask(), {"thinking": "off"}, THINKS, Thinking(False)),
        (ask(), {"thinking_budget": 0}, THINKS, Thinking(False)),
        (ask(), {"thinking": "on", "thinking_budget": 0}, THINKS, Thinking(False)),
        (ask(), {"thinking_budget": 100}, THINKS, Thinking(True, 100)),
        (ask(max_tokens=1000), {}, THINKS, Thinking(True, 500)),
        (ask(Thinking(False)), {"thinking": "on"}, THINKS, Thinking(False)),
        (ask(Thinking(True)), {"thinking": "off"}, QUIET, Thinking(True)),
        (ask(Thinking(True, 900), max_tokens=1000), {}, QUIET, Thinking(True, 500)),
        (ask(Thinking(True, 900), constraint="shaped"), {}, THINKS, Thinking(False)),
    ],
)
def test_wanted(
    request_: ModelRequest, settings: dict[str, Any], profile: Profile, expected: Thinking | None
) -> None:
    assert wanted(request_, Settings.model_validate(settings), profile) == expected


@pytest.mark.parametrize(
    ("thinking", "switch", "profile", "server", "expected"),
    [
        (None, "enable_thinking", THINKS, "llama.cpp", {}),
        (
            Thinking(False),
            "enable_thinking",
            THINKS,
            "vllm",
            {"chat_template_kwargs": {"enable_thinking": False}},
        ),
        (Thinking(False), "thinking", THINKS, "vllm", {"chat_template_kwargs": {"thinking": False}}),
        (Thinking(False), "reasoning_effort", THINKS, "openai", {"reasoning_effort": "low"}),
        (Thinking(False), "effort_none", THINKS, "ollama", {"reasoning_effort": "none"}),
        (Thinking(False), "budget_tokens", THINKS, "openai", {"thinking": {"type": "disabled"}}),
        (Thinking(False), "thinking_budget_tokens", THINKS, "llama.cpp", {"thinking_budget_tokens": 0}),
        (Thinking(False), "no_think", THINKS, "openai", {}),
        (Thinking(False), "none", THINKS, "llama.cpp", {}),
        (Thinking(True, 50), "enable_thinking", THINKS, "openai", {}),
        (Thinking(True, 50), "enable_thinking", THINKS, "llama.cpp", {"thinking_budget_tokens": 50}),
        (Thinking(True, 50), "enable_thinking", THINKS, "vllm", {"thinking_token_budget": 50}),
        (
            Thinking(True),
            "enable_thinking",
            QUIET,
            "openai",
            {"chat_template_kwargs": {"enable_thinking": True}},
        ),
        (
            Thinking(True, 50),
            "budget_tokens",
            QUIET,
            "openai",
            {"thinking": {"type": "enabled", "budget_tokens": 50}},
        ),
        (Thinking(True), "budget_tokens", QUIET, "openai", {"thinking": {"type": "enabled"}}),
        (Thinking(True, 900), "reasoning_effort", THINKS, "openai", {"reasoning_effort": "low"}),
        (Thinking(True, 4096), "reasoning_effort", THINKS, "openai", {"reasoning_effort": "medium"}),
        (Thinking(True, 99999), "reasoning_effort", THINKS, "openai", {"reasoning_effort": "high"}),
        (Thinking(True), "effort_none", QUIET, "ollama", {"reasoning_effort": "medium"}),
        (Thinking(True), "none", QUIET, "openai", {}),
    ],
)
def test_fields(
    thinking: Thinking | None,
    switch: ThinkingSwitch,
    profile: Profile,
    server: str,
    expected: dict[str, Any],
) -> None:
    assert thinking_fields(thinking, switch, profile, server) == expected


def test_the_soft_switch_stays_where_it_was_as_the_transcript_grows() -> None:
    messages = [
        Message("system", "s"),
        Message("user", "one"),
        Message("assistant", "a"),
        Message("user", "correction", by_harness=True),
        Message("user", "two"),
    ]
    marked = with_no_think(messages)
    assert [message.content for message in marked] == [
        "s",
        "one /no_think",
        "a",
        "correction",
        "two /no_think",
    ]
    for end in range(len(messages)):
        assert with_no_think(messages[:end]) == marked[:end]


@pytest.mark.parametrize(
    ("deltas", "thought"),
    [
        ([], False),
        ([TextDelta("Hello.")], False),
        ([ThoughtDelta("\n\n"), TextDelta("Hello.")], False),
        ([ThoughtDelta("Let me see.")], True),
        ([TextDelta("<thi"), TextDelta("nk>\nLet me see.")], True),
        ([TextDelta("\n<think>\n\n</think>\n\nHello.")], False),
        ([TextDelta("<think>"), TextDelta("\n\n"), TextDelta("</think>"), TextDelta("x")], False),
        ([TextDelta("The tag <think> opens a thought.")], False),
        ([TextDelta("x" * 300), TextDelta("<think>y")], False),
    ],
)
def test_thoughts_are_seen(deltas: list[Delta], thought: bool) -> None:
    watch = ThoughtWatch()
    for delta in deltas:
        watch.see(delta)
    assert watch.thought is thought
