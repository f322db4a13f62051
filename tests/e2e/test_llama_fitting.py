"""A real llama.cpp server is asked in its own words: thoughts turned off and bounded, calls forced by a
grammar, tools described in the prompt."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from smallcode.adapters.bodies import Composer
from smallcode.adapters.discovery import Endpoint
from smallcode.adapters.learned import Learned
from smallcode.build import open_model
from smallcode.core.toolcalls import parse_tool_calls
from smallcode.messages import Message
from smallcode.ports import (
    Delta,
    ModelClient,
    ModelRequest,
    NoticeDelta,
    TextDelta,
    Thinking,
    ThoughtDelta,
    UsageDelta,
)
from smallcode.settings import Settings
from smallcode.tools import ALL

from .llama.conversation import check_cache, conversation
from .llama.server import Llama, serve
from .llama.tiny_model import Step

pytestmark = pytest.mark.slow

MESSAGES = (Message("system", "Be brief."), Message("user", "Hello."))
SCHEMAS = [tool.schema for tool in ALL]
THOUGHTS = [f" look {number}." for number in range(60)]
THINKS: Step = ["<think>", "\nLet me", *THOUGHTS, "\n</think>", "\n\n", "Hello there."]


@asynccontextmanager
async def opened(
    program: Path, folder: Path, steps: Sequence[Step], quiet: Sequence[Step] = (), **settings: Any
) -> AsyncIterator[tuple[ModelClient, Llama]]:
    async with serve(program, folder, steps, quiet=quiet) as llama:
        client = open_model(Settings(base_url=llama.address, **settings), folder / "state")
        try:
            yield client, llama
        finally:
            await client.aclose()


async def reply(client: ModelClient, **request: Any) -> list[Delta]:
    asked = ModelRequest(MESSAGES, SCHEMAS, **({"max_tokens": 400} | request))
    return [delta async for delta in client.stream(asked)]


def text(deltas: Sequence[Delta]) -> str:
    return "".join(delta.text for delta in deltas if isinstance(delta, TextDelta))


def thoughts(deltas: Sequence[Delta]) -> str:
    return "".join(delta.text for delta in deltas if isinstance(delta, ThoughtDelta))


def notices(deltas: Sequence[Delta]) -> list[str]:
    return [delta.message for delta in deltas if isinstance(delta, NoticeDelta)]


async def test_the_profile_is_told_by_the_template(llama_server: Path, tmp_path: Path) -> None:
    async with opened(llama_server, tmp_path, ["Hello."]) as (client, _):
        info = await client.info()
    assert info.profile.family == "qwen3" and "template" in info.profile_why
    assert "enable_thinking" in info.template
    assert (info.thinking_switch, info.untried) == ("enable_thinking", ("required", "shaped"))


async def test_the_sampler_ends_thoughts_that_are_too_long(llama_server: Path, tmp_path: Path) -> None:
    async with opened(llama_server, tmp_path, [THINKS]) as (client, _):
        bounded = await reply(client, thinking=Thinking(True, 20))
        free = await reply(client, thinking=Thinking(True, 200))
    assert "look 0." in thoughts(bounded) and len(thoughts(bounded)) < len(thoughts(free)) / 2
    assert "look 59." in thoughts(free) and text(free).strip() == "Hello there."
    assert not notices(bounded) and not notices(free)


async def test_thoughts_are_turned_off_by_the_templates_switch(llama_server: Path, tmp_path: Path) -> None:
    async with opened(llama_server, tmp_path, [THINKS], quiet=["I just answer."]) as (client, _):
        off = await reply(client, thinking=Thinking(False))
        by_itself = await reply(client)
    assert (text(off), thoughts(off), notices(off)) == ("I just answer.", "", [])
    assert "look 59." in thoughts(by_itself)


async def test_a_switch_that_changes_nothing_gives_way_until_one_works(
    llama_server: Path, tmp_path: Path
) -> None:
    async with opened(llama_server, tmp_path, [THINKS]) as (client, llama):
        replies = [await reply(client, thinking=Thinking(False)) for _ in range(4)]
        assert (await client.info()).thinking_switch == "thinking_budget_tokens"
        again = open_model(Settings(base_url=llama.address), tmp_path / "state")
        assert (await again.info()).thinking_switch == "thinking_budget_tokens", "it is remembered"
        await again.aclose()
    assert [bool(thoughts(one)) for one in replies] == [True, True, False, False]
    assert [len(notices(one)) for one in replies] == [1, 1, 0, 0]


def tool(name: str, **properties: Any) -> dict[str, Any]:
    parameters = {"type": "object", "properties": properties, "required": list(properties)}
    return {"type": "function", "function": {"name": name, "description": "", "parameters": parameters}}


OFFERED = [
    tool("turn", direction={"enum": ["left", "right"]}, quickly={"type": "boolean"}),
    tool("go", steps={"type": "integer"}, over={"type": "array", "items": {"enum": ["a", "b"]}}),
]


@pytest.mark.parametrize("temperature", [0.0, 1.0, 2.0])
async def test_a_model_that_says_anything_else_is_made_to_call(
    llama_server: Path, tmp_path: Path, temperature: float
) -> None:
    """Its own words are not in the grammar, so what it says is drawn from all that is."""
    async with opened(llama_server, tmp_path, [["<think>", "Hm.", "</think>", "No."]]) as (client, _):
        shaped = ModelRequest(MESSAGES, OFFERED, 300, temperature=temperature, constraint="shaped")
        first = [delta async for delta in client.stream(shaped)]
        others = [[delta async for delta in client.stream(shaped)] for _ in range(3)]
        info = await client.info()
    assert notices(first) == [f"{info.address} forces the shape of a call by grammar."]
    assert "shaped" in info.constraints and "shaped" not in info.untried
    for deltas in (first, *others):
        (call,) = parse_tool_calls(text(deltas), OFFERED).calls
        expected = {"turn": {"direction", "quickly"}, "go": {"steps", "over"}}
        assert set(call.arguments) == expected[call.name] and thoughts(deltas) == ""


async def test_the_grammar_of_all_tools_compiles_and_leaves_the_prompt_as_it_was(
    llama_server: Path, tmp_path: Path
) -> None:
    async with opened(llama_server, tmp_path, ["No."]) as (client, _):
        await reply(client, constraint="shaped", max_tokens=30)
        await reply(client)
        forced = await reply(client, constraint="shaped", max_tokens=30)
    assert text(forced).startswith('{"name": "')
    usage = next(delta.usage for delta in forced if isinstance(delta, UsageDelta))
    assert usage.cached_tokens is not None and usage.prompt_tokens - usage.cached_tokens <= 2


async def test_required_forces_nothing_here_and_is_not_trusted(llama_server: Path, tmp_path: Path) -> None:
    async with opened(llama_server, tmp_path, ["Hello there."]) as (client, llama):
        deltas = await reply(client, constraint="required", max_tokens=30)
        info = await client.info()
        body = {"tool_choice": "required", "tools": SCHEMAS, "max_tokens": 30, "temperature": 0}
        forced = await llama.chat([{"role": "user", "content": "Hi."}], **body)
    assert "required" not in info.constraints
    assert notices(deltas) == [f"{info.address} does not force a call by tool_choice."]
    assert text(deltas) == "Hello there."
    assert not forced.json()["choices"][0]["message"].get("tool_calls"), "the server's own fault is gone"


async def test_a_schema_shapes_a_reply_too(llama_server: Path, tmp_path: Path) -> None:
    async with serve(llama_server, tmp_path, ["No."]) as llama:
        composer = Composer(Endpoint(llama.address, "llama.cpp", (), "m", None, None), Settings(), Learned())
        # Its own grammar of a schema leaves white space and digits to chance, so that chance is left out.
        request = ModelRequest(MESSAGES, OFFERED[:1], 300, temperature=0.0)
        fields = dict(composer.body(request, "json_schema").fields)
        answer = await llama.chat(fields.pop("messages"), **(fields | {"stream": False}))
    (call,) = parse_tool_calls(answer.json()["choices"][0]["message"]["content"], OFFERED).calls
    assert call.name == "turn" and set(call.arguments) == {"direction", "quickly"}


async def test_a_turn_with_tools_in_the_prompt(llama_server: Path, tmp_path: Path) -> None:
    """As with a model whose template has no tools: its calls are fences, the results come as a user's words,
    users and assistants take turns, and the server reads no prompt twice."""

    def fenced(name: str, **arguments: Any) -> str:
        return f"```json\n{json.dumps({'name': name, 'arguments': arguments})}\n```"

    read, write = fenced("read_file", path="a.py"), fenced("patch", path="a.py", old_str="1", new_str="2")
    steps: list[Step] = [read, ["I change it.\n", write], "It is done."]
    async with conversation(llama_server, tmp_path, steps, files={"a.py": "x = 1\n"}, profile="phi4") as talk:
        turn = await talk.ask("Set x to 2.")
        assert (await talk.client.info()).tools_as_text
        assert turn.ended.stop_reason == "done" and turn.ended.text == "It is done.", turn.ended
        assert [(row.name, row.status) for row in turn.results] == [
            ("read_file", "completed"),
            ("patch", "completed"),
        ]
        assert talk.text("a.py") == "x = 2\n"
        check_cache(turn.replies)
