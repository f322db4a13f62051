"""From what the agent says to the JSON of an OpenAI request."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..messages import Image, Message, ToolCall

# The capability table: fields that a server may refuse without the request losing its sense, each with the
# field that says the same elsewhere. Newer OpenAI models want max_completion_tokens, most local servers
# know max_tokens only; llama.cpp penalises repetition by another name than vLLM.
OPTIONAL_FIELDS: Mapping[str, str | None] = {
    "stream_options": None,
    "return_progress": None,
    "temperature": None,
    "max_tokens": "max_completion_tokens",
    "max_completion_tokens": None,
    "top_p": None,
    "top_k": None,
    "min_p": None,
    "presence_penalty": None,
    "repeat_penalty": "repetition_penalty",
    "repetition_penalty": None,
    "chat_template_kwargs": None,
    "reasoning_effort": None,
    "thinking": None,
    "thinking_budget_tokens": None,
    "thinking_token_budget": None,
    "reasoning_content": None,
    "reasoning": None,
}

# Fields of messages, not of the request: what the model thought.
MESSAGE_FIELDS = frozenset({"reasoning_content", "reasoning"})

_THINKING_FIELDS = ("reasoning_effort", "thinking", "chat_template_kwargs")

# Fields without which a request says the same to the model.
_ALL_BUT = frozenset({"temperature", "max_tokens", "max_completion_tokens"})

_REFUSES_FIELDS = frozenset({400, 422})

# Complaints that name no field: Ollama's about a model that cannot think, and those of strict servers.
_CANNOT_THINK = re.compile(r"not support \w*\s?(?:thinking|reasoning)|invalid (?:think|reasoning)", re.I)
_UNKNOWN_FIELD = re.compile(
    r"(?:unrecogni[sz]ed|unknown|unexpected|unsupported|extra)\W+(?:\w+\W+){0,2}"
    r"(?:arguments?|fields?|parameters?|inputs?|keys?|propert(?:y|ies))",
    re.IGNORECASE,
)


class Capabilities:
    """What one server was found to refuse; ``refused`` is shared with what is remembered of it."""

    def __init__(self, refused: set[str] | None = None) -> None:
        self._refused = set() if refused is None else refused

    def takes(self, field: str) -> bool:
        return field not in self._refused

    def fit(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields under the names that the server takes, without those that it does not."""
        fitting: dict[str, Any] = {}
        for field, value in fields.items():
            name: str | None = field
            while name in self._refused:
                name = OPTIONAL_FIELDS.get(name)
            if name is not None:
                fitting[name] = value
        unwanted = MESSAGE_FIELDS & self._refused
        if unwanted and "messages" in fitting:
            fitting["messages"] = [
                {key: value for key, value in message.items() if key not in unwanted}
                for message in fitting["messages"]
            ]
        return fitting

    def learn(self, sent: Mapping[str, Any], status: int, complaint: str) -> Sequence[tuple[str, str | None]]:
        """The optional fields that were sent and that a 400 or 422 names, each with what replaces it. A
        complaint about a field that it does not name is about all that are not needed."""
        if status not in _REFUSES_FIELDS:
            return ()
        there = sent.keys() | {key for message in sent.get("messages", ()) for key in message}
        mentioned = [field for field in OPTIONAL_FIELDS if re.search(rf"(?<!\w){field}(?!\w)", complaint)]
        named = [field for field in mentioned if field in there]
        if _CANNOT_THINK.search(complaint):
            named += [field for field in _THINKING_FIELDS if field in there and field not in named]
        elif not mentioned and _UNKNOWN_FIELD.search(complaint):
            named = [field for field in OPTIONAL_FIELDS if field in there and field not in _ALL_BUT]
        self._refused.update(named)
        return [(field, OPTIONAL_FIELDS[field]) for field in named]


def messages_to_wire(messages: Sequence[Message], thoughts: str = "") -> list[dict[str, Any]]:
    """``thoughts`` is the name under which the model is given back what it thought in this turn, "" for not.

    Raises ValueError for a transcript that no strict chat template takes: a system message anywhere
    but first, or a tool's result without the id of its call. That is a fault of the caller, not of the
    user."""
    turn = max((n for n, one in enumerate(messages) if one.role == "user" and not one.by_harness), default=0)
    wire = []
    for place, message in enumerate(messages):
        entry = _message_to_wire(place, message)
        if thoughts and place > turn and message.role == "assistant" and message.reasoning:
            entry[thoughts] = message.reasoning
        wire.append(entry)
    return wire


def _message_to_wire(place: int, message: Message) -> dict[str, Any]:
    if message.role == "system" and place > 0:
        raise ValueError(f"message {place} is a system message; there is one, and it comes first")
    # Content is always text. Templates that append it to text fail on null, and llama.cpp renders "", null
    # and a missing content of an assistant that calls tools to the same tokens.
    wire: dict[str, Any] = {"role": message.role, "content": message.content}
    if message.images:
        wire["content"] = [{"type": "text", "text": message.content}, *map(_image_to_wire, message.images)]
    if message.role == "tool":
        if not message.tool_call_id:
            raise ValueError(f"message {place} is a tool's result without a tool_call_id")
        wire["tool_call_id"] = message.tool_call_id
    if message.tool_calls:
        wire["tool_calls"] = [_call_to_wire(call) for call in message.tool_calls]
    return wire


def _image_to_wire(image: Image) -> dict[str, Any]:
    """A content part of the chat completions API ("Images and vision" in OpenAI's documentation)."""
    return {"type": "image_url", "image_url": {"url": f"data:{image.mime};base64,{image.data}"}}


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
