"""Reads of one reply run together: in their order for whoever watches, and none of them passes an edit."""

import asyncio

import pytest
from turn_bench import calling, finished

from smallcode import events as ev
from smallcode.adapters.approver import FixedApprover
from smallcode.adapters.clock import ManualClock
from smallcode.adapters.guard import WriteGuard
from smallcode.adapters.memory import MeetingWorkspace, MemoryWorkspace
from smallcode.adapters.scripted import ScriptedModel, Step
from smallcode.adapters.shell import BashShell
from smallcode.build import open_session
from smallcode.core import transcript
from smallcode.core.reply import read_task
from smallcode.governors.base import Allow, Governor, Stop, Verdict
from smallcode.loop import TurnState, run_turn
from smallcode.loop.batches import MOST_AT_ONCE, run_together
from smallcode.messages import Ask, Message, ToolResult
from smallcode.ports import PlannedCall
from smallcode.session import Session
from smallcode.settings import Settings
from smallcode.tools import ALL
from smallcode.tools.base import ToolContext

FILES = {f"{name}.txt": f"this is {name}\n" for name in "abcdef"}
DONE = Step(text="I have read them.")


def read(name: str) -> dict[str, object]:
    return {"name": "read_file", "arguments": {"path": f"{name}.txt"}}


def write(name: str, content: str) -> dict[str, object]:
    return {"name": "write_file", "arguments": {"path": f"{name}.txt", "content": content}}


def session_in(workspace: MemoryWorkspace, *calls: object, disable: tuple[str, ...] = ()) -> Session:
    settings = Settings(disable=disable)
    model = ScriptedModel([calling(*calls), DONE])
    return open_session(settings, workspace, FixedApprover("allow_once"), model)


async def turn(session: Session) -> list[ev.Event]:
    try:
        return [event async for event in session.ask(Ask("What do they say?"))]
    finally:
        await session.aclose()


def seen_calls(events: list[ev.Event]) -> str:
    """ "+a" for the start of a read of a.txt, "-a" for its end; "!" before one that failed."""
    paths: dict[str, str] = {}
    told = []
    for event in events:
        if isinstance(event, ev.ToolStarted):
            paths[event.call_id] = str(event.arguments.get("path", event.name)).removesuffix(".txt")
            told.append(f"+{paths[event.call_id]}")
        elif isinstance(event, ev.ToolFinished):
            told.append(f"{'-' if event.status == 'completed' else '!'}{paths.pop(event.call_id)}")
    assert not paths
    return " ".join(told)


async def test_two_reads_that_wait_for_each_other() -> None:
    workspace = MeetingWorkspace(FILES)
    session = session_in(workspace, read("a"), read("b"))
    events = await turn(session)
    assert seen_calls(events) == "+a +b -a -b" and workspace.most == 2
    assert ["this is a" in finished(events)[0].content, "this is b" in finished(events)[1].content] == [
        True
    ] * 2
    assert transcript.problems(session.messages) == []
    results = [message.content for message in session.messages if message.role == "tool"]
    assert [content.startswith(f"{name}.txt") for content, name in zip(results, "ab", strict=True)] == [
        True
    ] * 2


async def test_switched_off_they_come_one_after_another() -> None:
    workspace = MeetingWorkspace(FILES, patience=0.05)
    events = await turn(session_in(workspace, read("a"), read("b"), disable=("parallel reads",)))
    assert seen_calls(events) == "+a !a +b !b" and workspace.most == 1


async def test_no_more_than_a_few_at_once() -> None:
    workspace = MeetingWorkspace(FILES, parties=MOST_AT_ONCE)
    events = await turn(session_in(workspace, *map(read, "abcdef")))
    assert seen_calls(events) == "+a +b +c +d -a -b -c -d +e +f -e -f"
    assert workspace.most == MOST_AT_ONCE


