"""The client against a real HTTP server on loopback, in good order."""

import asyncio
import json
from collections.abc import Sequence
from contextlib import aclosing

import pytest
from pydantic import SecretStr

from smallcode.adapters.openai import OpenAIClient
from smallcode.adapters.scripted import Fault, ScriptedServer, Step
from smallcode.messages import Message, ToolCall
from smallcode.ports import (
    CallDelta,
    Delta,
    FinishDelta,
    ModelRequest,
    NoticeDelta,
    ProgressDelta,
    TextDelta,
    ThoughtDelta,
    UsageDelta,
)
from smallcode.settings import ASSUMED_WINDOW, Settings

TOOL = {"type": "function", "function": {"name": "read_file", "parameters": {"type": "object"}}}
READ = Step(
    thoughts="Let me look.",
    text="I read it.",
    tool_calls=[{"name": "read_file", "arguments": {"path": "src/größe 😀.py"}}],
)
ASK = ModelRequest([Message("system", "Be brief."), Message("user", "Read the file.")], [TOOL])


def client(server: ScriptedServer, **settings: object) -> OpenAIClient:
    values = {"base_url": server.address, "max_retries": 2, "connect_timeout": 2.0} | settings
    return OpenAIClient(Settings.model_validate(values), backoff=0.01)


async def collect(model: OpenAIClient, request: ModelRequest = ASK) -> list[Delta]:
    async with asyncio.timeout(10):
        return [delta async for delta in model.stream(request)]


def joined(deltas: Sequence[Delta], kind: type[TextDelta] | type[ThoughtDelta]) -> str:
    return "".join(delta.text for delta in deltas if isinstance(delta, kind))


async def test_a_reply_comes_in_pieces_with_thoughts_apart() -> None:
    async with ScriptedServer([READ]) as server:
        model = client(server)
        deltas = await collect(model)
        await model.aclose()
    calls = [delta for delta in deltas if isinstance(delta, CallDelta)]
    assert joined(deltas, ThoughtDelta) == "Let me look."
    assert joined(deltas, TextDelta) == "I read it."
    assert json.loads("".join(call.arguments for call in calls)) == {"path": "src/größe 😀.py"}
    assert len(calls) > 1 and {call.index for call in calls} == {0}
    assert [(call.id, call.name) for call in calls if call.name] == [("call_0_0", "read_file")]
    assert [type(delta) for delta in deltas[-2:]] == [FinishDelta, UsageDelta]
    assert deltas[-2] == FinishDelta("tool_calls")


async def test_cached_tokens_grow_with_the_conversation() -> None:
    reply = Message("assistant", "", (ToolCall("call_0_0", "read_file", {"path": "a.py"}),))
    longer = ModelRequest([*ASK.messages, reply, Message("tool", "x = 1\n", tool_call_id="call_0_0")], [TOOL])
    async with ScriptedServer([READ, Step("It sets x.")]) as server:
        model = client(server)
        first, second = (await collect(model))[-1], (await collect(model, longer))[-1]
        await model.aclose()
    assert isinstance(first, UsageDelta) and isinstance(second, UsageDelta)
    assert first.usage.cached_tokens == 0
    assert second.usage.cached_tokens == first.usage.prompt_tokens
    assert second.usage.prompt_tokens > first.usage.prompt_tokens
    assert first.usage.requests == 1


async def test_what_is_sent() -> None:
    request = ModelRequest([*ASK.messages], (), max_tokens=100, temperature=0.7)
    async with ScriptedServer([Step("Hi.")]) as server:
        model = client(server, temperature=0.3)
        await collect(model, request)
        await collect(model)
        await model.aclose()
    first, second = (received.json for received in server.requests)
    assert "tools" not in first and second["tools"] == [TOOL]
    assert (first["temperature"], second["temperature"]) == (0.7, 0.3)
    assert (first["max_tokens"], "max_tokens" in second) == (100, False)
    assert first["stream"] is True and first["stream_options"] == {"include_usage": True}
    assert first["messages"][0] == {"role": "system", "content": "Be brief."}
    assert first["model"] == "scripted"
    assert "return_progress" not in first
    assert server.requests[0].headers["connection"] == "close"


async def test_llama_cpp_is_recognised() -> None:
    async with ScriptedServer([Step("Hi.")], like="llama.cpp", window=4096) as server:
        model = client(server)
        info = await model.info()
        deltas = await collect(model)
        counted = await model.count(ASK)
        await model.aclose()
    assert (info.server, info.window, info.window_source, info.native_tools) == (
        "llama.cpp",
        4096,
        "server",
        True,
    )
    progress = [delta for delta in deltas if isinstance(delta, ProgressDelta)]
    usage = deltas[-1]
    assert isinstance(usage, UsageDelta)
    assert progress[-1].processed == progress[-1].total == usage.usage.prompt_tokens == counted
    assert server.requests[0].json["return_progress"] is True


@pytest.mark.parametrize(
    ("told", "setting", "window", "source"),
    [
        (None, None, ASSUMED_WINDOW, "assumed"),
        (None, 5000, 5000, "settings"),
        (16000, None, 16000, "server"),
        (16000, 20000, 16000, "server"),
        (16000, 5000, 5000, "settings"),
        (16000, 16000, 16000, "server"),
    ],
)
async def test_window(told: int | None, setting: int | None, window: int, source: str) -> None:
    async with ScriptedServer([], window=told) as server:
        model = client(server, context_window=setting)
        info = await model.info()
        await model.aclose()
    assert (info.window, info.window_source) == (window, source)
    assert info.address == server.address


