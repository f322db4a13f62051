"""Turns that meet the end of the window, and streams that break off."""

from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import pytest
from turn_bench import READ, bench, calling, ended, finished

from smallcode import events as ev
from smallcode.adapters.approver import FixedApprover
from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.scripted import Fault, ScriptedModel, ScriptedServer, Step
from smallcode.build import open_model, open_session
from smallcode.core.budget import answer_tokens
from smallcode.core.tokens import SMALLEST_MARGIN
from smallcode.messages import Ask
from smallcode.session import Session
from smallcode.settings import Settings
from smallcode.tools import offered
from smallcode.tools.offering import fitting

READ_LONG = {"name": "read_file", "arguments": {"path": "long.txt"}}


async def test_an_overflow_shrinks_and_goes_on(tmp_path: Path) -> None:
    overflow = {
        "error": {
            "code": 400,
            "type": "exceed_context_size_error",
            "message": "the request exceeds the available context size",
            "n_prompt_tokens": 9000,
            "n_ctx": 8192,
        }
    }
    steps = [
        calling(READ, READ_LONG),
        Step(text="Done.", fault=Fault("status", status=400, body=overflow, times=1)),
    ]
    async with bench(tmp_path, steps) as b:
        (tmp_path / "long.txt").write_text("a long line\n" * 500)
        events = await b.ask("Read them.")
        assert ended(events).stop_reason == "done"
        assert any(isinstance(event, ev.Notice) and "Sending less" in event.message for event in events)
        before, after = (sum(len(m.content) for m in r.messages) for r in b.model.requests[1:])
        assert after < before


@pytest.mark.parametrize("refusals", [1, 2, 3, 4])
async def test_after_three_refusals_it_is_over(tmp_path: Path, refusals: int) -> None:
    """A server that tells no sizes: the prompt gets smaller with each refusal, three times."""
    overflow = {"error": "The prompt is greater than the context length."}
    steps = [
        calling(READ_LONG),
        calling(READ_LONG),
        Step(text="Done.", fault=Fault("status", status=400, body=overflow, times=refusals)),
    ]
    async with bench(tmp_path, steps, model_notes="off") as b:
        (tmp_path / "long.txt").write_text("a long line\n" * 500)
        end = ended(await b.ask("What is in long.txt?"))
        sizes = [sum(len(m.content) for m in request.messages) for request in b.model.requests]
    assert sizes[2:] == sorted(set(sizes[2:]), reverse=True), "each is smaller than the one before"
    assert (end.stop_reason, len(sizes)) == (("done", refusals + 3) if refusals <= 3 else ("failed", 6))
    assert (end.error is None) == (refusals <= 3)
    if end.error is not None:
        assert end.error.code == "ContextOverflow" and end.error.remedy


async def test_a_prompt_is_kept_below_the_window(tmp_path: Path) -> None:
    off = ("repeated calls", "no progress")
    steps = [calling(READ_LONG)] * 12 + [Step(text="Done.")]
    async with bench(tmp_path, steps, window=6144, disable=off) as b:
        (tmp_path / "long.txt").write_text("a long line of text\n" * 400)
        assert ended(await b.ask()).stop_reason == "done"
        assert any("left out" in m.content for m in b.model.requests[-1].messages)


