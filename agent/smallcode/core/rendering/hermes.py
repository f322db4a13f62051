"""Hermes, Qwen2.5, Qwen3, Granite 4: JSON between tags.

Form: https://github.com/NousResearch/Hermes-Function-Calling
"""

from __future__ import annotations

from collections.abc import Sequence

from ...messages import ToolCall
from .words import CALL_WHEN_NEEDED, Dialect, ToolSchema, call_object, response_tag, to_json, tools_lines


def _tools(tools: Sequence[ToolSchema]) -> str:
    return (
        f"# Tools\n\nFunction signatures within <tools></tools>:\n<tools>\n{tools_lines(tools)}\n</tools>\n\n"
        f"{CALL_WHEN_NEEDED} For each call write its name and arguments as JSON within tags:\n"
        '<tool_call>\n{"name": NAME, "arguments": {…}}\n</tool_call>'
    )


def _calls(calls: Sequence[ToolCall]) -> str:
    return "\n".join(f"<tool_call>\n{to_json(call_object(call))}\n</tool_call>" for call in calls)


HERMES = Dialect("hermes", _tools, _calls, response_tag)
