"""Carry out the calls of one reply: judge each, ask where asking is due, run it, tell what came of it."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator
from dataclasses import replace

from pydantic import ValidationError

from .. import events as ev
from ..core.shorten import shorten
from ..errors import SmallCodeError
from ..governors.base import Allow, Ask, Refuse, Reuse, Stop, Verdict
from ..messages import FileDiff, Message, ToolCall, ToolResult
from ..ports import PlannedCall
from ..tools.base import Arguments, Tool, ToolOutput
from .reply import Reply
from .turn import TurnState

log = logging.getLogger(__name__)


async def carry_out(turn: TurnState, reply: Reply) -> AsyncGenerator[ev.Event, None]:
    """Run the calls in order and append a result for each. A governor's Stop leaves the rest unrun and
    sets ``turn.stop_reason``; the loop then closes the transcript."""
    for number, call in enumerate(reply.calls):
        tool = turn.by_name(call.name)
        arguments, complaint = _validate(tool, call)
        yield _started(call, tool, arguments)
        if tool is None or arguments is None:
            result = ToolResult(call.id, False, complaint)
        else:
            result = await _judge_and_run(turn, tool, call, arguments)
        turn.usage += turn.side_usage()
        last = number == len(reply.calls) - 1
        content = "\n\n".join([result.content, *reply.problems]) if last else result.content
        turn.messages.append(Message("tool", content, tool_call_id=call.id))
        for diff in result.diffs:
            if diff.path not in turn.files_changed:
                turn.files_changed.append(diff.path)
        yield _finished(call, result)
        if turn.stop_reason == "stopped":
            return


def _validate(tool: Tool | None, call: ToolCall) -> tuple[Arguments | None, str]:
    """The arguments as the tool's own type, or a line that says what is wrong with them."""
    if tool is None:
        return None, f"There is no tool {call.name}."
    try:
        return tool.arguments.model_validate(dict(call.arguments)), ""
    except ValidationError as error:
        found = "; ".join(
            f"{'.'.join(str(part) for part in row['loc'])}: {row['msg'].lower()}"
            for row in error.errors(include_url=False, include_context=False, include_input=False)
        )
        takes = ", ".join(
            name if field.is_required() else f"{name} (optional)"
            for name, field in tool.arguments.model_fields.items()
        )
        return None, f"{tool.name} did not run: {found}. It takes {takes}."


async def _judge_and_run(turn: TurnState, tool: Tool, call: ToolCall, arguments: Arguments) -> ToolResult:
    permission = tool.permission(arguments) if tool.permission else None
    planned = PlannedCall(call, tool.category, tool.pure, permission)
    verdict = _first_verdict(turn, planned)
    match verdict:
        case Refuse(why):
            return ToolResult(call.id, False, why)
        case Reuse(result):
            return replace(result, call_id=call.id)
        case Stop(why, take_back):
            turn.stop_reason = "stopped"
            turn.take_back_due = take_back
            turn.error = ev.ErrorInfo(code="Stopped", message=why)
            return ToolResult(call.id, False, why)
        case Ask(request):
            if await turn.approver.ask(request) == "deny":
                return ToolResult(
                    call.id,
                    False,
                    f"The user did not allow this: {request.title}. Do it in another way, or ask.",
                )
    result = await _run(turn, tool, call, arguments)
    hints = [hint for governor in turn.governors if (hint := governor.after_call(planned, result))]
    return replace(result, content="\n".join([result.content, *hints])) if hints else result


def _first_verdict(turn: TurnState, planned: PlannedCall) -> Verdict:
    for governor in turn.governors:
        verdict = governor.before_call(planned)
        if not isinstance(verdict, Allow):
            return verdict
    return Allow()


async def _run(turn: TurnState, tool: Tool, call: ToolCall, arguments: Arguments) -> ToolResult:
    """The one place with a broad except: a bug in a tool costs its call, not the turn."""
    try:
        output = await tool.run(turn.context, arguments)
    except SmallCodeError as error:
        output = ToolOutput(str(error), ok=False)
    except Exception:
        log.exception("the tool %s failed", tool.name)
        output = ToolOutput(f"{tool.name} failed by a fault of its own. Try another way.", ok=False)
    # A tool caps its own result; this wider bound is for one that forgets.
    content = shorten(output.content, 2 * turn.context.settings.max_result_chars)
    return ToolResult(
        call.id,
        output.ok,
        content,
        diffs=output.diffs,
        problems=output.problems,
        missed=output.missed,
        found=output.found,
    )


def _started(call: ToolCall, tool: Tool | None, arguments: Arguments | None) -> ev.ToolStarted:
    title = tool.title(arguments) if tool is not None and tool.title and arguments is not None else call.name
    return ev.ToolStarted(
        call_id=call.id,
        name=call.name,
        title=title,
        kind=tool.category if tool is not None else "respond",
        arguments=dict(call.arguments),
        repairs=list(call.repairs),
    )


def _finished(call: ToolCall, result: ToolResult) -> ev.ToolFinished:
    return ev.ToolFinished(
        call_id=call.id,
        name=call.name,
        status="completed" if result.ok else "failed",
        content=result.content,
        diffs=[_diff_info(diff) for diff in result.diffs],
    )


def _diff_info(diff: FileDiff) -> ev.DiffInfo:
    return ev.DiffInfo(path=diff.path, diff=diff.diff, kind=diff.kind)