async def test_a_server_that_can_count_is_asked_where_it_gets_tight(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("a long line of text\n" * 300)
    read_long = {"name": "read_file", "arguments": {"path": "long.txt"}}
    model = ScriptedModel([calling(read_long), Step(text="Done.")], window=6144, counts=True, density=1.9)
    counted = []
    session = open_session(Settings(), DiskWorkspace(tmp_path), FixedApprover("allow_once"), model)
    try:
        async for event in session.ask(Ask("Read it.")):
            if isinstance(event, ev.RequestStarted):
                counted.append((model.counted > 0, event.estimated_tokens))
    finally:
        await session.aclose()
    assert [asked for asked, _ in counted] == [False, True]
    assert counted[1][1] == model.tokens(model.requests[1]), "the figure is the server's"
    assert max(model.tokens(request) for request in model.requests) <= 6144 * 3 // 4
    assert any("left out" in message.content for message in model.requests[-1].messages)


async def test_an_estimate_is_kept_below_the_window_by_its_margin(tmp_path: Path) -> None:
    """The results of other text than the counter has learned from may be denser than it estimates."""
    (tmp_path / "long.txt").write_text("a long line of text\n" * 300)
    model = ScriptedModel([calling(READ_LONG)] * 4 + [Step(text="Done.")], window=6144)
    session = open_session(Settings(), DiskWorkspace(tmp_path), FixedApprover("allow_once"), model)
    asked, sizes = answer_tokens(6144), []
    try:
        async for event in session.ask(Ask("Read it.")):
            if isinstance(event, ev.RequestStarted):
                sizes.append(event.estimated_tokens)
    finally:
        await session.aclose()
    limit = 6144 - asked
    assert max(sizes) > limit // 2, "it got tight"
    assert all(size + SMALLEST_MARGIN <= limit for size in sizes if size >= limit // 2)


async def test_after_a_refusal_the_window_that_it_told_counts(tmp_path: Path) -> None:
    overflow = {"error": "Cannot truncate prompt with n_keep (15028) >= n_ctx (8192)"}
    script = [
        calling(READ_LONG),
        Step(text="Done.", fault=Fault("status", status=400, body=overflow, times=1)),
    ]
    (tmp_path / "long.txt").write_text("a long line of text\n" * 2000)
    async with (
        ScriptedServer(script, window=32768) as server,
        over_http(tmp_path, server, max_result_chars=40_000) as session,
    ):
        events = [event async for event in session.ask(Ask("Read it."))]
    answers = [request.json["max_tokens"] for request in server.requests]
    assert answers == [answer_tokens(32768), answer_tokens(32768), answer_tokens(8192)]
    assert ended(events).stop_reason == "done"


async def test_a_server_that_drops_the_front_has_a_smaller_window_from_then_on(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"a long line of text, {number}\n" * 2000)
    reads = [{"name": "read_file", "arguments": {"path": f"{number}.txt"}} for number in range(5)]
    script = [*map(calling, reads), Step(text="Done.")]
    events: list[ev.Event] = []
    async with (
        ScriptedServer(script, window=32768, overflow="cut") as server,
        over_http(tmp_path, server, max_result_chars=20_000) as session,
        aclosing(session.ask(Ask("Read it."))) as turn,
    ):
        async for event in turn:
            events.append(event)
            if isinstance(event, ev.ToolFinished):
                server.memory.window = 4096  # Loaded anew, with less.
    windows = [event.window for event in events if isinstance(event, ev.UsageUpdated)]
    assert windows[0] == 32768 and windows[-1] == 4096
    notices = [event.message for event in events if isinstance(event, ev.Notice)]
    assert sum("drops the front" in message for message in notices) == 1, "then the prompts fit"
    assert ended(events).stop_reason == "done"


async def test_a_model_that_counts_twice_as_many_tokens_keeps_its_window(tmp_path: Path) -> None:
    """What its counts teach of the fixed part is no reason to refuse a window that was large enough."""
    (tmp_path / "long.txt").write_text("a long line of text\n" * 300)
    steps = [calling(READ_LONG), *[Step(text="Done.")] * 3]
    model = ScriptedModel(steps, window=4096, density=2.2, in_order=True)
    session = open_session(Settings(), DiskWorkspace(tmp_path), FixedApprover("allow_once"), model)
    try:
        for prompt in ("Read it.", "Again?", "And now?"):
            events = [event async for event in session.ask(Ask(prompt))]
            assert ended(events).stop_reason == "done", ended(events).error
    finally:
        await session.aclose()


@pytest.mark.parametrize("window", [4096, 32768])
async def test_a_small_window_is_offered_fewer_tools(tmp_path: Path, window: int) -> None:
    async with bench(tmp_path, [Step(text="Hello.")], window=window) as b:
        await b.ask("Hello.")
        assert b.model.requests[0].tools == [tool.schema for tool in fitting(offered(), window)]


async def test_a_window_without_room_for_work_is_refused_and_the_request_is_kept(tmp_path: Path) -> None:
    async with bench(tmp_path, [Step(text="Hello.")], window=2048) as b:
        end = ended(await b.ask("Hello."))
        assert end.stop_reason == "failed"
        assert end.error is not None and end.error.code == "WindowTooSmall"
        assert [message.content for message in b.session.messages[1:2]] == ["Hello."]
        assert b.model.requests == []


async def test_a_long_file_is_shown_by_its_outline_and_the_place_that_is_meant(tmp_path: Path) -> None:
    body = "".join(f"    line_{number} = {number}\n" for number in range(120))
    defined = [f"def part_{number}():\n{body}\n\n" for number in range(20)]
    (tmp_path / "parts.py").write_text("".join(defined))
    read = calling({"name": "read_file", "arguments": {"path": "parts.py"}})
    async with bench(tmp_path, [read, Step(text="Done.")]) as b:
        shown = finished(await b.ask("What does part_17 do?"))[0].content
    outline, _, rest = shown.partition("\n\n")
    assert outline.startswith("parts.py is too long to be shown whole.")
    assert "def part_3()" in outline and "def part_17():\n" in rest and "def part_3():\n" not in rest


@asynccontextmanager
async def over_http(root: Path, server: ScriptedServer, **further: object) -> AsyncIterator[Session]:
    """A session with a client that talks to the server."""
    settings = Settings.model_validate({"base_url": server.address, **further})
    client = open_model(settings)
    session = open_session(settings, DiskWorkspace(root), FixedApprover("allow_once"), client)
    try:
        yield session
    finally:
        await session.aclose()
        await client.aclose()


async def test_a_dropped_stream_is_asked_for_again(tmp_path: Path) -> None:
    dropped = Step(text="It is fixed now, I think.", fault=Fault("close", after_pieces=2, times=1))
    async with bench(tmp_path, [dropped]) as b:
        events = await b.ask("Is it fixed?")
        assert ended(events).text == "It is fixed now, I think."
        discarded = [event for event in events if isinstance(event, ev.ReplyDiscarded)]
        assert len(discarded) == 1


async def test_a_server_that_keeps_dropping_is_a_failure_that_names_it(tmp_path: Path) -> None:
    dropped = Step(text="It is fixed now.", fault=Fault("close", after_pieces=2))
    async with bench(tmp_path, [dropped], max_retries=2) as b:
        end = ended(await b.ask())
        assert end.stop_reason == "failed"
        assert end.error is not None and end.error.code == "StreamDropped"
        assert len(b.model.requests) == 3
