"""The fakes that ship: what a script plays, in this process and behind HTTP."""

import asyncio
import json
from pathlib import Path

import httpx
import pytest

from smallcode.adapters.script import LAST_STEP, dump_script
from smallcode.adapters.scripted import Fault, ScriptedModel, ScriptedServer, Step, load_script
from smallcode.core.profile import Profile
from smallcode.errors import BadReply, ContextOverflow, ModelError, ModelRefused, SettingsError, StreamDropped
from smallcode.messages import Message, ToolCall
from smallcode.ports import (
    CallDelta,
    Constraint,
    Delta,
    FinishDelta,
    ModelRequest,
    TextDelta,
    Thinking,
    ThoughtDelta,
    UsageDelta,
)

SCRIPT = [
    Step("Reading.", tool_calls=[{"name": "read_file", "arguments": {"path": "a.py"}}]),
    Step("Broken.", tool_calls=[{"name": "read_file", "arguments": '{"path": "oo'}], finish_reason="length"),
    Step("Done."),
]


def conversation(replies: int) -> ModelRequest:
    messages = [Message("user", "Go.")]
    for number in range(replies):
        messages += [
            Message("assistant", "", (ToolCall(f"c{number}", "read_file", {}),)),
            Message("tool", "text", tool_call_id=f"c{number}"),
        ]
    return ModelRequest(messages)


async def play(model: ScriptedModel, request: ModelRequest) -> list[Delta]:
    return [delta async for delta in model.stream(request)]


@pytest.mark.parametrize(
    ("replies", "text", "arguments", "finish"),
    [
        (0, "Reading.", '{"path": "a.py"}', "tool_calls"),
        (1, "Broken.", '{"path": "oo', "length"),
        (2, "Done.", "", "stop"),
        (3, LAST_STEP.text, "", "stop"),
        (0, "Reading.", '{"path": "a.py"}', "tool_calls"),
    ],
)
async def test_the_step_is_chosen_by_the_replies_so_far(
    replies: int, text: str, arguments: str, finish: str
) -> None:
    model = ScriptedModel(SCRIPT)
    deltas = await play(model, conversation(replies))
    assert "".join(delta.text for delta in deltas if isinstance(delta, TextDelta)) == text
    assert "".join(delta.arguments for delta in deltas if isinstance(delta, CallDelta)) == arguments
    assert deltas[-2] == FinishDelta(finish)
    usage = deltas[-1]
    assert isinstance(usage, UsageDelta) and usage.usage.prompt_tokens > 0
    assert len(model.requests) == 1 and model.cancelled == 0


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault("status", 503, times=1), ModelRefused),
        (Fault("json_error", body={"error": "prompt is too long"}, times=1), ContextOverflow),
        (Fault("not_json", times=1), BadReply),
        (Fault("close", times=1), StreamDropped),
        (Fault("half_utf8", after_pieces=1, times=1), StreamDropped),
    ],
)
async def test_faults_of_the_model_end_after_their_times(fault: Fault, error: type[ModelError]) -> None:
    model = ScriptedModel([Step("One two.", fault=fault)])
    with pytest.raises(error):
        await play(model, conversation(0))
    assert TextDelta(" two.") in await play(model, conversation(0))
    assert len(model.requests) == 2 and model.cancelled == 0


OFFERED = {
    "type": "function",
    "function": {
        "name": "edit",
        "parameters": {
            "type": "object",
            "properties": {
                "path": {"type": "string"},
                "line": {"type": "integer"},
                "why": {"type": "string"},
            },
            "required": ["path", "line"],
        },
    },
}


