"""The client learns what a server refuses and ignores, tells it once, and remembers it."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from smallcode.adapters.learned import Learned, Memory
from smallcode.adapters.openai import OpenAIClient
from smallcode.adapters.scripted import ScriptedServer, Step
from smallcode.core.profile import ThinkingSwitch
from smallcode.core.toolcalls import parse_tool_calls
from smallcode.messages import Message, ToolCall
from smallcode.ports import (
    CallDelta,
    Constraint,
    Delta,
    FinishDelta,
    ModelRequest,
    NoticeDelta,
    TextDelta,
    Thinking,
    ThoughtDelta,
)
from smallcode.settings import Settings

PARAMETERS = {"type": "object", "properties": {"path": {"type": "string"}}, "required": ["path"]}
READ = {
    "type": "function",
    "function": {"name": "read_file", "description": "Read.", "parameters": PARAMETERS},
}
MESSAGES = (Message("system", "Be brief."), Message("user", "Read the file."))
ASK = ModelRequest(MESSAGES, (READ,), 1000)
CALL_STEP = Step(thoughts="Let me look.", tool_calls=[{"name": "read_file", "arguments": {"path": "a.py"}}])
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


def force(constraint: Constraint) -> ModelRequest:
    return ModelRequest(MESSAGES, (READ,), 1000, constraint=constraint)


# --- profiles ----------------------------------------------------------------------------------------


async def test_the_profile_is_told_by_the_name_and_sets_the_sampling() -> None:
    async with ScriptedServer([HELLO], model="unsloth/Qwen3-Coder-30B-A3B-Instruct-GGUF") as server:
        model = client(server)
        info = await model.info()
        await collect(model)
        await model.aclose()
    assert info.profile.family == "qwen3-coder" and "unsloth/Qwen3-Coder" in info.profile_why
    sent = server.requests[0].json
    assert {key: sent[key] for key in ("temperature", "top_p", "top_k", "repeat_penalty")} == {
        "temperature": 0.7,
        "top_p": 0.8,
        "top_k": 20,
        "repeat_penalty": 1.05,
    }
    assert isinstance(sent["top_k"], int)


@pytest.mark.parametrize(
    ("settings", "request_", "temperature", "top_p"),
    [
        ({}, ASK, 0.6, 0.95),
        ({"temperature": 0.3}, ASK, 0.3, 0.95),
        ({"temperature": 0.3}, ModelRequest(MESSAGES, temperature=0.9, sampling={"top_p": 0.5}), 0.9, 0.5),
        ({"profile": "devstral"}, ASK, 0.15, None),
        ({"profile": "generic"}, ASK, 0.2, None),
    ],
)
async def test_the_user_and_the_request_come_before_the_profile(
    settings: dict[str, Any], request_: ModelRequest, temperature: float, top_p: float | None
) -> None:
    async with ScriptedServer([HELLO], model="qwen3:8b") as server:
        model = client(server, **settings)
        await collect(model, request_)
        await model.aclose()
    sent = server.requests[0].json
    assert (sent["temperature"], sent.get("top_p")) == (temperature, top_p)


async def test_a_profile_is_told_by_the_template_where_the_name_says_nothing() -> None:
    async with ScriptedServer([HELLO], like="llama.cpp", template="<start_of_turn>") as server:
        model = client(server)
        info = await model.info()
        await model.aclose()
    assert (info.profile.family, info.template) == ("gemma3", "<start_of_turn>")
    assert info.tools_as_text, "Gemma 3 renders no tools"


async def test_vllm_has_its_own_name_for_the_penalty() -> None:
    async with ScriptedServer([HELLO], like="vllm", model="Qwen/Qwen3-Coder-30B-A3B-Instruct") as server:
        model = client(server)
        await collect(model)
        info = await model.info()
        await model.aclose()
    assert info.server == "vllm"
    assert server.requests[0].json["repetition_penalty"] == 1.05


async def test_sampling_that_is_refused_is_left_out_and_remembered(tmp_path: Path) -> None:
    path = tmp_path / "state" / "servers.json"
    unknown = ["top_k", "repeat_penalty", "repetition_penalty"]
    async with ScriptedServer([HELLO], model="qwen3-coder", unknown_fields=unknown) as server:
        model = client(server, Memory(path))
        first = await collect(model)
        await model.aclose()
        asked = len(server.requests)
        again = client(server, Memory(path))
        second = await collect(again)
        await again.aclose()
    assert text(first) == text(second) == "Hello."
    assert len(notices(first)) == 3 and not notices(second)
    assert (asked, len(server.requests)) == (4, 5)
    assert not set(unknown) & set(server.requests[-1].json)


# --- tools as text -----------------------------------------------------------------------------------


@pytest.mark.parametrize("like", ["openai", "ollama", "vllm", "llama.cpp"])
async def test_a_server_that_refuses_tools_gets_them_in_the_prompt(like: Any) -> None:
    script = [Step('```json\n{"name": "read_file", "arguments": {"path": "a.py"}}\n```'), HELLO]
    async with ScriptedServer(script, like=like, refuses_tools=True, model="unknown-model") as server:
        model = client(server)
        first = await collect(model)
        (call,) = parse_tool_calls(text(first), [READ]).calls
        reply = Message("assistant", "", (call,))
        longer = (*MESSAGES, reply, Message("tool", "x = 1", tool_call_id=call.id))
        second = await collect(model, ModelRequest(longer, (READ,)))
        info = await model.info()
        await model.aclose()
    assert len(notices(first)) == 1 and "does not take tools" in notices(first)[0]
    assert not notices(second) and text(second) == "Hello."
    assert info.tools_as_text
    bodies = [received.json for received in server.requests]
    assert ["tools" in body for body in bodies] == [True, False, False]
    assert "read_file(path: string)" in bodies[1]["messages"][0]["content"]
    assert [message["role"] for message in bodies[2]["messages"]] == ["system", "user", "assistant", "user"]
    assert bodies[2]["messages"][:2] == bodies[1]["messages"], "the beginning of the prompt stays"
    assert "x = 1" in bodies[2]["messages"][3]["content"]


@pytest.mark.parametrize(
    "server",
    [
        {"like": "llama.cpp", "native_tools": False, "model": "qwen2.5:7b"},
        {"like": "ollama", "native_tools": False, "model": "qwen2.5:7b"},
        {"model": "phi4"},
    ],
)
async def test_tools_stand_in_the_prompt_where_it_is_known_beforehand(server: dict[str, Any]) -> None:
    async with ScriptedServer([HELLO], **server) as running:
        model = client(running)
        deltas = await collect(model)
        await model.aclose()
    assert not notices(deltas)
    (sent,) = [received.json for received in running.requests]
    assert "tools" not in sent and "read_file" in sent["messages"][0]["content"]


async def test_counting_counts_the_tools_in_the_prompt() -> None:
    async with ScriptedServer([HELLO], like="llama.cpp", native_tools=False) as server:
        model = client(server)
        with_tools, without = await model.count(ASK), await model.count(ModelRequest(MESSAGES))
        await model.aclose()
    assert with_tools is not None and without is not None and with_tools > without + 50


async def test_a_template_without_a_system_role_gets_it_in_the_first_user_message() -> None:
    async with ScriptedServer([HELLO], model="gemma2:9b") as server:
        model = client(server)
        await collect(model, ModelRequest([*MESSAGES, Message("user", "Both of them.")]))
        await model.aclose()
    (message,) = server.requests[0].json["messages"]
    assert message == {"role": "user", "content": "Be brief.\n\nRead the file.\n\nBoth of them."}


@pytest.mark.parametrize(("like", "name"), [("openai", "reasoning_content"), ("ollama", "reasoning")])
async def test_thoughts_go_back_within_their_turn_where_the_model_wants_them(like: Any, name: str) -> None:
    def called(number: int) -> list[Message]:
        call = ToolCall(f"c{number}", "read_file", {"path": "a.py"})
        thought = f"thought {number}"
        return [
            Message("assistant", "", (call,), reasoning=thought),
            Message("tool", "x", tool_call_id=call.id),
        ]

    messages = [
        *MESSAGES,
        *called(1),
        Message("user", "Now."),
        *called(2),
        Message("user", "Mind!", by_harness=True),
    ]
    async with ScriptedServer([HELLO], like=like, model="gpt-oss:20b") as server:
        model = client(server)
        await collect(model, ModelRequest(messages, (READ,)))
        await model.aclose()
    sent = server.requests[0].json["messages"]
    assert [message.get(name) for message in sent if message["role"] == "assistant"] == [None, "thought 2"]


async def test_thoughts_that_a_server_refuses_stay_away() -> None:
    reply = Message("assistant", "", (ToolCall("c1", "read_file", {}),), reasoning="thought")
    request = ModelRequest([*MESSAGES, reply, Message("tool", "x", tool_call_id="c1")], (READ,))
    async with ScriptedServer([HELLO] * 2, model="gpt-oss", unknown_fields=["reasoning_content"]) as server:
        model = client(server)
        deltas = await collect(model, request)
        await model.aclose()
    assert len(notices(deltas)) == 1 and "does not take reasoning_content" in notices(deltas)[0]
    assert "reasoning_content" not in json.dumps(server.requests[-1].json)


# --- thinking ----------------------------------------------------------------------------------------

OFF = ModelRequest(MESSAGES, (READ,), 1000, thinking=Thinking(False))
QWEN3_TEMPLATE = "{%- if enable_thinking is defined and enable_thinking is false %}"


@pytest.mark.parametrize(
    ("like", "obeyed", "requests"),
    [
        ("vllm", "enable_thinking", 1),
        ("openai", "no_think", 2),
        ("ollama", "effort_none", 1),
        ("ollama", "no_think", 2),
        ("llama.cpp", "enable_thinking", 1),
        ("llama.cpp", "thinking_budget_tokens", 3),
    ],
)
async def test_the_switch_that_works_is_found_and_kept(
    like: Any, obeyed: ThinkingSwitch, requests: int, tmp_path: Path
) -> None:
    path = tmp_path / "servers.json"
    template = QWEN3_TEMPLATE if like == "llama.cpp" else ""
    async with ScriptedServer(
        [HELLO], like=like, model="qwen3:8b", template=template, switch=obeyed
    ) as server:
        model = client(server, Memory(path))
        told: list[str] = []
        for _ in range(5):
            deltas = await collect(model, OFF)
            told += notices(deltas)
            if not thoughts(deltas):
                break
        info = await model.info()
        await model.aclose()
        again = client(server, Memory(path))
        assert not thoughts(await collect(again, OFF))
        await again.aclose()
    assert (len(server.requests) - 1, info.thinking_switch) == (requests, obeyed)
    assert len(told) == requests - 1 and all("in spite of" in one for one in told)


async def test_a_notice_of_a_useless_switch_comes_before_the_end_of_the_reply() -> None:
    async with ScriptedServer([HELLO], model="qwen3:8b") as server:
        model = client(server)
        deltas = await collect(model, OFF)
        await model.aclose()
    kinds = [type(delta) for delta in deltas]
    assert kinds.index(NoticeDelta) < kinds.index(FinishDelta)


async def test_a_refused_switch_gives_way_to_the_next() -> None:
    async with ScriptedServer(
        [HELLO], model="qwen3:8b", unknown_fields=["chat_template_kwargs"], switch="no_think"
    ) as server:
        model = client(server)
        deltas = await collect(model, OFF)
        await model.aclose()
    assert not thoughts(deltas) and len(server.requests) == 2
    assert "chat_template_kwargs" not in server.requests[-1].json


async def test_a_model_that_can_only_think_less_is_not_given_up() -> None:
    async with ScriptedServer([HELLO], model="gpt-oss:20b") as server:
        model = client(server)
        both = [*await collect(model, OFF), *await collect(model, OFF)]
        await model.aclose()
    assert not notices(both)
    assert [received.json["reasoning_effort"] for received in server.requests] == ["low", "low"]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, {"thinking_budget_tokens": 500}),
        ({"thinking_budget": 100}, {"thinking_budget_tokens": 100}),
        ({"thinking": "off"}, {"chat_template_kwargs": {"enable_thinking": False}}),
        ({"thinking_budget": 0}, {"chat_template_kwargs": {"enable_thinking": False}}),
    ],
)
async def test_the_settings_bound_the_thoughts(settings: dict[str, Any], expected: dict[str, Any]) -> None:
    async with ScriptedServer([HELLO], like="llama.cpp", model="qwen3:8b", template=QWEN3_TEMPLATE) as server:
        model = client(server, **settings)
        await collect(model)
        await model.aclose()
    sent = server.requests[0].json
    names = ("thinking_budget_tokens", "chat_template_kwargs")
    assert {name: sent[name] for name in names if name in sent} == expected


# --- forcing a call ----------------------------------------------------------------------------------


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


# --- what is remembered ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not json",
        b"[]",
        b'{"format": 99, "servers": {"k": {"required": true}}}',
        b'{"format": 1, "servers": []}',
        b'{"format": 1, "servers": {"k": 5}}',
        b'{"format": 1, "servers": {"k": {"refused": 7, "useless": [1], "required": "yes", "shape": 2}}}',
        b"\xff\xfe",
        b"[" * 100_000,
        b" " * 300_000,
    ],
)
async def test_a_broken_memory_is_ignored_and_written_anew(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "servers.json"
    path.write_bytes(content)
    memory = Memory(path)
    learned = await memory.recall("k")
    assert learned == Learned()
    learned.refused.add("top_k")
    await memory.keep("k")
    assert await Memory(path).recall("k") == Learned(refused={"top_k"})


async def test_memory_is_bounded_and_keeps_the_entries_of_others(tmp_path: Path) -> None:
    path = tmp_path / "servers.json"
    first, second = Memory(path), Memory(path)
    for number in range(60):
        memory = (first, second)[number % 2]
        (await memory.recall(f"k{number}")).required = True
        await memory.keep(f"k{number}")
    stored = json.loads(path.read_text("utf-8"))["servers"]
    assert list(stored) == [f"k{number}" for number in range(10, 60)]
    assert list(tmp_path.iterdir()) == [path], "no temporary file is left"


async def test_a_memory_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    memory = Memory(tmp_path / "file" / "servers.json")
    (await memory.recall("k")).required = True
    await memory.keep("k")
    assert (await memory.recall("k")).required is True
