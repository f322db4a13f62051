"""Llama 3: a bare JSON object with ``parameters``, several joined by semicolons.

Form: https://github.com/meta-llama/llama-models/blob/main/models/llama3_1/prompt_format.md
"""

from __future__ import annotations

from collections.abc import Sequence

from ...messages import ToolCall
from .words import Dialect, ToolSchema, call_object, to_json, tools_lines


def _tools(tools: Sequence[ToolSchema]) -> str:
    return (
        "You have access to these functions. To call one, answer with nothing but JSON of the form "
        '{"name": function name, "parameters": dictionary of argument name and its value}. '
        f"Do not use variables. When you are done, answer in words.\n\n{tools_lines(tools)}"
    )


def _calls(calls: Sequence[ToolCall]) -> str:
    return "; ".join(to_json(call_object(call, arguments="parameters")) for call in calls)


def _result(_name: str, content: str) -> str:
    return to_json({"output": content})


LLAMA3 = Dialect("llama3", _tools, _calls, _result)
