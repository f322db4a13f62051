"""Turns that meet the end of the window, and streams that break off."""

from pathlib import Path

from turn_bench import READ, bench, calling, ended

from smallcode import events as ev
from smallcode.adapters.approver import FixedApprover
from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.scripted import Fault, ScriptedModel, Step
from smallcode.build import open_session
from smallcode.messages import Ask
from smallcode.settings import Settings

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


async def test_an_overflow_goes_on_until_the_last_result_alone_has_become_small(tmp_path: Path) -> None:
    """A server that tells no sizes: the prompt shrinks by one step for each refusal."""
    overflow = {"error": "The prompt is greater than the context length."}
    steps = [
        calling(READ_LONG),
        calling(READ_LONG),
        Step(text="Done.", fault=Fault("status", status=400, body=overflow, times=5)),
    ]
    async with bench(tmp_path, steps) as b:
        (tmp_path / "long.txt").write_text("a long line\n" * 500)
        assert ended(await b.ask()).stop_reason == "done"
        stub, rest = [m.content for m in b.model.requests[-1].messages if m.role == "tool"]
        assert "left out; call it again" in stub and "left out here" in rest and len(rest) < 500


async def test_a_prompt_is_kept_below_the_window(tmp_path: Path) -> None:
    async with bench(tmp_path, [calling(READ_LONG)] * 12 + [Step(text="Done.")], window=6144) as b:
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
