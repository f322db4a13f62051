"""A model's reply out of the bytes of the response: OpenAI's chat completion chunks, read forgivingly."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..errors import BadReply
from ..messages import Usage, well_formed
from ..ports import CallDelta, Delta, FinishDelta, ProgressDelta, TextDelta, ThoughtDelta, UsageDelta
from .model_errors import NOT_JSON, Fault, dropped, excerpt, fault_of_refusal, positive
from .sse import MAX_EVENT_BYTES, EventTooLarge, ServerEvent, SseParser

_DONE = "[DONE]"

# Of llama.cpp, older vLLM and DeepSeek's API; of newer vLLM, Ollama and OpenRouter; of Ollama's own API.
THOUGHT_FIELDS = ("reasoning_content", "reasoning", "thinking")


class ReplyReader:
    """Feed it the body of one response, cut anywhere; it yields the deltas. Raises Fault.

    A server that does not stream, though asked to, sends one JSON object: that is a reply, or an error told
    with the status 200. Which of the two shapes it is shows in the first byte, whatever the content type
    says.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._parser = SseParser()
        self._whole: bytearray | None = None
        self._sniffed = False
        self._calls = CallTracker()
        self._halves = {"thought": "", "text": ""}
        self._finish = ""
        self._usage: Usage | None = None
        self._called = False
        self.events = 0
        self.done = False
        self.reading_prompt = False

    @property
    def complete(self) -> bool:
        """The server has said that the reply is over; only the usage may be missing."""
        return self.done or bool(self._finish)

    def feed(self, data: bytes) -> Iterator[Delta]:
        if not self._sniffed:
            data = data.lstrip()
            if not data:
                return
            self._sniff(data[:1])
        if self._whole is not None:
            self._whole += data
            if len(self._whole) > MAX_EVENT_BYTES:
                raise self._bad(f"more than {MAX_EVENT_BYTES} bytes")
            return
        try:
            for event in self._parser.feed(data):
                yield from self._event(event)
        except UnicodeDecodeError as error:
            raise self._bad(f"bytes that are no UTF-8 ({error.reason})") from error
        except EventTooLarge as error:
            raise self._bad(str(error)) from error

    def close(self) -> Iterator[Delta]:
        """The end of the response: FinishDelta, then UsageDelta. Raises Fault where the reply is not over."""
        yield from self._rest()
        if not self.complete:
            raise dropped(self._address, "it ended without saying that it was over")
        yield FinishDelta(self._finish or ("tool_calls" if self._called else "stop"))
        if self._usage is not None:
            yield UsageDelta(self._usage)

    def _rest(self) -> Iterator[Delta]:
        """What still stands in the buffers. Where it cannot be read the response was cut in its middle."""
        if self.complete:
            return
        try:
            if self._whole is not None:
                yield from self._payload(json.loads(self._whole.decode("utf-8")), whole=True)
                return
            for event in self._parser.close():
                yield from self._event(event, cut=True)
        except NOT_JSON as error:
            raise dropped(self._address, "it ended in the middle of a line") from error

    def _sniff(self, first: bytes) -> None:
        self._sniffed = True
        if first == b"{":
            self._whole = bytearray()
        elif first == b"<":
            message = f"{self._address} answered with a web page, not with a model's reply."
            raise Fault(BadReply(self._address, message, "Check base_url."))

    def _bad(self, what: str) -> Fault:
        message = f"{self._address} sent what is no chat completion: {what}."
        return Fault(
            BadReply(self._address, message, "Check that base_url names an OpenAI-compatible server.")
        )

    def _event(self, event: ServerEvent, *, cut: bool = False) -> Iterator[Delta]:
        if self.done:
            return
        self.events += 1
        data = event.data.strip()
        if data == _DONE:
            self.done = True
            return
        if not data:
            return
        try:
            payload = json.loads(data)
        except NOT_JSON as error:
            if cut:
                raise
            raise self._bad(excerpt(data)) from error
        if event.event == "error" and not (isinstance(payload, Mapping) and payload.get("error")):
            payload = {"error": payload}
        yield from self._payload(payload)

    def _payload(self, payload: Any, *, whole: bool = False) -> Iterator[Delta]:
        if not isinstance(payload, Mapping):
            raise self._bad(excerpt(str(payload)))
        if payload.get("error") or payload.get("object") == "error":
            raise fault_of_refusal(self._address, 200, payload)
        choices = payload.get("choices")
        if whole and not choices:
            raise self._bad(excerpt(json.dumps(payload)))
        yield from self._progress(payload.get("prompt_progress"))
        choice = choices[0] if isinstance(choices, list) and choices else {}
        if isinstance(choice, Mapping):
            delta = choice.get("delta") or choice.get("message")
            if isinstance(delta, Mapping):
                yield from self._delta(delta)
            reason = choice.get("finish_reason")
            if isinstance(reason, str) and reason:
                self._finish = reason
        self._usage = _usage(payload) or self._usage

    def _progress(self, progress: Any) -> Iterator[Delta]:
        self.reading_prompt = False
        if not isinstance(progress, Mapping):
            return
        total = positive(progress.get("total"))
        if total is not None:
            processed = positive(progress.get("processed")) or 0
            self.reading_prompt = processed < total
            yield ProgressDelta(processed, total, positive(progress.get("cache")) or 0)

    def _delta(self, delta: Mapping[str, Any]) -> Iterator[Delta]:
        # Servers that know several names for the same text send it under all of them: the first counts.
        thoughts = (_text(delta.get(name)) for name in THOUGHT_FIELDS)
        thought = next((text for text in thoughts if text), "")
        if thought := self._whole_characters("thought", thought):
            yield ThoughtDelta(thought)
        if text := self._whole_characters("text", _text(delta.get("content"))):
            yield TextDelta(text)
        calls = delta.get("tool_calls")
        for call in calls if isinstance(calls, list) else ():
            if isinstance(call, Mapping):
                self._called = True
                yield self._calls.read(call)

    def _whole_characters(self, kind: str, text: str) -> str:
        """A server that counts in UTF-16 may send an emoji in two pieces: the first half waits."""
        text = self._halves[kind] + text
        cut = len(text) - ("\ud800" <= text[-1:] <= "\udbff")
        self._halves[kind] = text[cut:]
        return well_formed(text[:cut])


