"""How scripted models and servers differ: which switches they obey, which constraints they honour."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .script import Step

# Where a request's shape stands, by the name of the way.
_SHAPE_FIELDS = ("grammar", "structured_outputs", "guided_json", "response_format")

_REFUSALS = {
    "ollama": "registry.ollama.ai/library/scripted does not support tools",
    "vllm": '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
    "llama.cpp": "tools param requires --jinja flag",
}


def refusal_of_tools(like: str) -> str:
    """What a server says that cannot take tools."""
    return _REFUSALS.get(like, "tools are not supported")


def told_not_to_think(body: Mapping[str, Any], switch: str | None) -> bool:
    """Whether a request turns thoughts off by the one ``switch`` that the server obeys."""
    match switch:
        case "enable_thinking" | "thinking":
            return (body.get("chat_template_kwargs") or {}).get(switch) is False
        case "effort_none":
            return bool(body.get("reasoning_effort") == "none")
        case "budget_tokens":
            return (body.get("thinking") or {}).get("type") == "disabled"
        case "thinking_budget_tokens":
            return bool(body.get("thinking_budget_tokens") == 0)
        case "no_think":
            asked = [message for message in body["messages"] if message["role"] == "user"]
            return bool(asked) and str(asked[-1]["content"]).endswith("/no_think")
        case _:
            return False


def constraint_of(body: Mapping[str, Any], forces: Collection[str]) -> str:
    """What a server that honours ``forces`` makes of a request: "free", "required" or "shaped"."""
    if body.get("tool_choice") == "required" and "required" in forces and body.get("tools"):
        return "required"
    for field in _SHAPE_FIELDS:
        name = "json_schema" if field == "response_format" else field
        if field in body and name in forces:
            return "shaped"
    return "free"


def constrained(step: Step, constraint: str, tools: Sequence[Mapping[str, Any]]) -> Step:
    """The step as a model says it that cannot but call a tool: the step's first call, else one of the first
    tool; as text where the reply is shaped."""
    if constraint == "free" or not tools:
        return step
    calls = step.tool_calls[:1] or [_made_up(tools[0])]
    if constraint == "required":
        return replace(step, tool_calls=calls, finish_reason=None)
    arguments = calls[0]["arguments"]
    if not isinstance(arguments, str):
        arguments = json.dumps(arguments, ensure_ascii=False)
    # As they are: what was cut within its arguments is cut under a grammar, too.
    text = f'{{"name": {json.dumps(calls[0]["name"], ensure_ascii=False)}, "arguments": {arguments}}}'
    return replace(step, text=text, thoughts="", tool_calls=(), finish_reason=None)


def tools_of(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The tools of a request, or those that its JSON schema admits."""
    if body.get("tools"):
        return list(body["tools"])
    schema = ((body.get("response_format") or {}).get("json_schema") or {}).get("schema") or {}
    options = schema.get("anyOf") or ([schema] if schema else [])
    return [
        {"function": {"name": name, "parameters": option["properties"]["arguments"]}}
        for option in options
        for name in option["properties"]["name"]["enum"]
    ]


_SAMPLES: Mapping[str, Any] = {
    "string": "text",
    "integer": 1,
    "number": 1.5,
    "boolean": True,
    "array": [],
    "object": {},
}


def _made_up(tool: Mapping[str, Any]) -> Mapping[str, Any]:
    """A call with a value for each required parameter."""
    function = tool["function"]
    schema = function.get("parameters") or {}
    properties = schema.get("properties") or {}
    arguments = {
        name: _SAMPLES.get(str(properties.get(name, {}).get("type")), "text")
        for name in schema.get("required") or ()
    }
    return {"name": function["name"], "arguments": arguments}
