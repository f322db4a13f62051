"""FunctionGemma and Gemma 4: names without quotes, texts between tokens of their own, no escapes.

Forms: https://ai.google.dev/gemma/docs/functiongemma/formatting-and-best-practices and
https://ai.google.dev/gemma/docs/capabilities/text/function-calling-gemma4
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from ...messages import ToolCall
from .words import CALL_WHEN_NEEDED, Dialect, ToolSchema, function_of, to_json

_Tokens = Mapping[str, str]

_FUNCTION_GEMMA: _Tokens = {
    "quote": "<escape>",
    "tool": "<start_function_declaration>",
    "end tool": "<end_function_declaration>",
    "call": "<start_function_call>",
    "end call": "<end_function_call>",
    "response": "<start_function_response>",
    "end response": "<end_function_response>",
}
_GEMMA_4: _Tokens = {
    "quote": '<|"|>',
    "tool": "<|tool>",
    "end tool": "<tool|>",
    "call": "<|tool_call>",
    "end call": "<tool_call|>",
    "response": "<|tool_response>",
    "end response": "<tool_response|>",
}


def _value(tokens: _Tokens, value: Any) -> str:
    if isinstance(value, str):
        return f"{tokens['quote']}{value}{tokens['quote']}"
    if isinstance(value, Mapping):
        return _braces(tokens, value)
    if isinstance(value, list | tuple):
        return f"[{','.join(_value(tokens, item) for item in value)}]"
    return to_json(value)


def _braces(tokens: _Tokens, values: Mapping[str, Any]) -> str:
    return "{" + ",".join(f"{name}:{_value(tokens, value)}" for name, value in values.items()) + "}"


def _schema(schema: Any) -> Any:
    """Types in capitals, as these models were shown them."""
    if isinstance(schema, Mapping):
        return {
            key: value.upper() if key == "type" and isinstance(value, str) else _schema(value)
            for key, value in schema.items()
            if key not in {"title", "additionalProperties", "$defs"}
        }
    return [_schema(item) for item in schema] if isinstance(schema, list) else schema


def _tools(tokens: _Tokens, tools: Sequence[ToolSchema]) -> str:
    declared = "".join(_declaration(tokens, function_of(tool)) for tool in tools)
    form = f"{tokens['call']}call:NAME{{PARAMETER:VALUE}}{tokens['end call']}"
    quoted = f"texts between {tokens['quote']}"
    return f"{CALL_WHEN_NEEDED} A call is written {form}, {quoted}.\n{declared}"


def _declaration(tokens: _Tokens, function: Mapping[str, Any]) -> str:
    shown = {
        "description": str(function.get("description", "")),
        "parameters": _schema(function.get("parameters") or {}),
    }
    return (
        f"{tokens['tool']}declaration:{function.get('name', '')}{_braces(tokens, shown)}{tokens['end tool']}"
    )


def _calls(tokens: _Tokens, calls: Sequence[ToolCall]) -> str:
    return "".join(
        f"{tokens['call']}call:{call.name}{_braces(tokens, call.arguments)}{tokens['end call']}"
        for call in calls
    )


def _result(tokens: _Tokens, name: str, content: str) -> str:
    shown = _braces(tokens, {"value": content})
    return f"{tokens['response']}response:{name}{shown}{tokens['end response']}"


def _dialect(name: str, tokens: _Tokens) -> Dialect:
    return Dialect(name, partial(_tools, tokens), partial(_calls, tokens), partial(_result, tokens))


FUNCTION_GEMMA = _dialect("functiongemma", _FUNCTION_GEMMA)
GEMMA_4 = _dialect("gemma4", _GEMMA_4)
