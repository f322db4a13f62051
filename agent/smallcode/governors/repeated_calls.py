"""The same call again and again: the result with a word, another way, a refusal, and the end of the turn."""

from __future__ import annotations

from ..core.looping import REFUSED_AT, Loops, Repeatable
from ..messages import ToolResult
from ..ports import PlannedCall
from .base import Allow, Given, Governor, Refuse, Reuse, Stop, Verdict

SAME = "[This is the same call as before and it told nothing new. Do not repeat it. {way}]"
OTHER_WAY = "[The same call for the {time} time, and nothing new. Another way: {way}]"
REFUSED = (
    "This call did not run: the same call was made {times} already, nothing was changed since, and its "
    "result was the same ({first}). {way}"
)
DONE_ALREADY = (
    "This call did not run again: the very same change was already made ({first}). {way} If it is really "
    "wanted twice, make one change that holds both."
)
DONE_BEFORE = "[This very change was made before and stands in the file; it was not made again.]"
STOPPED = (
    "The model made the same call {time} times ({call}), although nothing was changed in between and it was "
    "told so."
)

NOT_ALLOWED = "the user did not allow it"

FIRST_CHARS = 80
_TIMES = ("", "first", "second", "third", "fourth", "fifth")


class RepeatedCalls(Governor):
    """Which calls are the same, and how often they may come, core.looping knows."""

    name = "repeated calls"

    def __init__(self, given: Given | None = None) -> None:
        super().__init__(given)
        self._loops = Loops()

    @property
    def temperature_shift(self) -> float:
        return self._loops.warmth

    def before_call(self, planned: PlannedCall) -> Verdict:
        step, time, first = self._loops.before(_repeatable(planned), planned.revision, planned.in_sight)
        if len(first) > FIRST_CHARS:
            first = f"{first[:FIRST_CHARS]}…"
        match step:
            case "stop":
                return Stop(STOPPED.format(time=time, call=_named(planned)))
            case "refuse":
                return Refuse(
                    REFUSED.format(
                        times="once" if time == 2 else f"{time - 1} times",
                        first=first,
                        way=self._way(planned, time),
                    )
                )
            case "done before":
                return Reuse(ToolResult(planned.call.id, True, first), DONE_BEFORE)
            case "done already":
                return Refuse(DONE_ALREADY.format(first=first, way=self._way(planned, time)))
        return Allow()

    def after_call(self, planned: PlannedCall, result: ToolResult) -> str:
        step, time = self._loops.after(
            _repeatable(planned),
            result.call_id,
            result.content,
            changed=bool(result.diffs),
            revision=planned.revision,
        )
        if step == "other way":
            return OTHER_WAY.format(time=_TIMES[min(time, 5)], way=self._way(planned, time, ok=result.ok))
        if step == "same" and not planned.reused:
            return SAME.format(way=self._way(planned, time, ok=result.ok))
        return ""

    def denied(self, planned: PlannedCall) -> None:
        self._loops.deny(_repeatable(planned), NOT_ALLOWED)

    def _way(self, planned: PlannedCall, time: int, *, ok: bool = True) -> str:
        """What to do instead, as one order."""
        writers = " or ".join(self.given.writers)
        acts = self.given.task.wants_change and writers
        if planned.category == "write":
            return "Go on with what is left of the request, check it, or answer."
        if planned.category == "run" and not ok:
            return "Its output says what is wrong: read the file that it names and change that."
        if planned.category == "run":
            return "Take the next step of the request, or answer."
        if time >= REFUSED_AT and acts:
            return f"Make the change now with {writers}, or say what keeps you from it."
        if time > 2:
            return "look for another word with search, read another file, or act on what you know."
        return f"Act on what it shows{f' with {writers}' if acts else ''}, or answer."


def _repeatable(planned: PlannedCall) -> Repeatable:
    return Repeatable(
        planned.call.name,
        planned.call.arguments,
        planned.path,
        changes=planned.category == "write",
        command=planned.command,
        version=planned.version,
    )


def _named(planned: PlannedCall) -> str:
    about = planned.path or planned.command.strip().partition("\n")[0][:FIRST_CHARS]
    return f"{planned.call.name} {about}".strip()
