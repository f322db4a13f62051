"""Windows: what is asked for, what is in force, and prompts that are larger, as each server answers them."""

from typing import Any

import pytest
from asking import HELLO, MESSAGES, READ, client, collect

from smallcode.adapters.descriptions import Description
from smallcode.adapters.discovery import window_to_ask
from smallcode.adapters.scripted import Fault, ScriptedServer, Step
from smallcode.adapters.windows import likely_window
from smallcode.core.tokens import truncated
from smallcode.errors import ContextOverflow
from smallcode.messages import Message
from smallcode.ports import ModelRequest, UsageDelta
from smallcode.settings import Settings

# Some 12,500 tokens of four bytes.
LARGE = ModelRequest([*MESSAGES, Message("user", "word " * 10_000)], (READ,), 100)


@pytest.mark.parametrize(
    ("settings", "told", "expected"),
    [
        ({}, {}, 16384),
        ({}, {"largest": 8192}, 8192),
        ({}, {"largest": 131072}, 16384),
        ({}, {"window": 4096, "largest": 131072}, 16384),  # loaded with Ollama's own default
        ({}, {"window": 65536, "largest": 131072}, 65536),  # loaded with more: no reload
        ({"ollama_window": 32768}, {"largest": 131072}, 32768),
        ({"context_window": 8192}, {"window": 65536}, 8192),
        ({"context_window": 65536}, {"largest": 40960}, 40960),
    ],
)
def test_what_ollama_is_asked_for(settings: dict[str, Any], told: dict[str, Any], expected: int) -> None:
    assert window_to_ask(Settings.model_validate(settings), Description(native=True, **told)) == expected


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (2050, 4096),  # half of the window and two: a cut within a message
        (32770, 65536),
        (4096, 4096),
        (4000, 4096),
        (5, 8),
    ],
)
def test_the_window_behind_a_cut(read: int, expected: int) -> None:
    assert likely_window(read) == expected


@pytest.mark.parametrize(
    ("like", "overflow", "status", "told"),
    [
        ("llama.cpp", "refused", 400, True),
        ("vllm", "refused", 400, True),
        ("lmstudio", "refused", 400, True),
        ("lmstudio", "in_200", 200, True),
        ("lmstudio", "empty", 200, True),
        ("lmstudio 0.3", "refused", 400, True),
        ("lmstudio 0.3", "in_200", 200, True),
        ("ollama", "refused", 400, False),
        ("ollama", "empty", 200, True),
        ("openai", "refused", 400, True),
    ],
)
async def test_a_prompt_that_is_too_large(like: Any, overflow: Any, status: int, told: bool) -> None:
    async with ScriptedServer([HELLO], like=like, window=8192, most=8192, overflow=overflow) as server:
        model = client(server, context_window=None if like != "ollama" else 8192)
        with pytest.raises(ContextOverflow) as caught:
            await collect(model, LARGE)
        assert caught.value.status == status
        if told:
            assert caught.value.window == 8192 and (caught.value.prompt_tokens or 0) > 12_000
        assert len(server.requests) == 1, "the same bytes are not sent twice"
        await collect(model)
        await model.aclose()


async def test_a_window_that_a_refusal_tells_is_believed() -> None:
    body = {"error": "Cannot truncate prompt with n_keep (15028) >= n_ctx (7424)"}
    async with ScriptedServer([Step("x", fault=Fault("status", 400, body, times=1))], window=32768) as server:
        model = client(server)
        assert (await model.info()).window == 32768
        with pytest.raises(ContextOverflow):
            await collect(model)
        assert (await model.info()).window == 7424
        await model.aclose()


@pytest.mark.parametrize("like", ["ollama", "openai"])
async def test_a_prompt_whose_front_is_dropped_lowers_the_window(like: Any) -> None:
    async with ScriptedServer([HELLO], like=like, window=None, most=4096, overflow="cut") as server:
        server.memory.window = 4096
        model = client(server, context_window=16384)
        deltas = await collect(model, LARGE)
        read = next(delta.usage.prompt_tokens for delta in deltas if isinstance(delta, UsageDelta))
        assert read == 2050 and truncated(12_500, read)
        lowered = await model.lower_window(read)
        assert (lowered.window, lowered.window_source) == (4096, "server")
        assert (await model.info()).window == 4096
        assert (await model.lower_window(16_000)).window == 4096, "it only ever becomes smaller"
        await model.aclose()


@pytest.mark.parametrize(
    ("like", "slots", "expected"),
    [("llama.cpp", 4, 4), ("llama.cpp", 1, 1), ("ollama", 1, 1), ("lmstudio", 1, 1), ("vllm", 1, None)],
)
async def test_how_many_at_once(like: Any, slots: int, expected: int | None) -> None:
    async with ScriptedServer([], like=like, slots=slots) as server:
        model = client(server)
        assert (await model.info()).slots == expected
        await model.aclose()


@pytest.mark.parametrize(
    ("like", "counting"), [("llama.cpp", "server"), ("vllm", "server"), ("ollama", "estimate")]
)
async def test_who_counts(like: Any, counting: str) -> None:
    async with ScriptedServer([HELLO], like=like) as server:
        model = client(server)
        counted = await model.count(ModelRequest(MESSAGES, (READ,)))
        usage = [delta.usage for delta in await collect(model) if isinstance(delta, UsageDelta)]
        assert (await model.info()).counting == counting
        await model.aclose()
    assert counted == (usage[0].prompt_tokens if counting == "server" else None)
