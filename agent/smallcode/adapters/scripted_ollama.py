"""Ollama's own chat API at a scripted server: written from its documentation, not recorded from it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from .script import Step
from .scripted_stream import MODEL, ScriptedStream

PATH = "/api/chat"


class Loaded:
    """The model in memory. ``window`` is what it was loaded with, None where it is not; ``most`` is what fits
    into the memory; ``loads`` is how often it was loaded."""

    def __init__(self, window: int | None, most: int | None) -> None:
        self.window, self._most = window, most
        self.loads = 0

    def load(self, wanted: int) -> int:
        """The window in force for a request that wants so much."""
        wanted = min(wanted, self._most or wanted)
        if wanted != self.window:
            self.window = wanted
            self.loads += 1
        return wanted


def as_completion(body: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a chat completion that say the same, for what looks at a request."""
    fields: dict[str, Any] = {name: body[name] for name in ("model", "messages", "tools") if name in body}
    if body.get("think") is not None:
        fields["reasoning_effort"] = "none" if body["think"] is False else body["think"]
    if "format" in body:
        fields["response_format"] = {"type": "json_schema", "json_schema": {"schema": body["format"]}}
    return fields


class NativeStream(ScriptedStream):
    """A JSON object on each line; calls come whole, their arguments as objects."""

    content_type = "application/x-ndjson"

    async def _begin(self) -> None:
        self._call: dict[str, Any] | None = None

    async def _piece(self, piece: Mapping[str, Any]) -> None:
        for call in piece.get("tool_calls", ()):
            function = call["function"]
            if "name" in function:
                await self._flush()
                self._call = {"name": function["name"], "arguments": ""}
            assert self._call is not None, "a call begins with its name"
            self._call["arguments"] += function["arguments"]
        names = {"reasoning_content": "thinking", "content": "content"}
        said = {names[name]: text for name, text in piece.items() if name in names}
        if said:
            await self._flush()
            await self._message({"content": ""} | said)

    async def _flush(self) -> None:
        """Send the call that is complete now."""
        if self._call is not None:
            told = {"name": self._call["name"], "arguments": json.loads(self._call["arguments"])}
            self._call = None
            await self._message({"content": "", "tool_calls": [{"function": told}]})

    async def _end(self, step: Step, pieces: Sequence[Mapping[str, Any]]) -> None:
        await self._flush()
        reason = "length" if step.finish == "length" else "stop"
        counts = {"prompt_eval_count": self._prompt_tokens, "eval_count": len(pieces) + 1}
        await self._event(
            {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": reason} | counts
        )

    async def _message(self, said: Mapping[str, Any]) -> None:
        await self._event({"message": {"role": "assistant", **said}, "done": False})

    async def _event(self, payload: Any) -> None:
        await self._data(json.dumps({"model": MODEL, **payload}, ensure_ascii=False).encode())

    async def _data(self, data: bytes) -> None:
        await self._chunk(data + b"\n")
