"""Ollama's own API: the translation there and back, and a window that is asked for once."""

import json
from itertools import pairwise
from typing import Any

import pytest
from asking import ASK, HELLO, MESSAGES, READ, client, collect, notices, text, thoughts
from hypothesis import given
from hypothesis import strategies as st

from smallcode.adapters.model_errors import Fault
from smallcode.adapters.ollama import NativeReader, native_body
from smallcode.adapters.scripted import ScriptedServer, Step
from smallcode.errors import (
    BadReply,
    ContextOverflow,
    ModelError,
    ModelRefused,
    ModelUnreachable,
    StreamDropped,
)
from smallcode.messages import Message, ToolCall, Usage
from smallcode.ports import CallDelta, Delta, FinishDelta, ModelRequest, TextDelta, ThoughtDelta, UsageDelta

URL = "http://127.0.0.1:11434/api/chat"
USER = {"role": "user", "content": "Hi."}
CALL = {"id": "c1", "type": "function", "function": {"name": "read_file", "arguments": '{"path": "a"}'}}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"max_tokens": 64, "temperature": 0.2, "top_k": 20},
            {"options": {"num_predict": 64, "temperature": 0.2, "top_k": 20}},
        ),
        ({"tools": [READ]}, {"tools": [READ]}),
        ({"tools": []}, {}),
        ({"reasoning_effort": "none"}, {"think": False}),
        ({"reasoning_effort": "low"}, {"think": "low"}),
        (
            {"response_format": {"type": "json_schema", "json_schema": {"schema": {"type": "object"}}}},
            {"format": {"type": "object"}},
        ),
        ({"tool_choice": "required", "stream_options": {"include_usage": True}}, {}),
        (
            {"messages": [USER, {"role": "assistant", "content": "", "tool_calls": [CALL]}]},
            {
                "messages": [
                    USER,
                    {
                        "role": "assistant",
                        "content": "",
                        "tool_calls": [{"function": {"name": "read_file", "arguments": {"path": "a"}}}],
                    },
                ]
            },
        ),
        (
            {
                "messages": [
                    {"role": "assistant", "content": "", "tool_calls": [CALL], "reasoning": "Hm."},
                    {"role": "tool", "content": "x", "tool_call_id": "c1"},
                ]
            },
            {
                "messages": [
                    {
                        "role": "assistant",
                        "content": "",
                        "thinking": "Hm.",
                        "tool_calls": [{"function": {"name": "read_file", "arguments": {"path": "a"}}}],
                    },
                    {"role": "tool", "content": "x", "tool_name": "read_file"},
                ]
            },
        ),
    ],
)
def test_a_request_in_its_words(fields: dict[str, Any], expected: dict[str, Any]) -> None:
    base = {"model": "m", "messages": [USER], "stream": True, "truncate": False, "shift": False}
    expected = base | expected
    expected["options"] = {"num_ctx": 8192} | expected.get("options", {})
    assert native_body({"model": "m", "messages": [USER]} | fields, 8192) == expected


def line(**message: Any) -> bytes:
    return json.dumps({"message": {"role": "assistant", "content": "", **message}, "done": False}).encode()


END = json.dumps(
    {
        "message": {"role": "assistant", "content": ""},
        "done": True,
        "done_reason": "stop",
        "prompt_eval_count": 50,
        "eval_count": 7,
    }
).encode()
FIRST = {"function": {"name": "read_file", "arguments": {"path": "é"}}}
SECOND = {"id": "call_x", "function": {"name": "ping", "arguments": {}}}
REPLY = b"\n".join(
    (
        line(thinking="Hm. "),
        line(content="Ich 語"),
        line(tool_calls=[FIRST, SECOND]),
        line(tool_calls=[FIRST]),
        END,
    )
)
DELTAS = [
    ThoughtDelta("Hm. "),
    TextDelta("Ich 語"),
    CallDelta(0, "", "read_file", '{"path": "é"}'),
    CallDelta(1, "call_x", "ping", "{}"),
    CallDelta(2, "", "read_file", '{"path": "é"}'),
    FinishDelta("tool_calls"),
    UsageDelta(Usage(50, None, 7, 1)),
]


def read(*pieces: bytes) -> list[Delta]:
    reader = NativeReader(URL)
    return [delta for piece in pieces for delta in reader.feed(piece)] + list(reader.close())


