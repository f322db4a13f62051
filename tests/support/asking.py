"""One request of the model client to a scripted server, and what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from smallcode.adapters.learned import Memory
from smallcode.adapters.openai import OpenAIClient
from smallcode.adapters.scripted import ScriptedServer, Step
from smallcode.messages import Message
from smallcode.ports import Delta, ModelRequest, NoticeDelta, TextDelta, ThoughtDelta
from smallcode.settings import Settings

PARAMETERS = {"type": "object", "properties": {"path": {"type": "string"}}, "required": ["path"]}
READ = {
    "type": "function",
    "function": {"name": "read_file", "description": "Read.", "parameters": PARAMETERS},
}
MESSAGES = (Message("system", "Be brief."), Message("user", "Read the file."))
ASK = ModelRequest(MESSAGES, (READ,), 1000)
HELLO = Step("Hello.", thoughts="They greet me.")


def client(server: ScriptedServer, memory: Memory | None = None, **settings: object) -> OpenAIClient:
    values = {"base_url": server.address, "max_retries": 0, "connect_timeout": 2.0} | settings
    return OpenAIClient(Settings.model_validate(values), memory=memory, backoff=0.01)


async def collect(model: OpenAIClient, request: ModelRequest = ASK) -> list[Delta]:
    async with asyncio.timeout(10):
        return [delta async for delta in model.stream(request)]


def text(deltas: Sequence[Delta]) -> str:
    return "".join(delta.text for delta in deltas if isinstance(delta, TextDelta))


def thoughts(deltas: Sequence[Delta]) -> str:
    return "".join(delta.text for delta in deltas if isinstance(delta, ThoughtDelta))


def notices(deltas: Sequence[Delta]) -> list[str]:
    return [delta.message for delta in deltas if isinstance(delta, NoticeDelta)]
