"""Ollama's own chat API, which can be told how large the window is to be, as /v1 cannot.

A request is translated from OpenAI's form, and the reply into the same deltas, so that nothing else need know
of it. Facts: ollama/docs/api.md ("Generate a chat completion"), server/prompt.go and server/routes.go.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..errors import BadReply
from ..messages import Usage, well_formed
from ..ports import CallDelta, Delta, FinishDelta, TextDelta, ThoughtDelta, UsageDelta
from .chunks import THOUGHT_FIELDS
from .model_errors import NOT_JSON, Fault, dropped, excerpt, fault_of_refusal, positive
from .sse import MAX_EVENT_BYTES

PATH = "/api/chat"

# Names under ``options`` for fields of an OpenAI request.
_OPTIONS: Mapping[str, str] = {
    "max_tokens": "num_predict",
    "max_completion_tokens": "num_predict",
    "temperature": "temperature",
    "top_p": "top_p",
    "top_k": "top_k",
    "min_p": "min_p",
    "presence_penalty": "presence_penalty",
    "repeat_penalty": "repeat_penalty",
}


def native_body(fields: Mapping[str, Any], window: int) -> dict[str, Any]:
    """``fields`` are those of a chat completion; what has no counterpart is left out.

    ``truncate`` and ``shift`` off ask for an error instead of a prompt whose front is dropped, and for an end
    instead of a reply that pushes the prompt out. Versions that know neither ignore them.
    """
    options: dict[str, Any] = {"num_ctx": window}
    options |= {_OPTIONS[name]: value for name, value in fields.items() if name in _OPTIONS}
    body: dict[str, Any] = {
        "model": fields["model"],
        "messages": _messages(fields["messages"]),
        "stream": True,
        "truncate": False,
        "shift": False,
        "options": options,
    }
    if fields.get("tools"):
        body["tools"] = list(fields["tools"])
    effort = fields.get("reasoning_effort")
    if effort is not None:
        body["think"] = False if effort == "none" else effort
    shape = (fields.get("response_format") or {}).get("json_schema")
    if shape is not None:
        body["format"] = shape["schema"]
    return body


def _messages(messages: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Arguments of calls are objects here, and results carry the tool's name instead of the call's id."""
    names: dict[str, str] = {}
    native = []
    for message in messages:
        told: dict[str, Any] = {"role": message["role"], **_content(message["content"])}
        if thoughts := next((message[name] for name in THOUGHT_FIELDS if message.get(name)), ""):
            told["thinking"] = thoughts
        calls = message.get("tool_calls") or ()
        if calls:
            functions = [call["function"] for call in calls]
            names |= {call["id"]: call["function"]["name"] for call in calls}
            told["tool_calls"] = [
                {"function": {"name": one["name"], "arguments": json.loads(one["arguments"])}}
                for one in functions
            ]
        if message["role"] == "tool":
            told["tool_name"] = names.get(message["tool_call_id"], "")
        native.append(told)
    return native


def _content(content: str | Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Pictures stand beside the text here, as base64 without the words of a data URL."""
    if isinstance(content, str):
        return {"content": content}
    text = "".join(part["text"] for part in content if part["type"] == "text")
    urls = [part["image_url"]["url"] for part in content if part["type"] == "image_url"]
    return {"content": text, "images": [url.partition(",")[2] for url in urls]}


class NativeReader:
    """Feed it the body of one response, a JSON object on each line, cut anywhere; it yields the deltas, as
    chunks.ReplyReader does for the other API. Raises Fault."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._buffer = bytearray()
        self._calls = 0
        self._finish = ""
        self._usage = Usage(requests=1)
        self.events = 0
        self.done = False
        self.reading_prompt = False

    @property
    def complete(self) -> bool:
        return self.done

    def feed(self, data: bytes) -> Iterator[Delta]:
        self._buffer += data
        *lines, rest = self._buffer.split(b"\n")
        self._buffer = bytearray(rest)
        if len(rest) > MAX_EVENT_BYTES:
            raise self._bad(f"a line of more than {MAX_EVENT_BYTES} bytes")
        for line in lines:
            yield from self._line(line)

    def close(self) -> Iterator[Delta]:
        """The end of the response: FinishDelta, then UsageDelta. Raises Fault where the reply is not over."""
        if self._buffer and not self.done:
            yield from self._line(self._buffer, cut=True)
        if not self.done:
            raise dropped(self._address, "it ended without saying that it was over")
        yield FinishDelta("tool_calls" if self._calls and self._finish == "stop" else self._finish)
        if self._usage.prompt_tokens or self._usage.completion_tokens:
            yield UsageDelta(self._usage)

    def _bad(self, what: str) -> Fault:
        message = f"{self._address} sent what is no reply of Ollama: {what}."
        return Fault(BadReply(self._address, message, "Check that base_url names a model server."))

    def _line(self, line: bytes | bytearray, *, cut: bool = False) -> Iterator[Delta]:
        if self.done or not line.strip():
            return
        self.events += 1
        try:
            payload = json.loads(line.decode("utf-8"))
        except NOT_JSON as error:
            if cut:
                raise dropped(self._address, "it ended in the middle of a line") from error
            raise self._bad(excerpt(line[:1000].decode("utf-8", "replace"))) from error
        if not isinstance(payload, Mapping):
            raise self._bad(excerpt(str(payload)))
        if payload.get("error"):
            raise fault_of_refusal(self._address, 200, payload)
        message = payload.get("message")
        if isinstance(message, Mapping):
            yield from self._message(message)
        if payload.get("done") is True:
            self.done = True
            reason = payload.get("done_reason")
            self._finish = reason if isinstance(reason, str) and reason else "stop"
            # An older version leaves the first figure out where the whole prompt was cached.
            read, written = positive(payload.get("prompt_eval_count")), positive(payload.get("eval_count"))
            self._usage = Usage(read or 0, None, written or 0, 1)

    def _message(self, message: Mapping[str, Any]) -> Iterator[Delta]:
        thought, text = message.get("thinking"), message.get("content")
        if isinstance(thought, str) and thought:
            yield ThoughtDelta(well_formed(thought))
        if isinstance(text, str) and text:
            yield TextDelta(well_formed(text))
        calls = message.get("tool_calls")
        for call in calls if isinstance(calls, list) else ():
            function = call.get("function") if isinstance(call, Mapping) else None
            if isinstance(function, Mapping):
                yield self._call(call, function)

    def _call(self, call: Mapping[str, Any], function: Mapping[str, Any]) -> CallDelta:
        """Calls come whole; each is one of its own, whatever its index says."""
        name, call_id, arguments = function.get("name"), call.get("id"), function.get("arguments")
        told = arguments if isinstance(arguments, str) else json.dumps(arguments or {}, ensure_ascii=False)
        position = self._calls
        self._calls += 1
        return CallDelta(
            position,
            call_id if isinstance(call_id, str) else "",
            name if isinstance(name, str) else "",
            well_formed(told),
        )