async def test_no_read_passes_an_edit() -> None:
    workspace = MemoryWorkspace(FILES)
    session = session_in(
        workspace, read("a"), read("b"), write("a", "new\n"), read("a"), write("b", "newer\n")
    )
    events = await turn(session)
    assert seen_calls(events) == "+a +b -a -b +a -a +a -a +b -b"
    contents = [event.content for event in finished(events)]
    assert "this is a" in contents[0] and "new" in contents[3] and "this is a" not in contents[3]
    assert (workspace.texts["a.txt"], workspace.texts["b.txt"]) == ("new\n", "newer\n")


async def test_a_search_ends_the_row_and_a_failure_stops_no_read() -> None:
    search = {"name": "search", "arguments": {"pattern": "this"}}
    events = await turn(
        session_in(MemoryWorkspace(FILES), read("a"), read("x"), read("b"), search, read("c"))
    )
    assert seen_calls(events) == "+a +x +b -a !x -b +search -search +c -c"


async def test_arguments_that_do_not_fit_stand_in_their_place() -> None:
    bad = {"name": "read_file", "arguments": {"start_line": 3}}
    events = await turn(session_in(MemoryWorkspace(FILES), read("a"), bad, read("b"), read("c")))
    assert seen_calls(events) == "+a -a +read_file !read_file +b +c -b -c"


async def test_cancelling_ends_all_of_them() -> None:
    workspace = MeetingWorkspace(FILES, parties=9, patience=60)
    session = session_in(workspace, *map(read, "abc"))
    events: list[ev.Event] = []

    async def ask() -> None:
        async for event in session.ask(Ask("What do they say?")):
            events.append(event)

    running = asyncio.create_task(ask())
    async with asyncio.timeout(10):
        while workspace.most < 3:
            await asyncio.sleep(0)
        assert session.cancel()
        await running
    end = events[-1]
    assert isinstance(end, ev.TurnEnded) and end.stop_reason == "cancelled"
    assert workspace.left == 3
    assert transcript.problems(session.messages) == []
    answers = [message.content for message in session.messages if message.role == "tool"]
    assert answers == [transcript.CANCELLED] * 3
    await session.aclose()


async def test_one_that_raises_ends_the_others() -> None:
    ended: list[str] = []

    async def waits() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("waits")

    async def raises() -> None:
        await asyncio.sleep(0)
        raise ValueError("no")

    async with asyncio.timeout(10):
        with pytest.raises(ValueError, match="no"):
            await run_together([waits, raises, waits])
    assert ended == ["waits", "waits"]


class StopsAt(Governor):
    """Stops the turn at the call with this number, from 1."""

    def __init__(self, number: int) -> None:
        self.left = number
        self.told: list[str] = []

    def before_call(self, planned: PlannedCall) -> Verdict:
        self.left -= 1
        return Stop("Enough.") if self.left == 0 else Allow()

    def after_call(self, planned: PlannedCall, result: ToolResult) -> str:
        self.told.append(str(planned.call.arguments["path"]))
        return ""


async def test_a_stop_leaves_the_reads_after_it_unrun() -> None:
    """Every call that was begun has its end, and the governors hear of those that ran, in their order."""
    workspace = MemoryWorkspace(FILES)
    approver = FixedApprover("allow_once")
    context = ToolContext(WriteGuard(workspace, approver), BashShell("/"), Settings())
    model = ScriptedModel([calling(*map(read, "abcd")), DONE])
    governor = StopsAt(3)
    turn = TurnState(
        Ask("What do they say?"), [Message("system", "s")], model, model.counter(), ALL, ALL, context,
        [governor], approver, read_task("What do they say?"), ManualClock(),
    )  # fmt: skip
    events = [event async for event in run_turn(turn)]
    end = events[-1]
    assert isinstance(end, ev.TurnEnded) and end.stop_reason == "stopped"
    assert seen_calls(events) == "+a +b +c +d -a -b !c !d" and governor.told == ["a.txt", "b.txt"]
    assert transcript.problems(turn.messages) == []
