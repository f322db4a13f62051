"""Turning a model's thoughts on, off and down, in the words that its server understands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..core.profile import Profile, ThinkingSwitch
from ..messages import Message
from ..ports import Delta, ModelRequest, TextDelta, Thinking, ThoughtDelta
from ..settings import Settings

NO_THINK = "/no_think"

# The request field that carries a switch; a switch without a field stands in the messages.
FIELDS: Mapping[ThinkingSwitch, str] = {
    "enable_thinking": "chat_template_kwargs",
    "thinking": "chat_template_kwargs",
    "reasoning_effort": "reasoning_effort",
    "effort_none": "reasoning_effort",
    "budget_tokens": "thinking",
    "thinking_budget_tokens": "thinking_budget_tokens",
}

# Switches that make the model think less but cannot stop it.
ONLY_LESS: frozenset[ThinkingSwitch] = frozenset({"reasoning_effort"})

# Servers whose sampler can end the thoughts after so many tokens, with the field that says so. llama.cpp
# takes it in every chat request; vLLM where it was started with --reasoning-config, else it refuses.
BUDGET_FIELDS: Mapping[str, str] = {"llama.cpp": "thinking_budget_tokens", "vllm": "thinking_token_budget"}

# Up to how many tokens of thoughts an effort stands for. The words are OpenAI's, the figures ours.
EFFORTS: tuple[tuple[int, str], ...] = ((1024, "low"), (8192, "medium"))

# Thoughts that a server leaves in the text begin it; some words of them tell them from an empty block.
_THOUGHTS_IN_TEXT = re.compile(r"\s*<(?:think|thought|seed:think)>\s*+(?!</)\S")
_ENOUGH_TEXT = 200


def wanted(request: ModelRequest, settings: Settings, profile: Profile) -> Thinking | None:
    """What the request asks for, else the settings, else what the model does by itself; None where it neither
    thinks nor was asked to. Never more than half of the reply."""
    if request.constraint == "shaped":
        return Thinking(False)  # a grammar leaves no room for thoughts
    asked = request.thinking
    if asked is None:
        if settings.thinking == "off" or settings.thinking_budget == 0:
            return Thinking(False)
        if settings.thinking == "auto" and not profile.thinks:
            return None
        asked = Thinking(True, settings.thinking_budget)
    if not asked.enabled or asked.budget is None or request.max_tokens is None:
        return asked
    return replace(asked, budget=min(asked.budget, request.max_tokens // 2))


def thinking_fields(
    thinking: Thinking | None, switch: ThinkingSwitch, profile: Profile, server: str
) -> dict[str, Any]:
    """The request's fields. A model that thinks by itself is not told to."""
    if thinking is None:
        return {}
    fields: dict[str, Any] = {}
    if not thinking.enabled:
        return _off(switch)
    if switch == "reasoning_effort":
        fields["reasoning_effort"] = _effort(thinking.budget)
    elif not profile.thinks:
        fields |= _on(switch, thinking.budget)
    if thinking.budget is not None and server in BUDGET_FIELDS:
        fields[BUDGET_FIELDS[server]] = thinking.budget
    return fields


def _off(switch: ThinkingSwitch) -> dict[str, Any]:
    match switch:
        case "enable_thinking" | "thinking":
            return {"chat_template_kwargs": {switch: False}}
        case "reasoning_effort":
            return {"reasoning_effort": "low"}
        case "effort_none":
            return {"reasoning_effort": "none"}
        case "budget_tokens":
            return {"thinking": {"type": "disabled"}}
        case "thinking_budget_tokens":
            return {"thinking_budget_tokens": 0}
        case "no_think" | "none":
            return {}


def _on(switch: ThinkingSwitch, budget: int | None) -> dict[str, Any]:
    match switch:
        case "enable_thinking" | "thinking":
            return {"chat_template_kwargs": {switch: True}}
        case "effort_none":
            return {"reasoning_effort": _effort(budget)}
        case "budget_tokens":
            limit = {} if budget is None else {"budget_tokens": budget}
            return {"thinking": {"type": "enabled", **limit}}
        case _:
            return {}


def _effort(budget: int | None) -> str:
    if budget is None:
        return "medium"
    return next((word for limit, word in EFFORTS if budget <= limit), "high")


def with_no_think(messages: Sequence[Message]) -> list[Message]:
    """The word behind each message of the user. In the newest alone it would move on with each turn, and the
    server would read everything after its old place again."""
    return [
        replace(message, content=f"{message.content} {NO_THINK}")
        if message.role == "user" and not message.by_harness
        else message
        for message in messages
    ]


class ThoughtWatch:
    """Sees the pieces of one reply; ``thought`` tells whether there were thoughts in it."""

    def __init__(self) -> None:
        self.thought = False
        self._text = ""

    def see(self, delta: Delta) -> None:
        match delta:
            case ThoughtDelta(text):
                self.thought = self.thought or bool(text.strip())
            case TextDelta(text) if len(self._text) < _ENOUGH_TEXT:
                self._text += text
                self.thought = self.thought or _THOUGHTS_IN_TEXT.match(self._text) is not None
            case _:
                pass
