"""The HTTP of the scripted server: just enough of it, and open to every kind of fault."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

MAX_REQUEST_BYTES = 64 * 1024 * 1024

_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 503: "Service Unavailable"}


@dataclass(slots=True)
class ReceivedRequest:
    """As it came. ``disconnected`` tells whether the client closed before the reply was over; ``done``
    is set when the server has finished with the request, in one way or the other."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    disconnected: bool = False
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def json(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.body)
        return loaded


async def read_request(reader: asyncio.StreamReader) -> ReceivedRequest:
    """Raises ValueError for what is no HTTP, IncompleteReadError for half of it."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    line, *lines = head.rstrip("\r\n").split("\r\n")
    method, path, _ = line.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (entry.partition(":") for entry in lines)}
    length = int(headers.get("content-length", "0"))
    if not 0 <= length <= MAX_REQUEST_BYTES:
        raise ValueError(f"a body of {length} bytes")
    return ReceivedRequest(method, path, headers, await reader.readexactly(length))


async def send(
    writer: asyncio.StreamWriter, status: int, payload: Any, headers: Mapping[str, str] | None = None
) -> None:
    text = payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False)
    kind = "text/plain" if isinstance(payload, str) else "application/json"
    body = text.encode()
    described = {"Content-Type": f"{kind}; charset=utf-8", "Content-Length": str(len(body))} | dict(
        headers or {}
    )
    await send_head(writer, status, described)
    writer.write(body)
    with suppress(OSError):
        await writer.drain()


async def send_head(writer: asyncio.StreamWriter, status: int, headers: Mapping[str, str]) -> None:
    lines = [f"HTTP/1.1 {status} {_REASONS.get(status, 'Scripted')}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
    await writer.drain()
