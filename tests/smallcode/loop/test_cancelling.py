"""A turn that is cancelled at any moment: it says so, nothing happens after it, all can be undone."""

import asyncio
from pathlib import Path

import pytest

from smallcode import events as ev
from smallcode.adapters.approver import FixedApprover
from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.scripted import ScriptedModel, Step
from smallcode.build import open_session
from smallcode.core import transcript
from smallcode.messages import Ask
from smallcode.session import Session
from smallcode.settings import Settings

CART = "def total(prices):\n    return sum(prices[1:])\n"
STEPS = [
    Step(tool_calls=[{"name": "read_file", "arguments": {"path": "cart.py"}}]),
    Step(
        tool_calls=[
            {"name": "patch", "arguments": {"path": "cart.py", "old_str": "prices[1:]", "new_str": "prices"}},
            {"name": "write_file", "arguments": {"path": "new.py", "content": "x = 1\n"}},
        ]
    ),
    Step(tool_calls=[{"name": "bash", "arguments": {"command": ":"}}]),
    Step(text="Done."),
]
# Steps of the event loop after which the turn is cancelled. The whole turn has fewer than the last; threads
# and processes make their number vary, so that each run cancels in other places.
MOMENTS = [*range(1, 150), *range(150, 400, 25)]


async def cancelled_after(session: Session, steps: int) -> tuple[list[ev.Event], bool]:
    """The events of a turn that is cancelled then, and whether it was over already."""
    events: list[ev.Event] = []

    async def turn() -> None:
        async for event in session.ask(Ask("Fix total()")):
            events.append(event)

    running = asyncio.create_task(turn())
    for _ in range(steps):
        await asyncio.sleep(0)
    late = running.done() or isinstance(events[-1], ev.TurnEnded)
    running.cancel()
    await asyncio.wait_for(running, 10)
    return events, late


@pytest.mark.slow
async def test_at_any_moment(tmp_path: Path) -> None:
    for moment in MOMENTS:
        root = tmp_path / str(moment)
        root.mkdir()
        (root / "cart.py").write_text(CART)
        session = open_session(
            Settings(), DiskWorkspace(root), FixedApprover("allow_once"), ScriptedModel(STEPS)
        )
        events, late = await cancelled_after(session, moment)
        end = events[-1]
        assert isinstance(end, ev.TurnEnded), moment
        assert end.stop_reason == ("done" if late else "cancelled"), moment
        assert transcript.problems(session.messages) == [] and not session.busy, moment

        await session.undo()
        await asyncio.sleep(0.005)
        assert [path.name for path in root.iterdir()] == ["cart.py"], moment
        assert (root / "cart.py").read_text() == CART, moment
        await session.aclose()
