"""The events of one scripted reply, as llama.cpp writes them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any

from .script import Fault, Step
from .scripted_http import send_head

MODEL = "scripted"


class ScriptedStream:
    """``counts`` are the tokens of the prompt and those of them that were cached."""

    content_type = "text/event-stream"

    def __init__(
        self, writer: asyncio.StreamWriter, body: Mapping[str, Any], counts: tuple[int, int]
    ) -> None:
        self._writer = writer
        self._progress = bool(body.get("return_progress"))
        self._with_usage = bool((body.get("stream_options") or {}).get("include_usage"))
        self._prompt_tokens, self._cached = counts

    async def play(self, step: Step, pieces: Sequence[Mapping[str, Any]], fault: Fault | None) -> None:
        headers = {"Content-Type": self.content_type, "Transfer-Encoding": "chunked"}
        await send_head(self._writer, 200, headers)
        await self._begin()
        allowed = len(pieces) if fault is None else min(fault.after_pieces or 0, len(pieces))
        for piece in pieces[:allowed]:
            await asyncio.sleep(step.delay)
            await self._piece(piece)
        if fault is not None:
            await self._fail(fault)
            return
        await self._end(step, pieces)
        await self._chunk(b"")

    async def _begin(self) -> None:
        if self._progress:
            for processed in (self._cached, self._prompt_tokens):
                await self._tell_progress(processed)
        await self._event({"choices": [_choice({"role": "assistant", "content": None})]})

    async def _piece(self, piece: Mapping[str, Any]) -> None:
        await self._event({"choices": [_choice(piece)]})

    async def _end(self, step: Step, pieces: Sequence[Mapping[str, Any]]) -> None:
        await self._event({"choices": [_choice({}, step.finish)]})
        if self._with_usage:
            await self._usage(pieces)
        await self._data(b"[DONE]")

    async def _tell_progress(self, processed: int) -> None:
        progress = {"total": self._prompt_tokens, "cache": self._cached, "processed": processed, "time_ms": 1}
        await self._event({"choices": [_choice({"role": "assistant"})], "prompt_progress": progress})

    async def _usage(self, pieces: Sequence[Mapping[str, Any]]) -> None:
        usage = {
            "prompt_tokens": self._prompt_tokens,
            "completion_tokens": len(pieces) + 1,
            "total_tokens": self._prompt_tokens + len(pieces) + 1,
            "prompt_tokens_details": {"cached_tokens": self._cached},
        }
        await self._event({"choices": [], "usage": usage})

    async def _fail(self, fault: Fault) -> None:
        if fault.kind == "stream_error":
            await self._event(fault.payload)
        elif fault.kind == "not_json":
            await self._data(b"this is no JSON")
        elif fault.kind == "half_utf8":
            await self._chunk(b'data: {"choices":[{"delta":{"content":"caf\xc3')
        elif fault.kind == "hang":
            await asyncio.Event().wait()
        if fault.kind in {"stream_error", "not_json", "no_end"}:
            await self._chunk(b"")

    async def _event(self, payload: Any) -> None:
        if isinstance(payload, dict) and "choices" in payload:
            payload = {"object": "chat.completion.chunk", "id": "chatcmpl-scripted", "model": MODEL} | payload
        await self._data(json.dumps(payload, ensure_ascii=False).encode())

    async def _data(self, data: bytes) -> None:
        await self._chunk(b"data: " + data + b"\n\n")

    async def _chunk(self, data: bytes) -> None:
        """A chunk of HTTP's chunked coding; an empty one ends the response."""
        self._writer.write(b"%x\r\n%b\r\n" % (len(data), data))
        await self._writer.drain()


def _choice(delta: Mapping[str, Any], finish_reason: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": dict(delta), "finish_reason": finish_reason}