class CallTracker:
    """Gives the pieces of one call the same index, also where the server's is missing or always 0.

    A piece begins another call where it carries another id together with a name; without an index also
    where it carries a name and the call before already has arguments. Name and id are told once for each
    call.
    """

    def __init__(self) -> None:
        self._by_index: dict[int, int] = {}
        self._ids: list[str] = []
        self._names: list[str] = []
        self._begun: list[bool] = []

    def read(self, call: Mapping[str, Any]) -> CallDelta:
        function = call.get("function")
        function = function if isinstance(function, Mapping) else {}
        name = _text(function.get("name"))
        call_id = _text(call.get("id"))
        arguments = function.get("arguments")
        if arguments is not None and not isinstance(arguments, str):
            arguments = json.dumps(arguments, ensure_ascii=False)
        position = self._position(call.get("index"), call_id, name)
        told = CallDelta(
            position,
            "" if call_id == self._ids[position] else call_id,
            "" if name == self._names[position] else name,
            arguments or "",
        )
        self._ids[position] = self._ids[position] or call_id
        self._names[position] += told.name
        self._begun[position] = self._begun[position] or bool(arguments)
        return told

    def _position(self, index: Any, call_id: str, name: str) -> int:
        if isinstance(index, int):
            known = self._by_index.get(index)
        else:
            index = None
            known = len(self._ids) - 1 if self._ids else None
            if known is not None and name and not call_id and self._begun[known]:
                known = None
        if known is not None and call_id and name and self._ids[known] not in {"", call_id}:
            known = None
        if known is None:
            known = len(self._ids)
            self._ids.append("")
            self._names.append("")
            self._begun.append(False)
        if index is not None:
            self._by_index[index] = known
        return known


def _text(value: Any) -> str:
    """Text, or the text of a list of parts, which some hosted models send."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(_text(part.get("text")) for part in value if isinstance(part, Mapping))
    return ""


def _usage(payload: Mapping[str, Any]) -> Usage | None:
    """``usage`` by the OpenAI shape, with llama.cpp's ``timings`` for what is not in it."""
    usage, timings = payload.get("usage"), payload.get("timings")
    usage = usage if isinstance(usage, Mapping) else {}
    timings = timings if isinstance(timings, Mapping) else {}
    if not usage and not timings:
        return None
    details = usage.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, Mapping) else None
    if cached is None:
        cached = timings.get("cache_n")
    read = (positive(timings.get("prompt_n")) or 0) + (positive(timings.get("cache_n")) or 0)
    return Usage(
        prompt_tokens=positive(usage.get("prompt_tokens")) or read,
        cached_tokens=None if cached is None else positive(cached) or 0,
        completion_tokens=positive(usage.get("completion_tokens"))
        or positive(timings.get("predicted_n"))
        or 0,
        requests=1,
    )
