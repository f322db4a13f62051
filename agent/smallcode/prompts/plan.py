"""The steps of a request that is written in prose."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.plan import MOST_STEPS
from ..core.plan.lists import numbered
from ..core.shorten import shorten
from ..messages import Message
from .base import Asker, MicroPrompt

SYSTEM = f"""\
You take a request to a programmer apart into steps. Answer with a numbered list of 2 to {MOST_STEPS} \
lines and with nothing else. Each line is one thing to do, beginning with a verb: read, change, create or \
run; with the names of its files as far as the request gives them. Leave out what the request does not ask \
for."""

REQUEST_CHARS = 4000


def _render(request: str) -> Sequence[Message]:
    return (Message("system", SYSTEM), Message("user", f"The request:\n{shorten(request, REQUEST_CHARS)}"))


def _parse(reply: str) -> tuple[str, ...]:
    lines = numbered(reply)
    if not lines:
        raise ValueError("It has no numbered list of two lines at least.")
    return tuple(lines)


def _no_plan(_request: str) -> tuple[str, ...]:
    return ()


PLAN: MicroPrompt[str, tuple[str, ...]] = MicroPrompt(
    name="plan",
    render=_render,
    parse=_parse,
    fallback=_no_plan,
    timeout_s=20.0,
    attempts=1,
    max_tokens=256,
)


class PlanDrawer:
    """Asks for the steps beside the turn. Whoever uses them takes only those that say what to do."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker

    async def draw(self, request: str) -> tuple[str, ...]:
        return await self._asker.ask(PLAN, request)
