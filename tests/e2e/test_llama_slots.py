"""Two sessions and a real llama.cpp server with two slots: each keeps its own, and what is cached there."""

from itertools import pairwise
from pathlib import Path

import pytest

from smallcode.adapters.in_session import InSession
from smallcode.adapters.openai import OpenAIClient
from smallcode.adapters.wire import messages_to_wire
from smallcode.messages import Message
from smallcode.ports import ModelRequest, NoticeDelta, UsageDelta
from smallcode.settings import Settings

from .llama.conversation import READ_AGAIN
from .llama.server import Llama, serve

pytestmark = pytest.mark.slow

REPLIES = 4

# The same beginning for both, as sessions have it: the system prompt makes half of the first prompts.
SYSTEM = Message("system", "You edit code in the user's editor. Be brief and exact. " * 40)


def prompt(name: str, replies: int) -> ModelRequest:
    """What session ``name`` asks when it has had so many replies."""
    messages = [SYSTEM, Message("user", f"{name} asks about {name}.py, line 1. " * 60)]
    for number in range(replies):
        messages += [Message("assistant", "Hello."), Message("user", f"And {name}.py, {number}? " * 10)]
    return ModelRequest(messages, max_tokens=8)


# Newer builds keep prompts that were evicted in the machine's memory and copy them back; where that has no
# room, and in older builds, a prompt that lost its slot is read again.
NO_SPARE = ("--cache-ram", "0")


async def alternate(llama: Llama) -> dict[str, list[tuple[int, int]]]:
    """Prompt tokens and those of them that were cached, of each session's requests."""
    client = OpenAIClient(Settings(base_url=llama.address))
    found: dict[str, list[tuple[int, int]]] = {"left": [], "right": []}
    try:
        for replies in range(REPLIES):
            for name, usages in found.items():
                talk = InSession(client, name)
                deltas = [delta async for delta in talk.stream(prompt(name, replies))]
                assert not [delta for delta in deltas if isinstance(delta, NoticeDelta)]
                usage = next(delta.usage for delta in deltas if isinstance(delta, UsageDelta))
                usages.append((usage.prompt_tokens, usage.cached_tokens or 0))
        assert client.queue.evictions == 0
    finally:
        await client.aclose()
    return found


async def test_sessions_that_alternate_keep_their_cached_prompts(llama_server: Path, tmp_path: Path) -> None:
    async with serve(llama_server, tmp_path, ["Hello."], context=16384, slots=2, further=NO_SPARE) as llama:
        client = OpenAIClient(Settings(base_url=llama.address))
        info = await client.info()
        await client.aclose()
        assert (info.window, info.slots, info.counting) == (8192, 2, "server")
        kept = await alternate(llama)
    for usages in kept.values():
        for (before, _), (_, cached) in pairwise(usages):
            assert cached >= before - READ_AGAIN


async def test_left_to_the_server_they_take_the_same_slot(llama_server: Path, tmp_path: Path) -> None:
    """The control. The server takes the slot whose prompt is most like the new one, and what both have at
    their beginning is like enough."""
    async with serve(llama_server, tmp_path, ["Hello."], context=16384, slots=2, further=NO_SPARE) as llama:
        for replies in range(REPLIES):
            for name in ("left", "right"):
                wire = messages_to_wire(prompt(name, replies).messages)
                usage = (await llama.chat(wire)).json()["usage"]
                cached = usage["prompt_tokens_details"]["cached_tokens"]
                assert cached < 0.6 * usage["prompt_tokens"], "no more than the beginning that both have"
