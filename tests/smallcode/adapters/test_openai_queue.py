"""Several sessions with one client and one server: they take turns, and each keeps its slot."""

import asyncio

from asking import client, collect, notices

from smallcode.adapters.in_session import InSession
from smallcode.adapters.openai import OpenAIClient
from smallcode.adapters.scripted import ScriptedServer, Step
from smallcode.messages import Message
from smallcode.ports import ModelRequest, UsageDelta

SLOW = Step("one two three four five six seven", delay=0.02)


def ask(words: str, replies: int = 0) -> ModelRequest:
    """A conversation of ``words`` that holds so many replies."""
    messages = [Message("system", "Be brief. " * 100), Message("user", f"{words} " * 400)]
    for number in range(replies):
        messages += [Message("assistant", f"Reply {number}."), Message("user", f"And {words}? " * 20)]
    return ModelRequest(messages)


async def test_one_slot_serves_one_after_the_other() -> None:
    async with ScriptedServer([SLOW], like="llama.cpp") as server:
        model = client(server)
        await asyncio.gather(*(collect(InSession(model, name), ask(name)) for name in "abc"))
        await model.aclose()
    assert model.queue.evictions == 2
    assert not any(request.disconnected for request in server.requests)


async def test_who_waits_long_is_told_and_can_give_up() -> None:
    async with ScriptedServer([Step("x " * 90, delay=0.02)], like="llama.cpp") as server:
        model = client(server)

        async def wait(name: str) -> list[str]:
            return notices([delta async for delta in model.stream(_of(name))])

        first = asyncio.create_task(wait("a"))
        await asyncio.sleep(0.1)
        second, third = asyncio.create_task(wait("b")), asyncio.create_task(wait("c"))
        await asyncio.sleep(0.1)
        second.cancel()
        async with asyncio.timeout(20):
            told = await asyncio.gather(first, second, third, return_exceptions=True)
        await model.aclose()
    assert told[0] == [] and isinstance(told[1], asyncio.CancelledError)
    assert isinstance(told[2], list) and ["Waiting for another session" in one for one in told[2]] == [True]
    assert len(server.requests) == 2


def _of(name: str) -> ModelRequest:
    return ModelRequest([Message("user", name)], session=name)


async def cached(model: OpenAIClient, sessions: bool) -> list[int]:
    """Tokens that the server had cached of each of the prompts of two conversations that alternate."""
    found = []
    for replies in range(3):
        for name in ("left", "right"):
            talk = InSession(model, name if sessions else "")
            deltas = await collect(talk, ask(name, replies))
            usage = next(delta.usage for delta in deltas if isinstance(delta, UsageDelta))
            found.append(usage.cached_tokens or 0)
    return found


async def test_sessions_that_alternate_keep_what_is_cached_of_each() -> None:
    found = []
    for sessions in (True, False):
        async with ScriptedServer([Step("Yes.")] * 3, like="llama.cpp", slots=2) as server:
            model = client(server)
            found.append(await cached(model, sessions))
            await model.aclose()
            slots = [request.json["id_slot"] for request in server.requests]
        assert slots == ([0, 1] * 3 if sessions else [0] * 6)
    kept, lost = found
    assert min(kept[2:]) > 700 and max(lost) < 400
