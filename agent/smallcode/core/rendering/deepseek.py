"""DeepSeek V3.1: name and JSON between tokens.

Form: the chat template of https://huggingface.co/deepseek-ai/DeepSeek-V3.1
"""

from __future__ import annotations

from collections.abc import Sequence

from ...messages import ToolCall
from .words import CALL_WHEN_NEEDED, Dialect, ToolSchema, function_of, to_json

_BEGIN, _END = "<｜tool▁calls▁begin｜>", "<｜tool▁calls▁end｜>"
_CALL, _SEPARATOR, _CALL_END = "<｜tool▁call▁begin｜>", "<｜tool▁sep｜>", "<｜tool▁call▁end｜>"


def _tools(tools: Sequence[ToolSchema]) -> str:
    shown = "\n\n".join(
        f"### {function.get('name', '')}\nDescription: {function.get('description', '')}\n"
        f"Parameters: {to_json(function.get('parameters') or {})}"
        for function in map(function_of, tools)
    )
    form = f"{_BEGIN}{_CALL}NAME{_SEPARATOR}ARGUMENTS{_CALL_END}{_END}"
    return (
        f"## Tools\n{CALL_WHEN_NEEDED}\n\n{shown}\n\n"
        f"Write calls in this very form: {form}\nARGUMENTS are JSON that follows the tool's parameters; "
        "several calls stand one after the other before the last token."
    )


def _calls(calls: Sequence[ToolCall]) -> str:
    written = "".join(
        f"{_CALL}{call.name}{_SEPARATOR}{to_json(dict(call.arguments))}{_CALL_END}" for call in calls
    )
    return f"{_BEGIN}{written}{_END}"


def _result(_name: str, content: str) -> str:
    return f"<｜tool▁output▁begin｜>{content}<｜tool▁output▁end｜>"


DEEPSEEK = Dialect("deepseek", _tools, _calls, _result)