@pytest.mark.parametrize(
    ("step", "constraint", "text", "called"),
    [
        (Step("Hi."), "shaped", '{"name": "edit", "arguments": {"path": "text", "line": 1}}', []),
        (SCRIPT[0], "shaped", '{"name": "read_file", "arguments": {"path": "a.py"}}', []),
        (Step("Hi."), "required", "Hi.", ["edit"]),
        (SCRIPT[0], "required", "Reading.", ["read_file"]),
        (Step("Hi."), "free", "Hi.", []),
    ],
)
async def test_a_model_that_honours_constraints(
    step: Step, constraint: Constraint, text: str, called: list[str]
) -> None:
    model = ScriptedModel([step], constraints=("free", "required", "shaped"))
    deltas = await play(model, ModelRequest([Message("user", "Go.")], [OFFERED], constraint=constraint))
    assert "".join(delta.text for delta in deltas if isinstance(delta, TextDelta)) == text
    assert [delta.name for delta in deltas if isinstance(delta, CallDelta) and delta.name] == called


async def test_a_model_with_a_profile_that_obeys() -> None:
    profile = Profile("p", thinks=True)
    model = ScriptedModel([Step("Hi.", "Hm.")], profile=profile, native_tools=False, obeys=True)
    info = await model.info()
    asked = [Message("user", "Go.")]
    quiet = await play(model, ModelRequest(asked, thinking=Thinking(False)))
    free = await play(model, ModelRequest(asked))
    assert (info.profile, info.native_tools, info.tools_as_text) == (profile, False, True)
    assert not any(isinstance(delta, ThoughtDelta) for delta in quiet)
    assert ThoughtDelta("Hm.") in free


async def test_a_model_that_hangs_can_be_cancelled() -> None:
    model = ScriptedModel([Step("One two.", fault=Fault("hang", after_pieces=1))])
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await play(model, conversation(0))
    assert model.cancelled == 1


async def test_the_server_speaks_the_protocol_to_any_client() -> None:
    body = {
        "messages": [{"role": "user", "content": "Go."}],
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    async with ScriptedServer(SCRIPT) as server, httpx.AsyncClient(trust_env=False) as http:
        assert (await http.get(f"{server.root}/health")).json() == {"status": "ok"}
        models = (await http.get(f"{server.address}/models")).json()
        lines = (await http.post(f"{server.address}/chat/completions", json=body)).text.split("\n\n")
        missing = await http.get(f"{server.address}/nowhere")
    assert models["data"][0]["id"] == "scripted"
    assert missing.status_code == 404
    assert lines[-2:] == ["data: [DONE]", ""]
    first, *_, finish, usage = [json.loads(line.removeprefix("data: ")) for line in lines[:-2]]
    assert first["choices"][0]["delta"] == {"role": "assistant", "content": None}
    assert finish["choices"][0]["finish_reason"] == "tool_calls"
    assert usage["choices"] == [] and usage["usage"]["prompt_tokens_details"] == {"cached_tokens": 0}
    assert server.received[0].path == "/health"
    assert server.requests[0].json == body and not server.requests[0].disconnected


@pytest.mark.parametrize(
    "noise", [b"", b"\r\n\r\n", b"HELO\r\n\r\n", b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"]
)
async def test_noise_does_not_end_the_server(noise: bytes) -> None:
    async with ScriptedServer(SCRIPT) as server, httpx.AsyncClient(trust_env=False) as http:
        host, port = server.root.removeprefix("http://").split(":")
        _, writer = await asyncio.open_connection(host, int(port))
        writer.write(noise)
        writer.close()
        assert (await http.get(f"{server.root}/health")).status_code == 200


def test_a_script_survives_its_file(tmp_path: Path) -> None:
    script = (
        *SCRIPT,
        Step(
            "x", "y", delay=0.5, fault=Fault("status", 429, {"error": "slow"}, {"Retry-After": "1"}, times=2)
        ),
    )
    path = tmp_path / "script.json"
    path.write_text(dump_script(script), encoding="utf-8")
    assert dump_script(load_script(path)) == dump_script(script)
    assert load_script(path)[3].fault == script[3].fault


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[1]", '[{"txt": "x"}]', '[{"tool_calls": [{"name": "x"}]}]', '[{"fault": {"kind": "odd"}}]',
     '[{"fault": {"kind": "close", "when": 1}}]', '[{"tool_calls": 5}]'],
)  # fmt: skip
def test_what_is_no_script_is_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / "script.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"script\.json"):
        load_script(path)


def test_a_missing_script_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.json"):
        load_script(tmp_path / "nowhere.json")
