"""What goes out is what strict servers take."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcode.adapters.wire import Capabilities, encode, messages_to_wire
from smallcode.messages import Message, ToolCall

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters()), inner, max_size=3),
    max_leaves=8,
)


def refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is not JSON")


@given(st.dictionaries(st.text(st.characters()), JSON_VALUES, max_size=4), st.text(st.characters()))
def test_any_arguments_become_strict_json_twice_over(arguments: dict[str, Any], content: str) -> None:
    message = Message("assistant", content, (ToolCall("a", "f", arguments),))
    body = encode({"messages": messages_to_wire([message])})
    call = json.loads(body.decode("utf-8"), parse_constant=refuse)["messages"][0]["tool_calls"][0]
    assert isinstance(json.loads(call["function"]["arguments"], parse_constant=refuse), dict)


@pytest.mark.parametrize(
    ("message", "wire"),
    [
        (Message("user", "Hi é"), {"role": "user", "content": "Hi é"}),
        (Message("assistant", "a", reasoning="secret thoughts"), {"role": "assistant", "content": "a"}),
        (
            Message("assistant", "", (ToolCall("1", "f", {"b": 1, "a": "ü"}, ("mended",)),)),
            {
                "role": "assistant",
                "content": "",
                "tool_calls": [
                    {
                        "id": "1",
                        "type": "function",
                        "function": {"name": "f", "arguments": '{"b": 1, "a": "ü"}'},
                    }
                ],
            },
        ),
        (Message("tool", "r", tool_call_id="1"), {"role": "tool", "content": "r", "tool_call_id": "1"}),
    ],
)
def test_messages(message: Message, wire: dict[str, Any]) -> None:
    assert messages_to_wire([message]) == [wire]


def test_a_growing_transcript_keeps_its_beginning_byte_for_byte() -> None:
    messages = [
        Message("system", "s"),
        Message("user", "u"),
        Message("assistant", "", (ToolCall("1", "f", {"z": 1, "a": 2}),)),
        Message("tool", "r", tool_call_id="1"),
        Message("assistant", "done"),
    ]
    whole = encode({"messages": messages_to_wire(messages)})
    for length in range(1, len(messages)):
        part = encode({"messages": messages_to_wire(messages[:length])})
        assert whole.startswith(part.removesuffix(b"]}"))


@pytest.mark.parametrize(
    ("status", "complaint", "learned"),
    [
        (
            400,
            "Unsupported parameter: 'max_tokens' is not supported, use 'max_completion_tokens'.",
            ["max_tokens"],
        ),
        (
            422,
            "body.stream_options: Extra inputs are not permitted; body.temperature: the same",
            ["stream_options", "temperature"],
        ),
        (400, "unknown field return_progress", []),
        (400, "max_tokens_per_minute is exceeded", []),
        (500, "temperature", []),
        (400, "Extra inputs are not permitted", ["stream_options", "reasoning_effort"]),
        (400, "Unrecognized request argument supplied", ["stream_options", "reasoning_effort"]),
        (422, "unknown field in the body", ["stream_options", "reasoning_effort"]),
        (400, '"m" does not support thinking', ["reasoning_effort"]),
        (400, "invalid reasoning value: 'none' (must be high, medium or low)", ["reasoning_effort"]),
        (400, "something else", []),
    ],
)
def test_only_fields_that_were_sent_and_named_are_stripped(
    status: int, complaint: str, learned: list[str]
) -> None:
    sent = {
        "model": "m",
        "stream_options": {},
        "temperature": 0.2,
        "max_tokens": 5,
        "reasoning_effort": "none",
    }
    capabilities = Capabilities()
    assert [field for field, _ in capabilities.learn(sent, status, complaint)] == learned
    fitting = capabilities.fit(sent)
    assert not set(learned) & set(fitting)
    assert ("max_completion_tokens" in fitting) == ("max_tokens" in learned)
    assert fitting["model"] == "m"
