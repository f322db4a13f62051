"""The client against servers that fail in every way that servers fail."""

import asyncio
import time
from typing import Any

import pytest

from smallcode.adapters.openai import OpenAIClient
from smallcode.adapters.scripted import Fault, ScriptedServer, Step
from smallcode.errors import (
    BadReply,
    ContextOverflow,
    ModelError,
    ModelRefused,
    ModelStalled,
    ModelUnreachable,
    SettingsError,
    StreamDropped,
)
from smallcode.messages import Message
from smallcode.ports import Delta, ModelRequest, NoticeDelta, TextDelta
from smallcode.settings import Settings

ASK = ModelRequest([Message("user", "Say hello.")])
TEXT = "Hello from the scripted model, in several pieces."


class Outcome:
    """What came of one request: the deltas, the text among them, the notices, and the error at the end."""

    def __init__(self) -> None:
        self.deltas: list[Delta] = []
        self.error: ModelError | None = None

    @property
    def text(self) -> str:
        return "".join(delta.text for delta in self.deltas if isinstance(delta, TextDelta))

    @property
    def notices(self) -> list[NoticeDelta]:
        return [delta for delta in self.deltas if isinstance(delta, NoticeDelta)]


async def ask(address: str, *, backoff: float = 0.01, **settings: Any) -> Outcome:
    values = {"base_url": address, "max_retries": 2, "connect_timeout": 2.0} | settings
    model = OpenAIClient(Settings.model_validate(values), backoff=backoff)
    outcome = Outcome()
    try:
        async with asyncio.timeout(10):
            async for delta in model.stream(ASK):
                outcome.deltas.append(delta)
    except ModelError as error:
        outcome.error = error
    finally:
        await model.aclose()
    return outcome


PASSING = [
    Fault("status", 500, {"error": {"message": "slot is busy"}}, times=2),
    Fault("status", 502, "<html>Bad gateway</html>", times=1),
    Fault("status", 503, "", times=2),
    Fault("status", 429, {"error": "slow down"}, {"Retry-After": "0"}, times=2),
    Fault("close", times=2),
    Fault("close", after_pieces=0, times=2),
    Fault("no_end", after_pieces=0, times=1),
    Fault("half_utf8", after_pieces=0, times=1),
    Fault("stream_error", body={"error": {"code": 503, "message": "overloaded"}}, times=1),
    Fault("status", 500, {"error": {"message": "Failed to parse tool call arguments as JSON"}}, times=1),
]


@pytest.mark.parametrize("fault", PASSING, ids=str)
async def test_passing_faults_before_the_first_piece_are_survived_and_told(fault: Fault) -> None:
    async with ScriptedServer([Step(TEXT, fault=fault)]) as server:
        outcome = await ask(server.address)
    assert outcome.error is None
    assert outcome.text == TEXT
    assert len(outcome.notices) == fault.times
    assert all(notice.level == "warning" and server.address in notice.message for notice in outcome.notices)


@pytest.mark.parametrize(
    ("fault", "error", "requests"),
    [
        # for ever: as often as the settings say
        (Fault("status", 503, ""), ModelRefused, 3),
        (Fault("close"), StreamDropped, 3),
        # the request itself is bad, though the status says otherwise: once more at most
        (
            Fault("status", 500, {"error": {"message": "Failed to parse tool call arguments as JSON"}}),
            ModelRefused,
            2,
        ),
        # never again
        (Fault("status", 400, {"error": "no"}), ModelRefused, 1),
        (Fault("status", 401, {"error": {"message": "Invalid API Key"}}), ModelRefused, 1),
        (Fault("status", 307, "", {"Location": "http://127.0.0.1:1/elsewhere"}), ModelRefused, 1),
        (Fault("status", 200, "<!doctype html><title>Router</title>"), BadReply, 1),
        (Fault("status", 200, ""), StreamDropped, 3),
        (Fault("status", 200, {"status": "ok"}), BadReply, 1),
        (Fault("json_error", body={"error": "The model has crashed"}), ModelRefused, 1),
        (
            Fault(
                "json_error", body={"error": "Trying to keep the first 9 tokens when context the overflows."}
            ),
            ContextOverflow,
            1,
        ),
        (Fault("not_json"), BadReply, 1),
        # after the first piece: never again, whatever it is
        (Fault("close", after_pieces=2), StreamDropped, 1),
        (Fault("no_end", after_pieces=2), StreamDropped, 1),
        (Fault("half_utf8", after_pieces=2), StreamDropped, 1),
        (Fault("not_json", after_pieces=2), BadReply, 1),
        (
            Fault("stream_error", body={"error": {"code": 500, "message": "gone"}}, after_pieces=2),
            ModelRefused,
            1,
        ),
    ],
    ids=str,
)
async def test_what_is_not_survived_is_a_typed_error(
    fault: Fault, error: type[ModelError], requests: int
) -> None:
    async with ScriptedServer([Step(TEXT, fault=fault)]) as server:
        outcome = await ask(server.address)
    assert type(outcome.error) is error
    assert outcome.error.address == f"{server.address}/chat/completions"
    assert server.address in outcome.error.message
    assert len(server.requests) == requests
    assert TEXT.startswith(outcome.text)
    assert bool(outcome.text) == bool(fault.after_pieces)


