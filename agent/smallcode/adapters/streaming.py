"""One reply of a server, in the API that it is spoken to in, with deadlines for its bytes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from typing import Any

import httpx

from ..errors import ContextOverflow
from ..ports import CallDelta, Delta, TextDelta, ThoughtDelta, UsageDelta
from ..settings import Settings
from .chunks import ReplyReader
from .discovery import Endpoint
from .model_errors import Fault, fault_of_transport
from .ollama import PATH, NativeReader, native_body
from .patience import Patience
from .transport import Transport, stalled

REPLY = TextDelta | ThoughtDelta | CallDelta
"""The deltas that are what the model said."""


async def stream_reply(
    endpoint: Endpoint, transport: Transport, fields: Mapping[str, Any], settings: Settings
) -> AsyncGenerator[Delta, None]:
    """``fields`` are those of a chat completion. Raises Fault."""
    url, body, reader = _api(endpoint, fields)
    patience = Patience(settings)
    said = False
    async with transport.stream(url, body) as response, aclosing(_bytes(response)) as chunks:
        while not reader.done and (chunk := await _next(url, chunks, reader, patience)):
            for delta in reader.feed(chunk):
                said = said or isinstance(delta, REPLY)
                yield delta
            patience.heard(reader)
        last = list(reader.close())
    if not said:
        _check_overflow(url, last, endpoint.asked_window or endpoint.window)
    for delta in last:
        yield delta


def _api(
    endpoint: Endpoint, fields: Mapping[str, Any]
) -> tuple[str, Mapping[str, Any], ReplyReader | NativeReader]:
    """Where the request goes, in which form, and who reads the reply."""
    if endpoint.asked_window is None:
        url = f"{endpoint.base}/chat/completions"
        return url, fields, ReplyReader(url)
    url = f"{endpoint.root}{PATH}"
    return url, native_body(fields, endpoint.asked_window), NativeReader(url)


async def _next(
    url: str, chunks: AsyncGenerator[bytes, None], reader: ReplyReader | NativeReader, patience: Patience
) -> bytes:
    """The next bytes; none at the end, and where the reply is over and only its tail is missing."""
    try:
        async with asyncio.timeout_at(patience.deadline(reader)):
            return await anext(chunks, b"")
    except TimeoutError as error:
        if reader.complete:
            return b""
        raise stalled(url, patience.waited()) from error
    except httpx.HTTPError as error:
        if reader.complete:
            return b""
        raise fault_of_transport(url, error) from error


async def _bytes(response: httpx.Response) -> AsyncGenerator[bytes, None]:
    async for chunk in response.aiter_bytes():
        yield chunk


def _check_overflow(url: str, last: Sequence[Delta], window: int | None) -> None:
    """LM Studio may end a reply to a prompt that does not fit before its first word, with the status 200; the
    usage tells (issue 2339 of lmstudio-ai/lmstudio-bug-tracker). Raises Fault."""
    if any(isinstance(delta, REPLY) for delta in last):
        return
    prompt = next((delta.usage.prompt_tokens for delta in last if isinstance(delta, UsageDelta)), 0)
    if window is not None and prompt >= window:
        message = f"The prompt of {prompt} tokens does not fit the model's window of {window} ({url})."
        raise Fault(ContextOverflow(url, 200, message, prompt, window))
