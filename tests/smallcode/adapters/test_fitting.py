"""The client fits its requests to model and server, and learns what the server refuses and ignores."""

import json
from pathlib import Path
from typing import Any

import pytest
from asking import ASK, HELLO, MESSAGES, READ, client, collect, notices, text, thoughts

from smallcode.adapters.learned import Memory
from smallcode.adapters.scripted import ScriptedServer, Step
from smallcode.core.profile import ThinkingSwitch
from smallcode.core.toolcalls import parse_tool_calls
from smallcode.messages import Message, ToolCall
from smallcode.ports import FinishDelta, ModelRequest, NoticeDelta, Thinking

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


@pytest.mark.parametrize(
    ("like", "name"), [("openai", "reasoning_content"), ("vllm", "reasoning"), ("ollama", "thinking")]
)
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
