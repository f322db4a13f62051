"""Calls that change nothing and tell nothing new, whatever they are."""

from __future__ import annotations

from ..core.novelty import is_new, lines_of
from ..messages import ToolResult
from ..ports import PlannedCall
from .base import Allow, Given, Governor, Stop, Verdict

TOLD_AT, TOLD_AGAIN_AT, STOPPED_AT = 4, 7, 10
"""Calls in a row without news, at which the model is told, told again, and stopped."""

TOLD = "[The last {count} calls changed nothing and told nothing that you have not seen. {way}]"
STOPPED = "The model's last {count} calls changed nothing and told nothing new, although it was told so."


class NoProgress(Governor):
    """Goes by lines: a result is news that has lines which no other has that stands in the prompt.

    Repetitions of one call are known earlier and better to RepeatedCalls; this is for calls that take turns
    in telling the same.
    """

    name = "no progress"

    def __init__(self, given: Given | None = None) -> None:
        super().__init__(given)
        self._seen: dict[str, frozenset[int]] = {}
        self._stale = 0

    def before_call(self, planned: PlannedCall) -> Verdict:
        if self._stale >= STOPPED_AT:
            return Stop(STOPPED.format(count=self._stale))
        return Allow()

    def after_call(self, planned: PlannedCall, result: ToolResult) -> str:
        lines = lines_of(result.content)
        seen = {mark for call_id in planned.in_sight for mark in self._seen.get(call_id, ())}
        news = bool(result.diffs) or is_new(lines, seen)
        if result.diffs:
            # What was seen of the files is not what they hold now: to look again is work.
            self._seen.clear()
        self._seen[result.call_id] = lines
        self._stale = 0 if news else self._stale + 1
        if self._stale not in (TOLD_AT, TOLD_AGAIN_AT):
            return ""
        writers = " or ".join(self.given.writers)
        act = f"make a change with {writers}, " if self.given.task.wants_change and writers else ""
        return TOLD.format(
            count=self._stale, way=f"Do something else: {act}look in another file, or answer now."
        )
