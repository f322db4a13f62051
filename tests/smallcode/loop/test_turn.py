"""Whole turns against the scripted model, on real files and a real shell: what is in the workspace in the
end, how many requests it took, and that the transcript stays valid for a strict template."""

import asyncio
from itertools import pairwise
from pathlib import Path

import pytest
from turn_bench import CART, FIXED, PATCH, READ, TEST, bench, calling, ended, finished

from smallcode import events as ev
from smallcode.adapters.scripted import Fault, Step
from smallcode.core import transcript
from smallcode.errors import SessionBusy
from smallcode.messages import Ask, Problem, Selection
from smallcode.session import Session


async def test_read_patch_run_answer(tmp_path: Path) -> None:
    steps = [
        Step(thoughts="Let me look.", tool_calls=[READ]),
        calling(PATCH),
        calling(TEST),
        Step(text="It counts them all now."),
    ]
    async with bench(tmp_path, steps) as b:
        events = await b.ask()
        assert b.cart() == FIXED
        end = ended(events)
        assert end.stop_reason == "done"
        assert end.text == "It counts them all now."
        assert end.files_changed == ["cart.py"]
        assert len(b.model.requests) == 4
        assert [call.status for call in finished(events)] == ["completed"] * 3
        assert "+    return sum(prices)" in finished(events)[1].diffs[0].diff
        assert "3" in finished(events)[2].content
        assert "".join(e.text for e in events if isinstance(e, ev.ThoughtChunk)) == "Let me look."
        assert [request.kind for request in b.approver.asked] == ["edit", "shell"]


async def test_the_prefix_of_every_request_is_the_one_before(tmp_path: Path) -> None:
    async with bench(tmp_path, [calling(READ), calling(PATCH), Step(text="Done.")]) as b:
        await b.ask()
        await b.ask("And now explain it.")
        sent = [request.messages for request in b.model.requests]
        assert len(sent) == 4
        for earlier, later in pairwise(sent):
            assert list(later[: len(earlier)]) == list(earlier)
        assert len({str(request.tools) for request in b.model.requests}) == 1


async def test_calls_printed_as_text_run(tmp_path: Path) -> None:
    printed = '<tool_call>\n{"name": "read_file", "arguments": {"path": "cart.py"}}\n</tool_call>'
    async with bench(tmp_path, [Step(text=f"I will look.\n{printed}"), Step(text="Done.")]) as b:
        events = await b.ask()
        assert [call.name for call in finished(events)] == ["read_file"]
        assert b.session.messages[2].content == "I will look."
        assert b.session.messages[2].tool_calls[0].arguments == {"path": "cart.py"}


async def test_steps_have_an_end(tmp_path: Path) -> None:
    async with bench(tmp_path, [calling(READ)] * 99, max_steps=4) as b:
        end = ended(await b.ask())
        assert end.stop_reason == "step_limit"
        assert len(b.model.requests) == 4


async def test_a_refused_permission_is_told_to_the_model(tmp_path: Path) -> None:
    async with bench(tmp_path, [calling(READ), calling(PATCH), Step(text="Then not.")], allow=False) as b:
        events = await b.ask()
        assert b.cart() == CART
        assert finished(events)[1].status == "failed"
        assert "not allowed" in finished(events)[1].content
        assert ended(events).stop_reason == "done"
        assert ended(events).files_changed == []


async def test_a_refused_command_does_not_run(tmp_path: Path) -> None:
    touch = {"name": "bash", "arguments": {"command": "touch made"}}
    async with bench(tmp_path, [calling(touch), Step(text="Then not.")], allow=False) as b:
        events = await b.ask()
        assert not (tmp_path / "made").exists()
        assert "did not allow" in finished(events)[0].content


async def test_a_blind_patch_is_refused_once_then_passes(tmp_path: Path) -> None:
    async with bench(tmp_path, [calling(PATCH), calling(PATCH), Step(text="Done.")]) as b:
        events = await b.ask()
        first, second = finished(events)
        assert first.status == "failed" and "return sum(prices[1:])" in first.content
        assert second.status == "completed"
        assert b.cart() == FIXED


async def test_wrong_arguments_and_unknown_tools_are_told(tmp_path: Path) -> None:
    steps = [
        calling({"name": "read_file", "arguments": {"file": "cart.py", "start_line": "x"}}),
        calling({"name": "fly", "arguments": {}}),
        Step(text="Done."),
    ]
    async with bench(tmp_path, steps) as b:
        events = await b.ask("Look at it.")
        assert ended(events).stop_reason == "done"
        first, second = (request.messages[-1].content for request in b.model.requests[1:3])
        assert "read_file(path: string" in first
        assert "There is no tool 'fly'" in second and "read_file" in second


async def test_a_reply_that_the_server_gives_up_is_asked_for_again(tmp_path: Path) -> None:
    """As llama.cpp does where a token does not fit the grammar of a call."""
    body = {"error": {"code": 500, "message": "Unexpected empty grammar stack", "type": "server_error"}}
    given_up = Step(text="It is fixed now.", fault=Fault("stream_error", body=body, after_pieces=2, times=1))
    async with bench(tmp_path, [given_up]) as b:
        events = await b.ask("Is it fixed?")
        assert ended(events).text == "It is fixed now."
        assert [e.reason for e in events if isinstance(e, ev.ReplyDiscarded)] != []