async def test_overflow_carries_both_sizes() -> None:
    async with ScriptedServer([Step(TEXT)], window=4, like="llama.cpp") as server:
        outcome = await ask(server.address)
    assert isinstance(outcome.error, ContextOverflow)
    assert outcome.error.window == 4
    assert outcome.error.prompt_tokens is not None and outcome.error.prompt_tokens > 4
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("fault", "settings", "text"),
    [
        (Fault("hang"), {"first_byte_timeout": 0.2, "connect_timeout": 0.1}, ""),
        (Fault("hang", after_pieces=2), {"stall_timeout": 0.2}, "Hello from"),
    ],
    ids=["before the first byte", "in the middle"],
)
async def test_a_server_that_hangs_is_given_up(fault: Fault, settings: dict[str, float], text: str) -> None:
    began = time.monotonic()
    async with ScriptedServer([Step(TEXT, fault=fault)]) as server:
        outcome = await ask(server.address, **settings)
        async with asyncio.timeout(1):
            await server.requests[0].done.wait()
    assert type(outcome.error) is ModelStalled
    assert server.address in outcome.error.message and "stall_timeout" in outcome.error.remedy
    assert outcome.text == text
    assert time.monotonic() - began < 2
    assert server.requests[0].disconnected and len(server.requests) == 1


async def test_a_slow_reply_is_not_a_stalled_one() -> None:
    async with ScriptedServer([Step(TEXT, delay=0.05)]) as server:
        outcome = await ask(server.address, stall_timeout=0.25, first_byte_timeout=0.3)
    assert outcome.error is None and outcome.text == TEXT


@pytest.mark.parametrize("max_retries", [0, 3])
async def test_nothing_listens(max_retries: int) -> None:
    async with ScriptedServer([]) as server:
        address = server.address
    began = time.monotonic()
    outcome = await ask(address, max_retries=max_retries, backoff=1.0)
    assert type(outcome.error) is ModelUnreachable
    assert address in outcome.error.message and "base_url" in outcome.error.remedy
    assert not outcome.notices, "a server that was never seen is not waited for"
    assert time.monotonic() - began < 1


async def test_a_server_that_restarts_is_waited_for() -> None:
    async with ScriptedServer([Step(TEXT)]) as server:
        port = int(server.root.rsplit(":", 1)[1])
        settings = Settings(base_url=server.address, max_retries=8)
        model = OpenAIClient(settings, backoff=0.05)
        await model.info()
    deltas: list[Delta] = []

    async def consume() -> None:
        async for delta in model.stream(ASK):
            deltas.append(delta)

    task = asyncio.create_task(consume())
    async with asyncio.timeout(5):
        while not deltas:
            await asyncio.sleep(0.005)
        async with ScriptedServer([Step(TEXT)], port=port, window=5000):
            await task
            assert (await model.info()).window == 5000
    await model.aclose()
    assert isinstance(deltas[0], NoticeDelta)
    assert "".join(delta.text for delta in deltas if isinstance(delta, TextDelta)) == TEXT


async def test_a_model_that_loads_is_waited_for_beyond_the_retries() -> None:
    async with ScriptedServer([Step(TEXT)], loading=5) as server:
        outcome = await ask(server.address, max_retries=1)
    assert outcome.text == TEXT
    assert {notice.level for notice in outcome.notices} == {"info"} and len(outcome.notices) == 5


async def test_retry_after_is_honoured() -> None:
    fault = Fault("status", 429, {"error": "slow down"}, {"Retry-After": "0.3"}, times=1)
    began = time.monotonic()
    async with ScriptedServer([Step(TEXT, fault=fault)]) as server:
        outcome = await ask(server.address, backoff=0.0)
    assert outcome.text == TEXT
    assert time.monotonic() - began >= 0.3
    assert "0.3 s" in outcome.notices[0].message


async def test_a_key_that_the_server_quotes_is_not_told() -> None:
    fault = Fault("status", 401, {"error": {"message": "Incorrect API key provided: sk-abc123"}})
    async with ScriptedServer([Step(TEXT, fault=fault)]) as server:
        outcome = await ask(server.address, api_key="sk-abc123")
    assert outcome.error is not None
    assert "sk-abc123" not in str(outcome.error) + repr(outcome.error)
    assert "api_key" in outcome.error.remedy


async def test_a_redirect_does_not_take_the_key_elsewhere() -> None:
    async with ScriptedServer([]) as other:
        fault = Fault("status", 307, "", {"Location": f"{other.address}/chat/completions"})
        async with ScriptedServer([Step(TEXT, fault=fault)]) as server:
            outcome = await ask(server.address, api_key="sk-abc123")
    assert isinstance(outcome.error, ModelRefused) and outcome.error.status == 307
    assert not other.received


@pytest.mark.parametrize("key", ["sk-ä", "sk-a\nX-Other: 1"])
async def test_a_key_that_no_header_can_carry(key: str) -> None:
    async with ScriptedServer([]) as server:
        with pytest.raises(SettingsError) as caught:
            await ask(server.address, api_key=key)
    assert key not in str(caught.value)
    assert not server.received
