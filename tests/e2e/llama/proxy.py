"""Between the agent and a real llama.cpp server: logs what is sent, and plays a script for the model.

Every request for a reply goes on to the server byte for byte but for its length: one token. What the server
counts and what it had in its cache is passed back; the reply itself is the script's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import httpx

from smallcode.adapters.script import LAST_STEP, Step
from smallcode.adapters.scripted_http import read_request, send
from smallcode.adapters.scripted_server import deltas
from smallcode.adapters.scripted_stream import ScriptedStream

# Reading a prompt of 32,000 tokens takes the small model some seconds on a busy machine.
PATIENCE = 120.0

CHAT = "/v1/chat/completions"


@dataclass(frozen=True, slots=True)
class Logged:
    """A request for a reply, and what the real server said: its status, the tokens of the prompt and those of
    them that it did not read."""

    body: Mapping[str, Any]
    status: int
    prompt_tokens: int
    cached_tokens: int


@dataclass
class ModelProxy:
    """An async context manager. ``root`` is the real server's address; ``script`` is played step by step, one
    for each request."""

    root: str
    script: Sequence[Step]
    log: list[Logged] = field(default_factory=list)

    async def __aenter__(self) -> ModelProxy:
        self._client = httpx.AsyncClient(base_url=self.root, trust_env=False, timeout=PATIENCE)
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        await self._client.aclose()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"

    async def ask(self, path: str, body: Mapping[str, Any]) -> Any:
        """What the real server answers. Raises httpx.HTTPError."""
        return (await self._client.post(path, json=body)).raise_for_status().json()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await read_request(reader)
            if request.path == CHAT:
                await self._chat(request.json, writer)
            else:
                answer = await self._client.request(
                    request.method, request.path, content=request.body or None
                )
                await send(writer, answer.status_code, answer.json())
        finally:
            writer.close()

    async def _chat(self, body: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        short = {
            name: value for name, value in body.items() if name not in ("stream_options", "return_progress")
        }
        answer = await self._client.post(CHAT, json=short | {"stream": False, "max_tokens": 1})
        told = answer.json()
        usage = told.get("usage") or {}
        cached = (usage.get("prompt_tokens_details") or {}).get("cached_tokens", 0)
        number = len(self.log)
        self.log.append(Logged(body, answer.status_code, usage.get("prompt_tokens", 0), cached))
        if answer.status_code != 200:
            await send(writer, answer.status_code, told)
            return
        step = self.script[number] if number < len(self.script) else LAST_STEP
        stream = ScriptedStream(writer, body, (usage["prompt_tokens"], cached))
        await stream.play(step, deltas(step, number), None)


@dataclass(frozen=True, slots=True)
class Break:
    """Between a request and the next: how many tokens both begin with, how many of the first the second does
    not go on with, and whether that was more than words at its very end, which are for one request alone."""

    common: int
    lost: int
    real: bool


async def breaks(proxy: ModelProxy) -> list[Break]:
    """One for each request after the first, from the logged bytes and the real server's template and
    vocabulary alone."""
    rendered = [await _rendered(proxy, one.body) for one in proxy.log]
    found = []
    for (before, earlier), (after, later) in zip(
        zip(rendered, proxy.log, strict=True), zip(rendered[1:], proxy.log[1:], strict=False), strict=False
    ):
        size = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before))
        common = await _tokens(proxy, before[:size])
        found.append(Break(common, earlier.prompt_tokens - common, not _goes_on(earlier.body, later.body)))
    return found


def _goes_on(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether a request has all of the one before it, but for words at the end of its last message."""
    if before.get("tools") != after.get("tools"):
        return False
    *earlier, last = before["messages"]
    if after["messages"][: len(earlier)] != earlier or len(after["messages"]) <= len(earlier):
        return False
    same = after["messages"][len(earlier)]
    if {**same, "content": ""} != {**last, "content": ""}:
        return False
    return str(last["content"]).startswith(str(same["content"]))


async def _rendered(proxy: ModelProxy, body: Mapping[str, Any]) -> str:
    wanted = {name: body[name] for name in ("messages", "tools", "chat_template_kwargs") if name in body}
    return str((await proxy.ask("/apply-template", wanted))["prompt"])


async def _tokens(proxy: ModelProxy, text: str) -> int:
    answer = await proxy.ask("/tokenize", {"content": text, "add_special": False, "parse_special": True})
    return len(answer["tokens"])
