"""Carry out the calls of one reply: judge each, ask where asking is due, run it, tell what came of it."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import replace

from pydantic import ValidationError

from .. import events as ev
from ..core.shorten import shorten
from ..core.signature import signature
from ..errors import OutsideWorkspace, PermissionDenied, SmallCodeError
from ..governors.base import Allow, Ask, Refuse, Reuse, Stop, Verdict
from ..messages import FileDiff, Message, ToolCall, ToolResult
from ..ports import PermissionRequest, PlannedCall
from ..tools.base import Arguments, Tool, ToolOutput
from .stream import Reply
from .turn import TurnState

log = logging.getLogger(__name__)

FAILED = "Error: "

RETRIEVING = ("read", "search", "code_intel")
"""Categories of tools whose results are accounted for as what looking for code costs."""

AFTER_A_FAILURE = (
    "This call did not run, because {name} before it in the same reply failed. Look at that result first, "
    "then "
    "call this again if it is still right."
)
AFTER_UNREADABLE = (
    "This call did not run, because another call of the same reply could not be read and may have had to "
    "come "
    "first. Call that one again, then this."
)


async def carry_out(turn: TurnState, reply: Reply) -> AsyncGenerator[ev.Event, None]:
    """Run the calls in order and append a result for each.

    After a call that failed, and after the place of one that could not be read, only pure calls run: the
    others were written in the belief that what comes before them works. They get a result that says so.
    ``reply.valid`` is how many calls had a tool and arguments that fit, ``reply.forms`` the forms of those
    that had not. A governor's Stop leaves the rest unrun and sets ``turn.stop_reason``; the loop then closes
    the transcript.
    """
    failed = ""
    for number, call in enumerate(reply.calls):
        tool = turn.by_name(call.name)
        arguments, complaint = _validate(tool, call)
        yield _started(call, tool, arguments)
        if tool is None or arguments is None:
            result = ToolResult(call.id, False, complaint)
            reply.forms = "\n".join(filter(None, [reply.forms, signature(tool.schema) if tool else ""]))
        elif not tool.pure and (failed or number >= reply.sound):
            result = ToolResult(
                call.id, False, AFTER_A_FAILURE.format(name=failed) if failed else AFTER_UNREADABLE
            )
        else:
            reply.valid += 1
            turn.offering.called(tool, turn.tools)
            result = await _judge_and_run(turn, tool, call, arguments)
        turn.usage += turn.side_usage()
        result = _plainly(tool, result)
        if not result.ok and not failed:
            failed = call.name
        last = number == len(reply.calls) - 1
        content = "\n\n".join([result.content, *reply.problems]) if last else result.content
        turn.messages.append(Message("tool", content, tool_call_id=call.id))
        yield _finished(call, result)
        if turn.stop_reason == "stopped":
            return


def _plainly(tool: Tool | None, result: ToolResult) -> ToolResult:
    """A failure that begins with the word: the wire has no other sign of it, and a model that overlooks one
    goes on as if all were well. A command's output begins with its exit status."""
    if result.ok or (tool is not None and tool.category == "run") or result.content.startswith(FAILED):
        return result
    return replace(result, content=f"{FAILED}{result.content}")


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
        return None, f"{tool.name} did not run: {found}. Its form: {signature(tool.schema)}"


async def _judge_and_run(turn: TurnState, tool: Tool, call: ToolCall, arguments: Arguments) -> ToolResult:
    try:
        arguments = await tool.prepare(turn.context, arguments) if tool.prepare else arguments
    except SmallCodeError as error:
        return ToolResult(call.id, False, str(error))
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
                turn.progress.refused = True
                return ToolResult(
                    call.id,
                    False,
                    f"The user did not allow this: {request.title}. Do it in another way, or ask.",
                )
    result = await _run(turn, tool, call, arguments)
    _note(turn, tool, arguments, permission, result)
    hints = [hint for governor in turn.governors if (hint := governor.after_call(planned, result))]
    return replace(result, content="\n".join([result.content, *hints])) if hints else result


def _note(
    turn: TurnState,
    tool: Tool,
    arguments: Arguments,
    permission: PermissionRequest | None,
    result: ToolResult,
) -> None:
    """Count what a call did."""
    path = str(getattr(arguments, "path", ""))
    turn.progress.note(tool, path, permission.subject if permission else "", result)
    read = []
    if tool.category == "read" and result.ok and path:
        with suppress(OutsideWorkspace):
            read.append(turn.context.workspace.locate(path))
    if tool.category in RETRIEVING:
        turn.context.retrieval.note(tool.name, turn.context.budget.measure(result.content), ok=result.ok)
    turn.files.note(read=read, changed=[diff.path for diff in result.diffs], found=result.found)


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
        turn.progress.refused |= isinstance(error, PermissionDenied)
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
