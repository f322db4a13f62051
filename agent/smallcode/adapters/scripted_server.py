"""A scripted model behind HTTP: OpenAI's chat completions as server-sent events, with faults on demand."""

from __future__ import annotations

import asyncio
import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any

from ..core.profile import ThinkingSwitch
from .script import Fault, FaultCounter, Step, deltas, step_for, step_number
from .scripted_flavours import (
    USUAL_OVERFLOW,
    Described,
    Like,
    Overflow,
    listed,
    properties,
    read_when_cut,
    refusal_of_overflow,
)
from .scripted_http import ReceivedRequest, read_request, send
from .scripted_manners import constrained, constraint_of, refusal_of_tools, told_not_to_think, tools_of
from .scripted_ollama import PATH as OLLAMA_PATH
from .scripted_ollama import Loaded, NativeStream, as_completion
from .scripted_stream import MODEL, ScriptedStream

BYTES_PER_TOKEN = 4

# Seconds that a client may take to send its request.
READ_TIMEOUT = 30.0


class ScriptedServer:
    """An async context manager; ``address`` is the base URL once it is entered.

    ``like`` is the server that it resembles in what it tells of itself: with "llama.cpp" there are /props,
    prompt progress, a count of input tokens, and ``slots``, each with its own cache; with "ollama" there is
    its own API, where ``num_ctx`` loads the model, with ``most`` tokens at most (``memory.loads`` counts).
    ``window`` is told; what becomes of a prompt that does not fit it, in tokens of four bytes, is
    ``overflow``, unset what that server does. ``largest`` is what the model was made for. ``api_key`` is
    asked for if it is given, ``prefix`` is the path before /models. ``unknown_fields``, of the request or of
    its messages, are refused with a 400 that names them.
    ``loading`` is for how many requests the model is not there yet. ``cached_tokens`` are the common prefix
    with the request before in the same slot.

    ``model``, ``template`` and ``native_tools`` are told where the server it resembles tells them;
    ``refuses_tools`` is whether a request with tools is a 400. ``switch`` is the one thinking switch that it
    obeys: the thoughts of the script are left out then; None obeys none. ``forces`` are the ways of forcing a
    call that it honours, "required" and those of constraints.SHAPES; it ignores the others.
    """

    def __init__(
        self,
        script: Sequence[Step],
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        like: Like = "openai",
        window: int | None = 32768,
        api_key: str | None = None,
        prefix: str = "/v1",
        unknown_fields: Sequence[str] = (),
        loading: int = 0,
        model: str = MODEL,
        template: str = "",
        native_tools: bool = True,
        refuses_tools: bool = False,
        switch: ThinkingSwitch | None = None,
        forces: Sequence[str] = (),
        overflow: Overflow | None = None,
        largest: int | None = None,
        most: int | None = None,
        slots: int = 1,
    ) -> None:
        self._script = tuple(script)
        self._host, self._port = host, port
        self._like, self._api_key, self._prefix = like, api_key, prefix
        self._overflow = overflow or USUAL_OVERFLOW.get(like, "refused")
        self.memory = Loaded(window, most)
        self._largest, self._slots = largest, slots
        self._unknown_fields, self._loading = unknown_fields, loading
        self._model, self._template, self._native_tools = model, template, native_tools
        self._refuses_tools, self._switch, self._forces = refuses_tools, switch, forces
        self._faults = FaultCounter()
        self._cached: dict[int, bytes] = {}
        self._server: asyncio.Server | None = None
        self._serving: set[asyncio.Task[None]] = set()
        self.received: list[ReceivedRequest] = []

    @property
    def requests(self) -> list[ReceivedRequest]:
        """Those for a reply, in the order in which they came; ``received`` has all."""
        ends = ("/chat/completions", OLLAMA_PATH)
        return [request for request in self.received if request.path.endswith(ends)]

    @property
    def root(self) -> str:
        """The address without the prefix."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    @property
    def address(self) -> str:
        return f"{self.root}{self._prefix}"

    async def __aenter__(self) -> ScriptedServer:
        self._server = await asyncio.start_server(self._accept, self._host, self._port)
        self._port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None, "the server was entered"
        self._server.close()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request for each connection."""
        task = asyncio.current_task()
        assert task is not None, "asyncio runs each connection as a task"
        self._serving.add(task)
        try:
            async with asyncio.timeout(READ_TIMEOUT):
                request = await read_request(reader)
            self.received.append(request)
            await self._answer_until_closed(request, reader, writer)
        except (OSError, TimeoutError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # a client that goes away, or does not speak HTTP, is no fault of the server's
        except asyncio.CancelledError:
            pass  # the server is closing, and asyncio would log the cancellation of a connection
        finally:
            self._serving.discard(task)
            writer.close()

    async def _answer_until_closed(
        self, request: ReceivedRequest, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Answer; stop as soon as the client closes, as llama.cpp frees its slot then."""
        answer = asyncio.create_task(self._answer(request, writer))
        gone = asyncio.create_task(reader.read())
        try:
            await asyncio.wait({answer, gone}, return_when=asyncio.FIRST_COMPLETED)
            request.disconnected = not answer.done()
        finally:
            for task in (answer, gone):
                task.cancel()
            await asyncio.gather(answer, gone, return_exceptions=True)
            request.done.set()

    async def _answer(self, request: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        if self._api_key is not None and request.headers.get("authorization") != f"Bearer {self._api_key}":
            await send(writer, 401, _error(401, "authentication_error", "Invalid API Key"))
        elif self._loading > 0:
            self._loading -= 1
            await send(writer, 503, _error(503, "unavailable_error", "Loading model"))
        elif request.path == f"{self._prefix}/chat/completions" and request.method == "POST":
            await self._chat(request.json, writer)
        elif request.path == OLLAMA_PATH and self._like == "ollama":
            self.memory.load(request.json.get("options", {}).get("num_ctx", self.memory.window or 4096))
            await self._chat(request.json, writer, native=True)
        else:
            answer = self._describe(request)
            missing = _error(404, "not_found_error", "File Not Found")
            await send(writer, *((404, missing) if answer is None else (200, answer)))

    def _describe(self, request: ReceivedRequest) -> Mapping[str, Any] | None:
        one = Described(
            self._model,
            self.memory.window,
            self._largest,
            self._template,
            self._native_tools,
            self._slots,
        )
        if request.path == "/health":
            return {"status": "ok"}
        if request.path == f"{self._prefix}/models":
            return {"object": "list", "data": [listed(self._like, one)]}
        if request.path == f"{self._prefix}/chat/completions/input_tokens" and self._like == "llama.cpp":
            return {"input_tokens": _tokens(_render(request.json))}
        if request.path == "/tokenize" and self._like == "vllm":
            return {"count": _tokens(_render(request.json)), "max_model_len": self.memory.window}
        return properties(self._like, one).get(request.path)

    async def _chat(
        self, body: Mapping[str, Any], writer: asyncio.StreamWriter, *, native: bool = False
    ) -> None:
        number = step_number(body["messages"])
        step = step_for(self._script, number)
        prompt, window = _render(body), self.memory.window
        if refusal := self._refusal(body):
            await send(writer, 400, refusal)
            return
        size = _tokens(prompt)
        if window is not None and size > window:
            if self._overflow in {"refused", "in_200"}:
                status = 400 if self._overflow == "refused" else 200
                await send(writer, status, refusal_of_overflow(self._like, size, window))
                return
            if self._overflow == "cut":
                size = read_when_cut(window)
            else:
                step = Step()
        asked = as_completion(body) if native else body
        if told_not_to_think(asked, self._switch):
            step = replace(step, thoughts="")
        step = constrained(step, constraint_of(asked, self._forces), tools_of(asked))
        fault = self._faults.due(number, step)
        if fault is not None and await _fail_before_stream(writer, fault):
            return
        kind = NativeStream if native else ScriptedStream
        stream = kind(writer, body, (size, self._read(body, prompt)))
        await stream.play(step, deltas(step, number), fault)

    def _read(self, body: Mapping[str, Any], prompt: bytes) -> int:
        """Put the prompt into a slot: the one that was asked for, else that with the most of it, as llama.cpp
        does; how many tokens of it were there."""
        found = {slot: _common_prefix(prompt, self._cached.get(slot, b"")) for slot in range(self._slots)}
        slot = body.get("id_slot", max(found, key=found.__getitem__))
        self._cached[slot] = prompt
        return found[slot] // BYTES_PER_TOKEN

    def _refusal(self, body: Mapping[str, Any]) -> Mapping[str, Any] | None:
        there = body.keys() | {key for message in body["messages"] for key in message}
        for name in self._unknown_fields:
            if name in there:
                return _error(400, "invalid_request_error", f"Unrecognized request argument supplied: {name}")
        if self._refuses_tools and body.get("tools"):
            return _error(400, "api_error", refusal_of_tools(self._like))
        return None


async def _fail_before_stream(writer: asyncio.StreamWriter, fault: Fault) -> bool:
    """True where there will be no stream."""
    if fault.kind == "status":
        await send(writer, fault.status, fault.payload, fault.headers)
    elif fault.kind == "json_error":
        await send(writer, 200, fault.payload)
    elif fault.kind == "hang" and fault.after_pieces is None:
        await asyncio.Event().wait()
    else:
        return fault.kind == "close" and fault.after_pieces is None
    return True


def _error(status: int, kind: str, message: str) -> dict[str, Any]:
    return {"error": {"code": status, "message": message, "type": kind}}


def _render(body: Mapping[str, Any]) -> bytes:
    """What a chat template would make of the request: the tools at the top, then one message after the
    other."""
    parts = [*body.get("tools", ()), *body["messages"]]
    return "\n".join(json.dumps(part, ensure_ascii=False) for part in parts).encode("utf-8", "replace")


def _tokens(prompt: bytes) -> int:
    return len(prompt) // BYTES_PER_TOKEN


def _common_prefix(one: bytes, other: bytes) -> int:
    """Its length in bytes, by bisection: comparing slices is fast, comparing byte by byte is not."""
    lengths = range(1, min(len(one), len(other)) + 1)
    return bisect_left(lengths, True, key=lambda length: one[:length] != other[:length])