async def test_what_fails_before_the_first_piece_is_the_clients_to_try_again(tmp_path: Path) -> None:
    async with bench(tmp_path, [Step(text="x", fault=Fault("close", after_pieces=0))]) as b:
        end = ended(await b.ask())
        assert end.error is not None and end.error.code == "StreamDropped"
        assert len(b.model.requests) == 1


async def test_cancelling_in_the_reply_leaves_a_valid_transcript(tmp_path: Path) -> None:
    hanging = Step(text="one two three four", fault=Fault("hang", after_pieces=2))
    async with bench(tmp_path, [calling(READ), hanging]) as b:
        events: list[ev.Event] = []

        async def run() -> None:
            async for event in b.session.ask(Ask("fix total()")):
                events.append(event)

        task = asyncio.create_task(run())
        while not any(isinstance(event, ev.MessageChunk) for event in events):
            await asyncio.sleep(0.005)
        assert b.session.busy and b.session.cancel()
        await asyncio.wait_for(task, 2)
        assert ended(events).stop_reason == "cancelled"
        assert b.model.cancelled == 1
        assert not b.session.busy
        b.check_requests()


async def test_cancelling_in_a_tool_gives_its_call_a_result(tmp_path: Path) -> None:
    sleeping = {"name": "bash", "arguments": {"command": "echo begun > begun; sleep 30"}}
    async with bench(tmp_path, [calling(sleeping, READ), Step(text="Done.")]) as b:
        task = asyncio.create_task(collect(b.session))
        while not (tmp_path / "begun").exists():
            await asyncio.sleep(0.005)
        b.session.cancel()
        events = await asyncio.wait_for(task, 3)
        assert ended(events).stop_reason == "cancelled"
        b.check_requests()
        assert [m.content for m in b.session.messages if m.role == "tool"] == [transcript.CANCELLED] * 2
        assert ended(await b.ask("go on")).stop_reason == "done"


async def collect(session: Session) -> list[ev.Event]:
    return [event async for event in session.ask(Ask("fix total()"))]


async def test_one_turn_at_a_time(tmp_path: Path) -> None:
    async with bench(tmp_path, [Step(text="x", fault=Fault("hang"))]) as b:
        task = asyncio.create_task(collect(b.session))
        while not b.session.busy:
            await asyncio.sleep(0.005)
        with pytest.raises(SessionBusy):
            await collect(b.session)
        with pytest.raises(SessionBusy):
            await b.session.undo()
        b.session.cancel()
        assert ended(await task).stop_reason == "cancelled"


async def test_undo_takes_a_turn_back(tmp_path: Path) -> None:
    make = {"name": "write_file", "arguments": {"path": "new.py", "content": "x = 1\n"}}
    async with bench(tmp_path, [calling(READ), calling(PATCH), calling(make), Step(text="Done.")]) as b:
        await b.ask()
        assert b.cart() == FIXED
        report = await b.session.undo()
        assert sorted(report.restored) == ["cart.py", "new.py"]
        assert b.cart() == CART and not (tmp_path / "new.py").exists()
        assert (await b.session.undo()).turn_id is None


async def test_undo_leaves_what_the_user_changed_since(tmp_path: Path) -> None:
    async with bench(tmp_path, [calling(READ), calling(PATCH), Step(text="Done.")]) as b:
        await b.ask()
        (tmp_path / "cart.py").write_text(FIXED + "# mine\n")
        report = await b.session.undo()
        assert report.restored == () and report.conflicts[0].path == "cart.py"
        assert b.cart().endswith("# mine\n")


async def test_a_server_that_is_down_is_named(tmp_path: Path) -> None:
    down = Step(fault=Fault("status", status=503))
    async with bench(tmp_path, [down]) as b:
        end = ended(await b.ask())
        assert end.stop_reason == "failed"
        assert end.error is not None and end.error.remedy


async def test_what_the_editor_knows_stands_before_the_request(tmp_path: Path) -> None:
    async with bench(tmp_path, [Step(text="Done.")]) as b:
        ask = Ask(
            "What is wrong here?",
            active_path="cart.py",
            selection=Selection("cart.py", 2, 2, "    return sum(prices[1:])\n"),
            problems=[Problem("cart.py", 2, "suspicious slice", "warning")],
        )
        async for _ in b.session.ask(ask):
            pass
        content = b.model.requests[0].messages[1].content
        assert content.endswith("What is wrong here?")
        assert "Selected in cart.py, line 2:" in content and "return sum(prices[1:])" in content
        assert "cart.py:2: warning: suspicious slice" in content


async def test_a_blank_request_and_what_follows_it(tmp_path: Path) -> None:
    async with bench(tmp_path, [Step(text="Yes?"), Step(text="Done.")]) as b:
        assert ended(await b.ask(" \n")).stop_reason == "done"
        assert b.session.title == ""
        assert ended(await b.ask("Go on")).stop_reason == "done"
        assert b.session.title == "Go on"
