"""A session in a folder, on real files and a real shell, with the scripted model."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from smallcode import events as ev
from smallcode.adapters.approver import FixedApprover
from smallcode.adapters.disk import DiskWorkspace
from smallcode.adapters.scripted import ScriptedModel, Step
from smallcode.build import open_session
from smallcode.core import transcript
from smallcode.messages import Ask, Message
from smallcode.ports import Constraint
from smallcode.session import Session
from smallcode.settings import Settings

CART = "def total(prices):\n    return sum(prices[1:])\n"
FIXED = "def total(prices):\n    return sum(prices)\n"

READ = {"name": "read_file", "arguments": {"path": "cart.py"}}
PATCH = {
    "name": "patch",
    "arguments": {"path": "cart.py", "old_str": "sum(prices[1:])", "new_str": "sum(prices)"},
}
TEST = {"name": "bash", "arguments": {"command": "python3 -c 'from cart import total; print(total([1, 2]))'"}}


@dataclass
class Bench:
    """A session in a folder with cart.py, and what it was seen doing."""

    root: Path
    model: ScriptedModel
    session: Session
    approver: FixedApprover

    async def ask(self, prompt: str = "total() leaves out the first price. Fix it.") -> list[ev.Event]:
        events = [event async for event in self.session.ask(Ask(prompt))]
        assert isinstance(events[0], ev.TurnStarted)
        assert isinstance(events[-1], ev.TurnEnded)
        self.check_requests()
        return events

    def check_requests(self) -> None:
        for request in self.model.requests:
            assert transcript.problems(request.messages) == []
        assert transcript.problems(self.session.messages) == []

    def cart(self) -> str:
        return (self.root / "cart.py").read_text()


@asynccontextmanager
async def bench(
    root: Path,
    steps: Sequence[Step],
    *,
    allow: bool = True,
    window: int = 32768,
    constraints: Sequence[Constraint] = ("free",),
    **settings: object,
) -> AsyncIterator[Bench]:
    (root / "cart.py").write_text(CART)
    model = ScriptedModel(steps, window=window, in_order=True, constraints=constraints)
    approver = FixedApprover("allow_once" if allow else "deny")
    session = open_session(Settings.model_validate(settings), DiskWorkspace(root), approver, model)
    try:
        yield Bench(root, model, session, approver)
    finally:
        await session.aclose()


def ended(events: list[ev.Event]) -> ev.TurnEnded:
    assert isinstance(events[-1], ev.TurnEnded)
    return events[-1]


def finished(events: list[ev.Event]) -> list[ev.ToolFinished]:
    return [event for event in events if isinstance(event, ev.ToolFinished)]


def calling(*calls: object, text: str = "") -> Step:
    return Step(text=text, tool_calls=calls)


FIX = "total() in cart.py leaves out the first price. Fix it."
DONE = Step(text="total() sums all prices now.")
WORK = [calling(READ), calling(PATCH), DONE]
CODE = "Here is the updated code for `cart.py`:\n\n```py\nreturn sum(prices)\n```"


def corrected(events: list[ev.Event]) -> list[str]:
    """The kinds of the replies that were no progress."""
    return [event.kind for event in events if isinstance(event, ev.ReplyCorrected)]


def told(b: Bench, request: int) -> Message:
    """The newest message of a request."""
    return b.model.requests[request].messages[-1]


def said(b: Bench) -> list[str]:
    """The texts of the history, from the user's request on."""
    return [message.content for message in b.session.messages[1:]]
