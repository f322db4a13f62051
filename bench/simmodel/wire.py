"""Replies as bytes of the chat completions protocol, whole or as a stream of events."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from .action import Call, Reply
from .faults.base import printed
from .rates import BYTES_PER_TOKEN
from .tokens import tokens

# Characters of a text in one event.
PIECE = 48


def written(reply: Reply) -> str:
    """All that the model wrote, for counting."""
    calls = "".join(f"\n{call.name}{printed(call)}" for call in reply.calls)
    return f"{reply.reasoning}{reply.content}{calls}"


def limited(reply: Reply, most_tokens: int | None) -> Reply:
    """The reply as far as so many tokens last; the end of a call is lost with the rest."""
    if most_tokens is None or tokens(written(reply)) <= most_tokens:
        return reply
    room = max(most_tokens, 1) * BYTES_PER_TOKEN
    reasoning, room = _cut(reply.reasoning, room)
    content, room = _cut(reply.content, room)
    calls: list[Call] = []
    for call in reply.calls if room > 0 else ():
        raw, room = _cut(printed(call), room)
        calls.append(replace(call, raw=raw))
    return replace(reply, reasoning=reasoning, content=content, calls=tuple(calls), finish="length")


def _cut(text: str, room: int) -> tuple[str, int]:
    data = text.encode(errors="surrogatepass")
    return data[: max(room, 0)].decode("utf-8", "ignore"), room - len(data)


def usage(prompt: int, cached: int, completion: int) -> dict[str, Any]:
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": cached},
    }


def completion(reply: Reply, name: str, model: str, figures: Mapping[str, Any]) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": reply.content or None}
    if reply.reasoning:
        message["reasoning_content"] = reply.reasoning
    if reply.calls:
        message["tool_calls"] = [
            {"id": f"call_{name}_{index}", "type": "function", "function": _function(call)}
            for index, call in enumerate(reply.calls)
        ]
    choice = {"index": 0, "message": message, "finish_reason": reply.finish_reason}
    return {**_head(name, model, "chat.completion"), "choices": [choice], "usage": dict(figures)}


def events(
    reply: Reply, name: str, model: str, figures: Mapping[str, Any], *, with_usage: bool
) -> Iterator[str]:
    """The chunks of a stream, without what frames them; after the last comes "[DONE]"."""
    head = _head(name, model, "chat.completion.chunk")
    for delta in _deltas(reply, name):
        yield _json({**head, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
    yield _json({**head, "choices": [{"index": 0, "delta": {}, "finish_reason": reply.finish_reason}]})
    if with_usage:
        yield _json({**head, "choices": [], "usage": dict(figures)})
    yield "[DONE]"


def _deltas(reply: Reply, name: str) -> Iterator[dict[str, Any]]:
    yield {"role": "assistant", "content": None}
    for piece in _pieces(reply.reasoning):
        yield {"reasoning_content": piece}
    for piece in _pieces(reply.content):
        yield {"content": piece}
    for index, call in enumerate(reply.calls):
        function = {"name": call.name, "arguments": ""}
        yield {
            "tool_calls": [
                {"index": index, "id": f"call_{name}_{index}", "type": "function", "function": function}
            ]
        }
        for piece in _pieces(printed(call)):
            yield {"tool_calls": [{"index": index, "function": {"arguments": piece}}]}


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), PIECE):
        yield text[start : start + PIECE]


def _function(call: Call) -> dict[str, str]:
    return {"name": call.name, "arguments": printed(call)}


def _head(name: str, model: str, kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{name}", "object": kind, "created": 0, "model": model}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
