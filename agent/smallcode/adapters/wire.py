"""From what the agent says to the JSON of an OpenAI request."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..messages import Message, ToolCall
from ..ports import ModelRequest

# The capability table: fields that a server may refuse without the request losing its sense, each with the
# field that says the same elsewhere. Newer OpenAI models want max_completion_tokens, most local servers
# know max_tokens only.
OPTIONAL_FIELDS: Mapping[str, str | None] = {
    "stream_options": None,
    "return_progress": None,
    "temperature": None,
    "max_tokens": "max_completion_tokens",
    "max_completion_tokens": None,
}

_REFUSES_FIELDS = frozenset({400, 422})


class Capabilities:
    """What one server was found to refuse; lives as long as its client."""

    def __init__(self) -> None:
        self._refused: set[str] = set()

    def fit(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields under the names that the server takes, without those that it does not."""
        fitting: dict[str, Any] = {}
        for field, value in fields.items():
            name: str | None = field
            while name in self._refused:
                name = OPTIONAL_FIELDS[name]
            if name is not None:
                fitting[name] = value
        return fitting

    def learn(self, sent: Mapping[str, Any], status: int, complaint: str) -> Sequence[tuple[str, str | None]]:
        """The optional fields that were sent and that a 400 or 422 names, each with what replaces it."""
        if status not in _REFUSES_FIELDS:
            return ()
        named = [
            field
            for field in OPTIONAL_FIELDS
            if field in sent and re.search(rf"(?<!\w){field}(?!\w)", complaint) is not None
        ]
        self._refused.update(named)
        return [(field, OPTIONAL_FIELDS[field]) for field in named]


def messages_to_wire(messages: Sequence[Message]) -> list[dict[str, Any]]:
    """Raises ValueError for a transcript that no strict chat template takes: a system message anywhere
    but first, or a tool's result without the id of its call. That is a fault of the caller, not of the
    user."""
    return [_message_to_wire(place, message) for place, message in enumerate(messages)]


def _message_to_wire(place: int, message: Message) -> dict[str, Any]:
    if message.role == "system" and place > 0:
        raise ValueError(f"message {place} is a system message; there is one, and it comes first")
    # Content is always text. Templates that append it to text fail on null, and llama.cpp renders "", null
    # and a missing content of an assistant that calls tools to the same tokens.
    wire: dict[str, Any] = {"role": message.role, "content": message.content}
    if message.role == "tool":
        if not message.tool_call_id:
            raise ValueError(f"message {place} is a tool's result without a tool_call_id")
        wire["tool_call_id"] = message.tool_call_id
    if message.tool_calls:
        wire["tool_calls"] = [_call_to_wire(call) for call in message.tool_calls]
    return wire


def _call_to_wire(call: ToolCall) -> dict[str, Any]:
    # In the model's own order: the closer to what it wrote, the more of the server's cache is reused.
    function = {"name": call.name, "arguments": dump(dict(call.arguments))}
    return {"id": call.id, "type": "function", "function": function}


def dump(value: Any) -> str:
    """Strict JSON: what has no form in it (NaN, infinity) becomes null, because llama.cpp answers 500
    to a history that it cannot parse, at every request from then on."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError:
        finite = json.loads(json.dumps(value, ensure_ascii=False), parse_constant=lambda _: None)
        return json.dumps(finite, ensure_ascii=False)


def encode(body: Mapping[str, Any]) -> bytes:
    """UTF-8. Lone surrogates, as in names of files that are no text, have no form in it and become "?"."""
    return dump(body).encode("utf-8", "replace")


def prompt_to_wire(request: ModelRequest, model: str) -> dict[str, Any]:
    """The part of a request that the prompt is rendered from. An empty ``tools`` is left out: servers
    refuse it."""
    prompt: dict[str, Any] = {"model": model, "messages": messages_to_wire(request.messages)}
    if request.tools:
        prompt["tools"] = list(request.tools)
    return prompt


def request_to_wire(
    request: ModelRequest, model: str, temperature: float, *, progress: bool
) -> dict[str, Any]:
    """``temperature`` counts where the request names none; ``progress`` asks llama.cpp to tell how far
    it has read."""
    fields = prompt_to_wire(request, model) | {"stream": True, "stream_options": {"include_usage": True}}
    fields["temperature"] = temperature if request.temperature is None else request.temperature
    if request.max_tokens is not None:
        fields["max_tokens"] = request.max_tokens
    if progress:
        fields["return_progress"] = True
    return fields
