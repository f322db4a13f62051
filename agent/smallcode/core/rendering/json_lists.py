"""Calls as a JSON list behind a marker: Mistral, Granite 3, Phi-4-mini, Command R.

Forms: the chat templates of these models in https://github.com/ggml-org/llama.cpp/tree/master/models/templates
and, of Phi-4-mini, https://github.com/vllm-project/vllm/blob/main/examples/tool_chat_template_phi4_mini.jinja
"""

from __future__ import annotations

from collections.abc import Sequence

from ...messages import ToolCall
from .words import CALL_WHEN_NEEDED, Dialect, ToolSchema, call_object, functions_list, response_tag, to_json

_LIST = '[{"name": NAME, "arguments": {…}}]'


def _list(calls: Sequence[ToolCall]) -> str:
    return to_json([call_object(call) for call in calls])


# --- Mistral -----------------------------------------------------------------------------------------


def _mistral_tools(tools: Sequence[ToolSchema]) -> str:
    listed = to_json([dict(tool) for tool in tools])
    return (
        f"[AVAILABLE_TOOLS] {listed}[/AVAILABLE_TOOLS]\n"
        f"{CALL_WHEN_NEEDED} All calls of an answer stand in one list: [TOOL_CALLS] {_LIST}"
    )


def _mistral_calls(calls: Sequence[ToolCall]) -> str:
    return f"[TOOL_CALLS] {_list(calls)}"


def _mistral_result(_name: str, content: str) -> str:
    return f"[TOOL_RESULTS] {to_json({'content': content})}[/TOOL_RESULTS]"


MISTRAL = Dialect("mistral", _mistral_tools, _mistral_calls, _mistral_result)


# --- Granite 3 ---------------------------------------------------------------------------------------


def _granite_tools(tools: Sequence[ToolSchema]) -> str:
    return (
        f"You have access to these tools:\n{functions_list(tools)}\n"
        f"{CALL_WHEN_NEEDED} When a tool is required, answer with <|tool_call|> and a JSON list of the tools "
        f"used: <|tool_call|>{_LIST}"
    )


def _granite_calls(calls: Sequence[ToolCall]) -> str:
    return f"<|tool_call|>{_list(calls)}"


GRANITE = Dialect("granite", _granite_tools, _granite_calls, response_tag)


# --- Phi-4-mini --------------------------------------------------------------------------------------


def _phi_tools(tools: Sequence[ToolSchema]) -> str:
    return (
        f"<|tool|>{functions_list(tools)}<|/tool|>\n"
        f"{CALL_WHEN_NEEDED} All calls of an answer stand in one list with the prefix functools: "
        f"functools{_LIST}"
    )


def _phi_calls(calls: Sequence[ToolCall]) -> str:
    return f"functools{_list(calls)}"


def _phi_result(_name: str, content: str) -> str:
    return to_json({"result": content})


PHI = Dialect("phi", _phi_tools, _phi_calls, _phi_result)


# --- Command R ---------------------------------------------------------------------------------------


def _command_tools(tools: Sequence[ToolSchema]) -> str:
    return (
        f"## Available Tools\n```json\n{functions_list(tools)}\n```\n"
        f"{CALL_WHEN_NEEDED} Write <|START_ACTION|>, a JSON list of calls, each with tool_name and "
        "parameters, and <|END_ACTION|>. The results come between <|START_TOOL_RESULT|> and "
        "<|END_TOOL_RESULT|>."
    )


def _command_calls(calls: Sequence[ToolCall]) -> str:
    listed = to_json([call_object(call, "tool_name", "parameters") for call in calls])
    return f"<|START_ACTION|>{listed}<|END_ACTION|>"


def _command_result(_name: str, content: str) -> str:
    return f"<|START_TOOL_RESULT|>{to_json([{'results': {'0': content}}])}<|END_TOOL_RESULT|>"


COMMAND_R = Dialect("command-r", _command_tools, _command_calls, _command_result)
