"""Prompt tokens by the server's own count, with the model's own template."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from .discovery import Endpoint
from .model_errors import Fault, positive
from .transport import Transport


async def _llama(endpoint: Endpoint, transport: Transport, prompt: Mapping[str, Any]) -> int | None:
    """Builds without input_tokens render the template and count its text."""
    with suppress(Fault):
        counted = await transport.post(f"{endpoint.base}/chat/completions/input_tokens", prompt)
        return positive(counted.get("input_tokens"))
    rendered = await transport.post(f"{endpoint.root}/apply-template", prompt)
    body = {"content": rendered.get("prompt"), "add_special": True, "parse_special": True}
    tokens = (await transport.post(f"{endpoint.root}/tokenize", body)).get("tokens")
    return len(tokens) if isinstance(tokens, list) else None


async def _vllm(endpoint: Endpoint, transport: Transport, prompt: Mapping[str, Any]) -> int | None:
    """Its /tokenize takes a conversation as well as a text."""
    body = {**prompt, "add_generation_prompt": True}
    return positive((await transport.post(f"{endpoint.root}/tokenize", body)).get("count"))


# The others have no such endpoint.
COUNTERS: Mapping[str, Callable[[Endpoint, Transport, Mapping[str, Any]], Awaitable[int | None]]] = {
    "llama.cpp": _llama,
    "vllm": _vllm,
}
