"""As much of HTTP as a model server needs, over asyncio streams; every wait has a deadline."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

MOST_BODY_BYTES = 64 * 1024 * 1024
READ_LIMIT_S = 30.0
WRITE_LIMIT_S = 60.0


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    body: bytes

    def json(self) -> Any:
        """Raises ValueError."""
        return json.loads(self.body or b"{}")


async def read_request(reader: asyncio.StreamReader) -> Request:
    """Raises ValueError for what is no HTTP, IncompleteReadError or TimeoutError for half of it."""
    async with asyncio.timeout(READ_LIMIT_S):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.rstrip("\r\n").split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        if headers.get("transfer-encoding", "").lower() == "chunked":
            return Request(method, target.partition("?")[0], await _chunked(reader))
        length = int(headers.get("content-length", "0"))
        if not 0 <= length <= MOST_BODY_BYTES:
            raise ValueError(f"a body of {length} bytes")
        return Request(method, target.partition("?")[0], await reader.readexactly(length))


async def _chunked(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int((await reader.readline()).split(b";")[0].strip() or b"0", 16):
        if len(body) + size > MOST_BODY_BYTES:
            raise ValueError("the body is too long")
        body += await reader.readexactly(size)
        await reader.readline()
    return body


async def send(
    writer: asyncio.StreamWriter, status: int, payload: Any, kind: str = "application/json"
) -> None:
    text = payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False)
    body = text.encode(errors="replace")
    writer.write(_head(status, f"{kind}; charset=utf-8", f"Content-Length: {len(body)}") + body)
    await _drained(writer)


async def send_events(writer: asyncio.StreamWriter, events: Iterable[str]) -> None:
    """As chunks, so that a stream which breaks off can be told from one that ends."""
    await begin_events(writer)
    for event in events:
        await send_event(writer, event)
    writer.write(b"0\r\n\r\n")
    await _drained(writer)


async def begin_events(writer: asyncio.StreamWriter) -> None:
    writer.write(_head(200, "text/event-stream", "Transfer-Encoding: chunked"))
    await _drained(writer)


async def send_event(writer: asyncio.StreamWriter, event: str) -> None:
    data = f"data: {event}\n\n".encode(errors="replace")
    writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
    await _drained(writer)


def _head(status: int, kind: str, *more: str) -> bytes:
    lines = [
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        f"Content-Type: {kind}",
        *more,
        "Connection: close",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


async def _drained(writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        async with asyncio.timeout(WRITE_LIMIT_S):
            await writer.drain()