@given(st.lists(st.integers(0, len(REPLY)), max_size=6), st.booleans())
def test_a_reply_cut_anywhere_is_the_same(cuts: list[int], last_line_ends: bool) -> None:
    reply = REPLY + b"\n" * last_line_ends
    places = [0, *sorted(cuts), len(reply)]
    assert read(*(reply[begin:end] for begin, end in pairwise(places))) == DELTAS


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (b"", StreamDropped),
        (line(content="x") + b"\n", StreamDropped),
        (line(content="x")[:20], StreamDropped),
        (b"<html>\n", BadReply),
        (b"[1]\n", BadReply),
        (b'{"error": "model crashed"}\n', ModelRefused),
        (line(content="x") + b'\n{"error": "the input length exceeds the context length"}', ContextOverflow),
        (b"\xff\xfe\n", BadReply),
    ],
)
def test_a_reply_that_is_none(reply: bytes, error: type[ModelError]) -> None:
    with pytest.raises(Fault) as caught:
        read(reply)
    assert type(caught.value.error) is error and URL in caught.value.error.message


@given(st.lists(st.binary(max_size=40), max_size=8))
def test_any_bytes_end_in_deltas_or_a_fault(pieces: list[bytes]) -> None:
    try:
        read(*pieces)
    except Fault as fault:
        assert fault.error.message


async def test_a_conversation_there_and_back() -> None:
    calls = [{"name": "read_file", "arguments": {"path": "a.py"}}]
    script = [Step("I look.", thoughts="Hm.", tool_calls=calls), Step("Done.", finish_reason="length")]
    async with ScriptedServer(script, like="ollama", window=None) as server:
        model = client(server)
        first = await collect(model)
        answered = [
            *MESSAGES,
            Message("assistant", "I look.", (ToolCall("c1", "read_file", {"path": "a.py"}),)),
            Message("tool", "x = 1", tool_call_id="c1"),
        ]
        second = await collect(model, ModelRequest(answered, (READ,), 100))
        await model.aclose()
    assert (text(first), thoughts(first)) == ("I look.", "Hm.")
    assert [delta for delta in first if isinstance(delta, CallDelta)] == [
        CallDelta(0, "", "read_file", '{"path": "a.py"}')
    ]
    assert [delta.reason for delta in (*first, *second) if isinstance(delta, FinishDelta)] == [
        "tool_calls",
        "length",
    ]
    assert {request.path for request in server.requests} == {"/api/chat"}
    assert server.requests[1].json["messages"][-1]["tool_name"] == "read_file"


async def test_the_window_is_asked_for_once_and_the_model_loaded_once() -> None:
    async with ScriptedServer([HELLO], like="ollama", window=4096, largest=40960) as server:
        model = client(server)
        before = await model.info()
        for _ in range(3):
            await collect(model)
        assert [request.json["options"]["num_ctx"] for request in server.requests] == [16384] * 3
        assert (before.window, before.window_source, before.asked_window) == (16384, "settings", 16384)
        after = await model.info()
        await model.aclose()
    assert (after.window, after.window_source) == (16384, "server")
    assert server.memory.loads == 1


async def test_what_is_asked_for_stays_when_the_server_was_restarted() -> None:
    async with ScriptedServer([HELLO], like="ollama", window=None, largest=40960) as server:
        model = client(server)
        await collect(model)
        port = int(server.root.rpartition(":")[2])
    with pytest.raises(ModelUnreachable):
        await collect(model)
    async with ScriptedServer([HELLO], port=port, like="ollama", window=32768) as again:
        await collect(model)
        await model.aclose()
    assert again.requests[0].json["options"]["num_ctx"] == 16384


async def test_less_than_was_asked_for_is_said_and_counts() -> None:
    async with ScriptedServer([HELLO], like="ollama", window=None, most=6000) as server:
        model = client(server)
        told = notices(await collect(model))
        again = notices(await collect(model))
        info = await model.info()
        await model.aclose()
    assert len(told) == 1 and "6,000" in told[0] and "16,384" in told[0] and again == []
    assert (info.window, info.window_source, info.asked_window) == (6000, "server", 16384)


async def test_without_its_own_api_the_other_one_is_spoken() -> None:
    async with ScriptedServer([HELLO], like="openai", window=None) as server:
        model = client(server)
        await collect(model, ASK)
        await model.aclose()
    assert server.requests[0].path == "/v1/chat/completions"