async def test_it_is_discovered_once_and_anew_when_the_server_was_gone() -> None:
    async with ScriptedServer([Step("Hi.")], window=4000) as server:
        model = client(server, max_retries=0)
        await model.info()
        await collect(model)
        assert [request.path for request in server.received].count("/v1/models") == 1
        port = int(server.root.rsplit(":", 1)[1])
    with pytest.raises(Exception, match="No connection"):
        await collect(model)
    async with ScriptedServer([Step("Hi.")], port=port, window=6000):
        assert (await model.info()).window == 6000
    await model.aclose()


async def test_a_model_that_is_not_offered_is_asked_for_and_told_once() -> None:
    async with ScriptedServer([Step("Hi.")]) as server:
        model = client(server, model="qwen3:8b")
        info = await model.info()
        notices = [d for _ in range(2) for d in await collect(model) if isinstance(d, NoticeDelta)]
        await model.aclose()
    assert (info.model, info.models) == ("qwen3:8b", ("scripted",))
    assert server.requests[0].json["model"] == "qwen3:8b"
    assert len(notices) == 1 and "qwen3:8b" in notices[0].message and "scripted" in notices[0].remedy


@pytest.mark.parametrize("how", ["close the stream", "cancel the task"])
@pytest.mark.parametrize("hang", [Fault("hang"), Fault("hang", after_pieces=1)])
async def test_cancelling_closes_the_connection_at_once(how: str, hang: Fault) -> None:
    async with ScriptedServer([Step("One two three.", fault=hang)]) as server:
        model = client(server)

        async def consume() -> None:
            async with aclosing(model.stream(ASK)) as deltas:
                async for _ in deltas:
                    if how == "close the stream" and hang.after_pieces:
                        return

        task = asyncio.create_task(consume())
        async with asyncio.timeout(5):
            while not server.requests:
                await asyncio.sleep(0.005)
            if how == "cancel the task" or not hang.after_pieces:
                task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        async with asyncio.timeout(0.3):
            await server.requests[0].done.wait()
        await model.aclose()
    assert server.requests[0].disconnected


async def test_two_streams_at_once_do_not_mix() -> None:
    other = ModelRequest([*ASK.messages, Message("assistant", "x"), Message("user", "y")])
    async with ScriptedServer([Step("a " * 20, delay=0.002), Step("b " * 20, delay=0.002)]) as server:
        model = client(server)
        first, second = await asyncio.gather(collect(model), collect(model, other))
        await model.aclose()
    assert joined(first, TextDelta) == "a " * 20
    assert joined(second, TextDelta) == "b " * 20


async def test_refused_fields_are_left_out_for_good() -> None:
    unknown = ["stream_options", "temperature", "max_tokens"]
    request = ModelRequest(ASK.messages, (), max_tokens=50)
    async with ScriptedServer([Step("Hi.")], unknown_fields=unknown) as server:
        model = client(server, max_retries=0)
        deltas = await collect(model, request)
        again = await collect(model, request)
        await model.aclose()
    notices = [delta for delta in deltas if isinstance(delta, NoticeDelta)]
    assert len(notices) == 3 and all(notice.level == "info" for notice in notices)
    assert joined(deltas, TextDelta) == joined(again, TextDelta) == "Hi."
    assert not any(isinstance(delta, NoticeDelta) for delta in again)
    last = server.requests[-1].json
    assert last["max_completion_tokens"] == 50
    assert not set(unknown) & set(last)
    assert len(server.requests) == 5


async def test_a_field_that_is_refused_under_both_names_is_dropped() -> None:
    request = ModelRequest(ASK.messages, (), max_tokens=50)
    async with ScriptedServer(
        [Step("Hi.")], unknown_fields=["max_tokens", "max_completion_tokens"]
    ) as server:
        model = client(server)
        assert joined(await collect(model, request), TextDelta) == "Hi."
        await model.aclose()
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    "message",
    [Message("system", "Late."), Message("tool", "A result without its call.")],
)
async def test_a_transcript_that_no_template_takes_is_the_callers_fault(message: Message) -> None:
    async with ScriptedServer([]) as server:
        model = client(server)
        with pytest.raises(ValueError, match="message 2"):
            await collect(model, ModelRequest([*ASK.messages, message]))
        await model.aclose()
    assert not server.requests


async def test_the_key_goes_into_one_header_and_nowhere_else() -> None:
    key = SecretStr("sk-very-secret\n")
    async with ScriptedServer([Step("Hi.")], api_key="sk-very-secret") as server:
        model = client(server, api_key=key)
        assert joined(await collect(model), TextDelta) == "Hi."
        await model.aclose()
    assert server.requests[0].headers["authorization"] == "Bearer sk-very-secret"
    assert "secret" not in repr(model) + server.requests[0].body.decode()


async def test_usage_is_none_where_the_server_does_not_tell() -> None:
    async with ScriptedServer([Step("Hi.")], unknown_fields=["stream_options"]) as server:
        model = client(server)
        deltas = await collect(model)
        assert await model.count(ASK) is None, "only llama.cpp counts"
        await model.aclose()
    assert not any(isinstance(delta, UsageDelta) for delta in deltas)
    assert deltas[-1] == FinishDelta("stop")
