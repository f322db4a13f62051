"""A task that asks for a change, and a model that only looks."""

from __future__ import annotations

from ..core.reply.commands import only_looks
from ..messages import ToolResult
from ..ports import PlannedCall
from .base import Allow, Given, Governor, Refuse, Verdict

NUDGED_AT, ACT_AT = 5, 8
"""Looks in a row without an act, after which the model is reminded, and after which it is to act: the next
look is refused, once."""

NUDGE = (
    "[{count} looks in a row without a change. The request asks for one: if you know the place, make the "
    "change now with {writers}.]"
)
ACT = (
    "This call did not run: {count} looks in a row without a change. Act on what you have seen: make the "
    "change with {writers}. If one thing is still missing, call this again and it will run."
)


class ReadingOn(Governor):
    """A change, a test or any other command that does more than look is an act. The refused look runs when
    it comes again: a task that needs more looks than most is not made impossible."""

    name = "reading without acting"

    def __init__(self, given: Given | None = None) -> None:
        super().__init__(given)
        self._looks = 0
        self._told = False

    def before_call(self, planned: PlannedCall) -> Verdict:
        if not self._applies or self._told or self._looks < ACT_AT or not _looks(planned):
            return Allow()
        self._told = True
        return Refuse(ACT.format(count=self._looks, writers=" or ".join(self.given.writers)))

    def after_call(self, planned: PlannedCall, result: ToolResult) -> str:
        if not _looks(planned):
            self._looks, self._told = 0, False
            return ""
        self._looks += 1
        if not self._applies or self._looks != NUDGED_AT:
            return ""
        return NUDGE.format(count=self._looks, writers=" or ".join(self.given.writers))

    @property
    def _applies(self) -> bool:
        return self.given.task.wants_change and bool(self.given.writers)


def _looks(planned: PlannedCall) -> bool:
    return planned.pure or (planned.category == "run" and only_looks(planned.command))
