"""Ways to make a server force a call, and how it is found out whether it does."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ..core.grammar import call_grammar, call_schema
from ..messages import Message
from ..ports import CallDelta, Constraint, Delta, ModelRequest, TextDelta, Thinking, ToolSchema

# The ways to force the shape of a reply, in the order in which they are tried. Those that begin with "alone"
# show the tools in the prompt's text, for servers that forget a schema where there are tools.
SHAPES: Mapping[str, tuple[str, ...]] = {
    "llama.cpp": ("grammar", "json_schema"),
    "vllm": ("structured_outputs", "guided_json", "json_schema"),
}
OTHER_SHAPES = ("json_schema", "alone json_schema")
ALONE = "alone "

PROBE_TOOL: ToolSchema = {
    "type": "function",
    "function": {
        "name": "probe",
        "description": "Never to be called.",
        "parameters": {"type": "object", "properties": {"ok": {"type": "boolean"}}, "required": ["ok"]},
    },
}

# A call of the probe takes some twenty tokens; a model that answers in words stops as early.
PROBE_TOKENS = 96


def shapes_for(server: str, *, in_text: bool) -> tuple[str, ...]:
    """``in_text`` is whether the tools stand in the prompt anyway, so that there is nothing to leave out."""
    shapes = SHAPES.get(server, OTHER_SHAPES)
    return tuple(shape for shape in shapes if not (in_text and shape.startswith(ALONE)))


def probe_request(level: Constraint) -> ModelRequest:
    """Asks for anything but a call, so that only a server that forces one gives it."""
    ask = Message("user", "Say hello in one word. Do not call a tool.")
    return ModelRequest(
        (ask,), (PROBE_TOOL,), PROBE_TOKENS, temperature=0.0, thinking=Thinking(False), constraint=level
    )


def required_fields() -> dict[str, Any]:
    return {"tool_choice": "required"}


def shape_fields(shape: str, tools: Sequence[ToolSchema], *, native: bool) -> dict[str, Any]:
    """The fields that force the reply's text to be a call; ``native`` is whether ``tools`` are in the
    request, which have to be kept from becoming calls by themselves."""
    fields: dict[str, Any] = {"tool_choice": "none"} if native else {}
    match shape.removeprefix(ALONE):
        case "grammar":
            fields["grammar"] = call_grammar(tools)
        case "structured_outputs":
            fields["structured_outputs"] = {"json": call_schema(tools)}
        case "guided_json":
            fields["guided_json"] = call_schema(tools)
        case "json_schema":
            schema = {"name": "tool_call", "strict": True, "schema": call_schema(tools)}
            fields["response_format"] = {"type": "json_schema", "json_schema": schema}
        case _:
            raise ValueError(f"there is no way to shape a reply called {shape!r}")
    return fields


def forced_a_call(deltas: Sequence[Delta], *, in_text: bool) -> bool:
    """Whether the reply to the probe is its call: a native one, or the text of one where that counts."""
    name = PROBE_TOOL["function"]["name"]
    if any(isinstance(delta, CallDelta) and delta.name == name for delta in deltas):
        return True
    if not in_text:
        return False
    text = "".join(delta.text for delta in deltas if isinstance(delta, TextDelta))
    try:
        call = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return (
        isinstance(call, Mapping) and call.get("name") == name and isinstance(call.get("arguments"), Mapping)
    )
