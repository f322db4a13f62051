"""What the project is made with, in the first request of a conversation."""

from __future__ import annotations

from ...core.gathered import Gathered
from ...ecosystems import FEATURE, render
from .base import NOTHING, Found, Request, Source


async def _look(request: Request) -> Found:
    if not request.first or request.project is None:
        return NOTHING
    text = render(await request.project.facts(), request.context.budget.room("project"))
    return Found(Gathered(project=text))


PROJECT = Source("project", FEATURE, _look, seconds=2.0)
