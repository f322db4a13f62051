"""Calls as Python: Llama 4 (a list), Gemma 3 (a fence), LFM2 (a list between tokens).

Forms: https://github.com/meta-llama/llama-models/blob/main/models/llama4/prompt_format.md,
https://ai.google.dev/gemma/docs/capabilities/function-calling,
https://docs.liquid.ai/docs/key-concepts/tool-use
"""

from __future__ import annotations

from collections.abc import Sequence

from ...messages import ToolCall
from .words import CALL_WHEN_NEEDED, Dialect, ToolSchema, functions_list, response_tag, signatures


def _call(call: ToolCall) -> str:
    arguments = ", ".join(f"{name}={value!r}" for name, value in call.arguments.items())
    return f"{call.name}({arguments})"


def _list(calls: Sequence[ToolCall]) -> str:
    return f"[{', '.join(_call(call) for call in calls)}]"


# --- Llama 4 -----------------------------------------------------------------------------------------


def _pythonic_tools(tools: Sequence[ToolSchema]) -> str:
    return (
        "You can call functions. To call one or more, answer with nothing but a list in Python: "
        "[name1(parameter1=value1, parameter2=value2), name2(parameter=value)]. When you are done, answer in "
        f"words. The functions, in JSON:\n\n{functions_list(tools)}"
    )


PYTHONIC = Dialect("pythonic", _pythonic_tools, _list, response_tag)


# --- Gemma 3 -----------------------------------------------------------------------------------------


def _gemma_tools(tools: Sequence[ToolSchema]) -> str:
    return (
        f"You can call these Python functions; a question mark is on what may be left out:\n"
        f"{signatures(tools)}\n\n{CALL_WHEN_NEEDED} To call, end your answer with one fence, a call a line, "
        "all arguments by name:\n```tool_code\nname(parameter=value)\n```\n"
        "The results come back as tool_output."
    )


def _gemma_calls(calls: Sequence[ToolCall]) -> str:
    lines = "\n".join(_call(call) for call in calls)
    return f"```tool_code\n{lines}\n```"


def _gemma_result(_name: str, content: str) -> str:
    return f"```tool_output\n{content}\n```"


GEMMA = Dialect("gemma", _gemma_tools, _gemma_calls, _gemma_result)


# --- LFM2 --------------------------------------------------------------------------------------------


def _lfm2_tools(tools: Sequence[ToolSchema]) -> str:
    return f"List of tools: <|tool_list_start|>{functions_list(tools)}<|tool_list_end|>\n{CALL_WHEN_NEEDED}"


def _lfm2_calls(calls: Sequence[ToolCall]) -> str:
    return f"<|tool_call_start|>{_list(calls)}<|tool_call_end|>"


def _lfm2_result(_name: str, content: str) -> str:
    return f"<|tool_response_start|>{content}<|tool_response_end|>"


LFM2 = Dialect("lfm2", _lfm2_tools, _lfm2_calls, _lfm2_result)
