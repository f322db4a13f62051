"""Tools in words: what goes out in each dialect comes back as the same call, and no prefix is rewritten."""

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from call_tables import TOOLS, tool
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.rendering import DIALECTS, Dialect, as_text, in_turns, without_system_role
from smallcode.core.rendering.quirks import BRIDGE
from smallcode.core.toolcalls import parse_tool_calls
from smallcode.messages import Message, ToolCall

CODE = 'def f(x):\n    return "\\d" + x  # "quoted", größe 😀\n'
WRITE = ToolCall("c1", "write_file", {"path": "a.py", "content": CODE})
READ = ToolCall("c2", "read_file", {"path": "src/größe.py"})

every_dialect = pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS.keys())


@every_dialect
@pytest.mark.parametrize("calls", [(WRITE,), (READ,), (WRITE, READ), (ToolCall("c3", "ping", {}),)])
def test_calls_come_back(dialect: Dialect, calls: tuple[ToolCall, ...]) -> None:
    parsed = parse_tool_calls(dialect.render_calls(calls), TOOLS)
    assert [(call.name, dict(call.arguments)) for call in parsed.calls] == [
        (call.name, dict(call.arguments)) for call in calls
    ]
    assert parsed.problems == () and parsed.text == ""
    assert not any(call.repairs for call in parsed.calls)


@every_dialect
@given(content=st.text(), path=st.text())
def test_any_text_comes_back(dialect: Dialect, content: str, path: str) -> None:
    call = ToolCall("c", "write_file", {"path": path, "content": content})
    (read,) = parse_tool_calls(dialect.render_call(call), TOOLS).calls
    assert dict(read.arguments) == {"path": path, "content": content}


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("fenced", '```json\n{"name": "read_file", "arguments": {"path": "a b", "start_line": 3}}\n```'),
        (
            "hermes",
            '<tool_call>\n{"name": "read_file", "arguments": {"path": "a b", "start_line": 3}}\n</tool_call>',
        ),
        (
            "qwen-coder",
            "<tool_call>\n<function=read_file>\n<parameter=path>\na b\n</parameter>\n"
            "<parameter=start_line>\n3\n</parameter>\n</function>\n</tool_call>",
        ),
        ("llama3", '{"name": "read_file", "parameters": {"path": "a b", "start_line": 3}}'),
        ("pythonic", "[read_file(path='a b', start_line=3)]"),
        ("mistral", '[TOOL_CALLS] [{"name": "read_file", "arguments": {"path": "a b", "start_line": 3}}]'),
        ("gemma", "```tool_code\nread_file(path='a b', start_line=3)\n```"),
        (
            "functiongemma",
            "<start_function_call>call:read_file{path:<escape>a b<escape>,start_line:3}<end_function_call>",
        ),
        ("gemma4", '<|tool_call>call:read_file{path:<|"|>a b<|"|>,start_line:3}<tool_call|>'),
        (
            "deepseek",
            "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>read_file<｜tool▁sep｜>"
            '{"path": "a b", "start_line": 3}<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
        ),
        (
            "glm",
            "<tool_call>read_file\n<arg_key>path</arg_key>\n<arg_value>a b</arg_value>\n"
            "<arg_key>start_line</arg_key>\n<arg_value>3</arg_value>\n</tool_call>",
        ),
        ("granite", '<|tool_call|>[{"name": "read_file", "arguments": {"path": "a b", "start_line": 3}}]'),
        ("phi", 'functools[{"name": "read_file", "arguments": {"path": "a b", "start_line": 3}}]'),
        ("lfm2", "<|tool_call_start|>[read_file(path='a b', start_line=3)]<|tool_call_end|>"),
        (
            "command-r",
            '<|START_ACTION|>[{"tool_name": "read_file", "parameters": {"path": "a b", "start_line": 3}}]'
            "<|END_ACTION|>",
        ),
    ],
)  # fmt: skip
def test_the_form_of_a_call(name: str, call: str) -> None:
    meant = ToolCall("c", "read_file", {"path": "a b", "start_line": 3})
    assert DIALECTS[name].render_call(meant) == call


def test_every_dialect_has_its_form_tested() -> None:
    (marker,) = [mark for mark in test_the_form_of_a_call.pytestmark if mark.name == "parametrize"]
    assert {name for name, _ in marker.args[1]} == set(DIALECTS)


@pytest.mark.parametrize("name", ["qwen-coder", "glm", "gemma4", "functiongemma"])
def test_code_needs_no_escapes_where_the_dialect_has_tags(name: str) -> None:
    assert CODE in DIALECTS[name].render_call(WRITE)


@every_dialect
def test_every_tool_is_shown_with_its_parameters(dialect: Dialect) -> None:
    shown = dialect.render_tools(TOOLS)
    for name in ("read_file", "write_file", "bash", "ping", "path", "start_line", "content", "command"):
        assert name in shown
    assert parse_tool_calls(shown, []).calls == ()
    assert len(shown) < 3000, "a small window has no room for a lecture"


@every_dialect
def test_a_result_is_shown_whole(dialect: Dialect) -> None:
    shown = dialect.render_result("read_file", CODE)
    assert CODE in shown or json.dumps(CODE, ensure_ascii=False) in shown
    assert len(shown) < len(CODE) + 120


