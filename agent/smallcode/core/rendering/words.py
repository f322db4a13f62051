"""The shape of a dialect, and what several of them are made of."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...messages import ToolCall

ToolSchema = Mapping[str, Any]
"""An entry of the ``tools`` list of an OpenAI request."""

CALL_WHEN_NEEDED = "Call tools where they help; answer in words when you are done."


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one family has its tools in text.

    ``render_tools`` is the part of the system prompt that shows them and the form of a call,
    ``render_calls`` what the model itself would have written, all calls of one reply,
    ``render_result`` the result of the tool of that name.
    """

    name: str
    render_tools: Callable[[Sequence[ToolSchema]], str]
    render_calls: Callable[[Sequence[ToolCall]], str]
    render_result: Callable[[str, str], str]

    def render_call(self, call: ToolCall) -> str:
        return self.render_calls((call,))


def to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def function_of(tool: ToolSchema) -> Mapping[str, Any]:
    """``name``, ``description`` and ``parameters`` of a tool."""
    function: Mapping[str, Any] = tool.get("function") or {}
    return function


def call_object(call: ToolCall, name: str = "name", arguments: str = "arguments") -> dict[str, Any]:
    return {name: call.name, arguments: dict(call.arguments)}


def functions_list(tools: Sequence[ToolSchema]) -> str:
    """The functions as one JSON list."""
    return to_json([dict(function_of(tool)) for tool in tools])


def tools_lines(tools: Sequence[ToolSchema]) -> str:
    """The tools as they stand in the request, one a line."""
    return "\n".join(to_json(dict(tool)) for tool in tools)


def response_tag(_name: str, content: str) -> str:
    return f"<tool_response>\n{content}\n</tool_response>"


def signatures(tools: Sequence[ToolSchema]) -> str:
    """Name, parameters and what they mean, in a third of a JSON schema's tokens."""
    return "\n".join(_signature(function_of(tool)) for tool in tools)


def _signature(function: Mapping[str, Any]) -> str:
    schema = function.get("parameters") or {}
    required = set(schema.get("required") or ())
    parameters: Mapping[str, Mapping[str, Any]] = schema.get("properties") or {}
    shown = ", ".join(
        f"{name}{'' if name in required else '?'}: {type_name(parameter)}"
        for name, parameter in parameters.items()
    )
    description = " ".join(str(function.get("description", "")).split())
    lines = [f"- {function.get('name', '')}({shown}): {description}".rstrip(": ")]
    lines += [
        f"    {name}: {parameter['description']}"
        for name, parameter in parameters.items()
        if parameter.get("description")
    ]
    return "\n".join(lines)


def type_name(schema: Mapping[str, Any]) -> str:
    """In JSON schema's words, alternatives joined by a bar."""
    if "enum" in schema:
        return " | ".join(to_json(value) for value in schema["enum"])
    options = schema.get("anyOf") or schema.get("oneOf")
    if options:
        return " | ".join(type_name(option) for option in options)
    kind = schema.get("type", "any")
    if kind == "array":
        return f"list of {type_name(schema.get('items') or {})}"
    return " | ".join(kind) if isinstance(kind, list) else str(kind)
