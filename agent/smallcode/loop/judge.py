"""What the governors say of one call, and the carrying out of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Literal

from .. import events as ev
from ..core.shorten import shorten
from ..errors import OutsideWorkspace, SmallCodeError
from ..governors.base import Allow, Ask, Consult, Governor, Refuse, Reuse, Stop, Verdict
from ..messages import ToolCall, ToolResult
from ..ports import PlannedCall
from ..tools.base import Arguments, Tool
from .consult import consult
from .ends import stopped
from .turn import TurnState

DETAIL_CHARS = 300


@dataclass(slots=True)
class Judgement:
    """``result`` is what the call came to without having run, None where it may run; ``refused`` that it was
    not let through, ``spare`` that it was a governor who did not, so that the transcript loses nothing
    without the call. ``told`` are the events for those who watch."""

    planned: PlannedCall
    result: ToolResult | None = None
    refused: bool = False
    spare: bool = False
    told: list[ev.Event] = field(default_factory=list)


async def judge(turn: TurnState, tool: Tool, call: ToolCall, arguments: Arguments) -> Judgement:
    """Ask the governors in their order; the first verdict that is not Allow wins. Sets ``turn.stop_reason``
    where the turn ends here."""
    planned = await _plan(turn, tool, call, arguments)
    found = Judgement(planned)
    governor, verdict = _first_verdict(turn, planned)
    match verdict:
        case Refuse(why):
            found.told.append(_told(governor, "refuse", why))
            found.refused = found.spare = True
            found.result = ToolResult(call.id, False, why)
        case Reuse(result, note):
            found.told.append(_told(governor, "reuse", note or result.content))
            found.planned = replace(planned, reused=True)
            result = replace(result, call_id=call.id)
            hints = await advise(turn, found.planned, result, found.told)
            content = "\n".join(filter(None, [result.content, note, *hints]))
            found.result = replace(result, content=content)
        case Stop(why, take_back):
            found.told.append(_told(governor, "stop", why))
            turn.take_back_due = take_back
            stopped(turn, why)
            found.result = ToolResult(call.id, False, why)
        case Ask(request):
            if await turn.approver.ask(request) == "deny":
                turn.progress.refused = found.refused = True
                for one in turn.governors:
                    one.denied(planned)
                why = f"The user did not allow this: {request.title}. Do it in another way, or ask."
                found.result = ToolResult(call.id, False, why)
    return found


async def advise(
    turn: TurnState, planned: PlannedCall, result: ToolResult, told: list[ev.Event]
) -> list[str]:
    """What the governors have to say after a result, each with an event."""
    version = await _version(turn, planned.path) if planned.category == "write" else planned.version
    planned = replace(planned, revision=turn.context.workspace.revision, version=version)
    hints = []
    for governor in turn.governors:
        advice = governor.after_call(planned, result)
        action: Literal["hint", "consult"] = "hint"
        if isinstance(advice, Consult):
            action, advice = "consult", await consult(turn, advice)
        if advice:
            hints.append(advice)
            told.append(_told(governor, action, advice))
    return hints


async def _plan(turn: TurnState, tool: Tool, call: ToolCall, arguments: Arguments) -> PlannedCall:
    permission = tool.permission(arguments) if tool.permission else None
    workspace = turn.context.workspace
    named, path = str(getattr(arguments, "path", "")), ""
    if named:
        with suppress(OutsideWorkspace):
            path = workspace.locate(named)
    version = await _version(turn, path)
    return PlannedCall(
        call,
        tool.category,
        tool.pure,
        permission,
        core=tool.core,
        path=path,
        version=version,
        command=permission.subject if permission and permission.kind == "shell" else "",
        stamp=f"{turn.progress.writes}.{workspace.revision}.{version}",
        revision=workspace.revision,
        in_sight=turn.in_sight(),
    )


async def _version(turn: TurnState, path: str) -> str:
    """Of a file, "" where there is none to read. What another program wrote is seen in it, too."""
    if not path:
        return ""
    try:
        return (await turn.context.workspace.read(path)).version
    except SmallCodeError:
        return ""


def _first_verdict(turn: TurnState, planned: PlannedCall) -> tuple[Governor | None, Verdict]:
    for governor in turn.governors:
        verdict = governor.before_call(planned)
        if not isinstance(verdict, Allow):
            return governor, verdict
    return None, Allow()


def _told(
    governor: Governor | None, action: Literal["hint", "reuse", "refuse", "consult", "stop"], detail: str
) -> ev.Event:
    name = governor.name if governor else ""
    return ev.Governed(governor=name, action=action, detail=shorten(detail.strip(), DETAIL_CHARS))