def test_signatures_tell_what_a_schema_tells() -> None:
    parameters: dict[str, Any] = {
        "type": "object",
        "properties": {
            "path": {"type": "string", "description": "Where."},
            "mode": {"enum": ["a", "b"]},
            "lines": {"type": "array", "items": {"type": "integer"}},
            "limit": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        },
        "required": ["path"],
    }
    offered = {"function": {"name": "look", "description": "Look\n\nat it.", "parameters": parameters}}
    shown = DIALECTS["fenced"].render_tools([offered])
    signature = 'look(path: string, mode?: "a" | "b", lines?: list of integer, limit?: integer | null)'
    assert f"- {signature}: Look at it.\n    path: Where.\n" in shown
    assert len(shown) < len(DIALECTS["hermes"].render_tools([offered]))


# --- whole transcripts -------------------------------------------------------------------------------


def transcript() -> list[Message]:
    return [
        Message("system", "Be brief."),
        Message("user", "Fix it."),
        Message("assistant", "Both.", (WRITE, READ)),
        Message("tool", "written", tool_call_id="c1"),
        Message("tool", "x = 1", tool_call_id="c2"),
        Message("assistant", "Done."),
        Message("user", "Thanks."),
    ]


@every_dialect
def test_a_transcript_becomes_plain_messages(dialect: Dialect) -> None:
    plain = as_text(transcript(), TOOLS, dialect)
    assert [message.role for message in plain] == ["system", "user", "assistant", "user", "assistant", "user"]
    assert plain[0].content == "Be brief.\n\n" + dialect.render_tools(TOOLS)
    assert plain[2].content == "Both.\n" + dialect.render_calls((WRITE, READ))
    first, second = (
        dialect.render_result("write_file", "written"),
        dialect.render_result("read_file", "x = 1"),
    )
    assert plain[3].content == f"{first}\n\n{second}"
    assert not any(message.tool_calls or message.tool_call_id for message in plain)


def test_tools_are_shown_where_there_is_no_system_message_too() -> None:
    shown = as_text([Message("user", "Hi.")], TOOLS, DIALECTS["fenced"])
    assert [message.role for message in shown] == ["system", "user"]
    assert as_text([Message("user", "Hi.")], (), DIALECTS["fenced"]) == [Message("user", "Hi.")]


STEPS = st.lists(st.sampled_from(["user", "harness", "answer", "calls", "both"]), max_size=8)


def told(steps: Sequence[str]) -> list[Message]:
    messages = [Message("system", "s"), Message("user", "u")]
    for number, step in enumerate(steps):
        if messages[-1].role == "assistant" and step not in {"user", "harness"}:
            messages.append(Message("user", f"more {number}"))  # an answer without a call ends a turn
        if step in {"user", "harness"}:
            messages.append(Message("user", f"{step} {number}", by_harness=step == "harness"))
        elif step == "answer":
            messages.append(Message("assistant", f"answer {number}"))
        else:
            ids = [f"{number}a", f"{number}b"][: 1 + (step == "both")]
            messages.append(Message("assistant", "", tuple(ToolCall(one, "ping", {}) for one in ids)))
            messages += [Message("tool", f"result {one}", tool_call_id=one) for one in ids]
    return messages


def check_prefix(longer: Sequence[Message], shorter: Sequence[Message]) -> None:
    """But for its last message, which may go on, the shorter is the beginning of the longer."""
    last = len(shorter) - 1
    assert list(longer[:last]) == list(shorter[:last])
    assert longer[last].role == shorter[last].role
    assert longer[last].content.startswith(shorter[last].content)


@given(STEPS, st.sampled_from(sorted(DIALECTS)))
def test_users_and_assistants_alternate_and_the_prefix_stays(steps: list[str], name: str) -> None:
    messages = told(steps)
    whole = as_text(messages, TOOLS, DIALECTS[name])
    for one, following in pairwise(whole[1:]):
        assert {one.role, following.role} == {"user", "assistant"}
    for end in range(2, len(messages)):
        check_prefix(whole, as_text(messages[:end], TOOLS, DIALECTS[name]))


@given(STEPS)
def test_strict_templates_are_satisfied_with_native_tools_too(steps: list[str]) -> None:
    """As Mistral's template counts: without calls and results, users and assistants take turns."""
    messages = told(steps)
    strict = in_turns(messages)
    counted = [one.role for one in strict[1:] if one.role != "tool" and not one.tool_calls]
    assert all(first != second for first, second in pairwise(counted))
    for end in range(2, len(messages)):
        check_prefix(strict, in_turns(messages[:end]))
    assert [one for one in strict if one.role == "tool"] == [one for one in messages if one.role == "tool"]


def test_what_follows_a_result_follows_a_word_of_the_assistant() -> None:
    after = in_turns([*transcript()[:5], Message("user", "Go on.")])
    assert [message.role for message in after[-3:]] == ["tool", "assistant", "user"]
    assert after[-2].content == BRIDGE


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        ([], []),
        ([Message("user", "u")], [Message("user", "u")]),
        ([Message("system", "s"), Message("user", "u")], [Message("user", "s\n\nu")]),
        ([Message("system", "s")], [Message("user", "s")]),
        (
            [Message("system", "s"), Message("assistant", "a")],
            [Message("user", "s"), Message("assistant", "a")],
        ),
    ],
)
def test_a_system_message_can_be_the_head_of_the_first_user_message(
    messages: list[Message], expected: list[Message]
) -> None:
    assert without_system_role(messages) == expected


def test_tools_without_a_description_are_shown() -> None:
    assert "- f(a: string)" in DIALECTS["fenced"].render_tools([tool("f", ["a"])])
