"""Calls that are forced, by the strongest way that a server was found to honour."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from asking import HELLO, MESSAGES, READ, client, collect, notices, text

from smallcode.adapters.learned import Memory
from smallcode.adapters.scripted import ScriptedServer
from smallcode.core.toolcalls import parse_tool_calls
from smallcode.ports import CallDelta, Constraint, Delta, ModelRequest


def force(constraint: Constraint) -> ModelRequest:
    return ModelRequest(MESSAGES, (READ,), 1000, constraint=constraint)


@pytest.mark.parametrize(
    ("like", "forces", "constraint", "expected", "probes"),
    [
        ("llama.cpp", ["grammar"], "shaped", "shaped", 1),
        ("llama.cpp", ["json_schema"], "shaped", "shaped", 2),
        ("vllm", ["structured_outputs"], "shaped", "shaped", 1),
        ("vllm", ["guided_json"], "shaped", "shaped", 2),
        ("ollama", ["json_schema"], "shaped", "shaped", 1),
        ("vllm", ["required"], "required", "required", 1),
        ("vllm", ["required"], "shaped", "required", 4),
        ("llama.cpp", ["grammar"], "required", "free", 1),
        ("openai", [], "shaped", "free", 3),
        ("openai", [], "free", "free", 0),
    ],
)
async def test_the_ladder(
    like: Any, forces: list[str], constraint: Constraint, expected: Constraint, probes: int
) -> None:
    memory = Memory()
    async with ScriptedServer([HELLO], like=like, forces=forces) as server:
        model = client(server, memory)
        first = await collect(model, force(constraint))
        second = await collect(model, force(constraint))
        info = await model.info()
        await model.aclose()
        again = client(server, memory)
        third = await collect(again, force(constraint))
        assert (await again.info()).constraints == info.constraints
        await again.aclose()
    assert len(server.requests) == probes + 3, "probed once, remembered from then on"
    assert not notices(second) and not notices(third)
    assert bool(notices(first)) == bool(probes)
    for deltas in (first, second, third):
        check_forced(deltas, expected)
    assert expected in info.constraints and expected not in info.untried
    if constraint != expected:
        assert constraint not in info.constraints, "it was tried in vain"


def check_forced(deltas: Sequence[Delta], expected: Constraint) -> None:
    calls = parse_tool_calls(text(deltas), [READ]).calls
    if expected == "shaped":
        assert [(call.name, set(call.arguments)) for call in calls] == [("read_file", {"path"})]
    else:
        assert calls == ()
    named = [delta.name for delta in deltas if isinstance(delta, CallDelta) and delta.name]
    assert named == (["read_file"] if expected == "required" else [])


async def test_tools_stay_in_a_shaped_request_so_that_the_prompt_is_the_same() -> None:
    async with ScriptedServer([HELLO], like="llama.cpp", forces=["grammar"]) as server:
        model = client(server)
        await collect(model)
        await collect(model, force("shaped"))
        await model.aclose()
    plain, probe, shaped = (received.json for received in server.requests)
    assert shaped["tools"] == plain["tools"] and shaped["messages"] == plain["messages"]
    assert shaped["tool_choice"] == "none" and "read_file" in shaped["grammar"]
    assert probe["max_tokens"] <= 100 and len(probe["messages"]) == 1


async def test_a_shape_without_tools_in_the_request_shows_them_in_the_prompt() -> None:
    async with ScriptedServer([HELLO], forces=["json_schema"], refuses_tools=True) as server:
        model = client(server)
        check_forced(await collect(model, force("shaped")), "shaped")
        await model.aclose()
    sent = server.requests[-1].json
    assert "tools" not in sent and "tool_choice" not in sent
    assert "read_file" in sent["messages"][0]["content"]


async def test_where_tools_are_in_the_prompt_no_way_is_tried_twice() -> None:
    async with ScriptedServer([HELLO], model="phi4") as server:
        model = client(server)
        deltas = await collect(model, force("shaped"))
        info = await model.info()
        await model.aclose()
    assert text(deltas) == "Hello." and info.constraints == ("free",)
    assert len(server.requests) == 2 and len(notices(deltas)) == 1


async def test_a_way_that_is_refused_after_all_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "servers.json"
    async with ScriptedServer([HELLO], unknown_fields=["response_format"]) as server:
        key = f"{server.address} scripted"
        memory = Memory(path)
        (await memory.recall(key)).shape = "json_schema"
        model = client(server, memory)
        deltas = await collect(model, force("shaped"))
        await model.aclose()
    assert text(deltas) == "Hello."
    assert any("does not force calls by json_schema after all" in one for one in notices(deltas))
    assert (await Memory(path).recall(key)).shape == ""


@pytest.mark.parametrize(
    ("server", "constraints"),
    [
        ({"like": "vllm"}, ("free", "required", "shaped")),
        ({"like": "vllm", "model": "phi4"}, ("free", "shaped")),
    ],
)
async def test_what_nobody_has_tried_is_worth_a_try(
    server: dict[str, Any], constraints: tuple[Constraint, ...]
) -> None:
    async with ScriptedServer([HELLO], **server) as running:
        model = client(running)
        info = await model.info()
        await model.aclose()
    assert (info.constraints, info.untried) == (constraints, constraints[1:])
    assert not running.requests, "nothing is tried before it is needed"


async def test_two_requests_at_once_probe_once() -> None:
    async with ScriptedServer([HELLO], like="llama.cpp", forces=["grammar"]) as server:
        model = client(server)
        await asyncio.gather(collect(model, force("shaped")), collect(model, force("shaped")))
        await model.aclose()
    assert len(server.requests) == 3
