"""Carry out the calls of one reply: judge each, ask where asking is due, run it, tell what came of it."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from pydantic import ValidationError

from .. import events as ev
from ..core.diagnosis import MARK
from ..core.eviction import is_left_out
from ..core.evidence import Outcome as Came
from ..core.exchanges import FAILED
from ..core.shorten import shorten
from ..core.signature import signature
from ..errors import OutsideWorkspace, PermissionDenied, SmallCodeError
from ..features import PARALLEL_READS
from ..messages import FileDiff, ToolCall, ToolResult
from ..tools.base import Arguments, Tool, ToolOutput
from . import planning
from .batches import Prepared, batches, run_together
from .ends import limit_reached
from .judge import Judgement, advise, judge
from .stream import Reply
from .turn import TurnState

log = logging.getLogger(__name__)

RETRIEVING = ("read", "search", "code_intel")
"""Categories of tools whose results are accounted for as what looking for code costs."""

LEFT_OUT = (
    "{tool} did not run: {names} holds the words that stand here for a text which was left out of this "
    "conversation. Write the text itself."
)
AFTER_A_FAILURE = (
    "This call did not run, because {name} before it in the same reply failed. Look at that result first, "
    "then "
    "call this again if it is still right."
)
AFTER_A_STOP = "This call did not run, because the turn was stopped."
AFTER_UNREADABLE = (
    "This call did not run, because another call of the same reply could not be read and may have had to "
    "come "
    "first. Call that one again, then this."
)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of a call; ``judged`` is what the governors said, None where they were not asked; ``ran``
    whether it did."""

    result: ToolResult
    judged: Judgement | None = None
    ran: bool = False

    @property
    def told(self) -> Sequence[ev.Event]:
        return () if self.judged is None else self.judged.told


async def carry_out(turn: TurnState, reply: Reply) -> AsyncGenerator[ev.Event, None]:
    """Run the calls in order and append a result for each. Reads that follow each other run together: all of
    them start, then all finish, in the order of the calls.

    After a call that failed, and after the place of one that could not be read, only pure calls run: the
    others were written in the belief that what comes before them works. They get a result that says so.
    ``reply.valid`` is how many calls had a tool and arguments that fit, ``reply.forms`` the forms of those
    that had not, ``reply.spare`` how many the governors refused. A governor's Stop, or a hard limit, leaves
    the rest unrun and sets ``turn.stop_reason``; the loop then closes the transcript.
    """
    failed = ""
    together = PARALLEL_READS not in turn.context.settings.disable
    for batch in batches(_prepared(turn, reply), together=together):
        if limit_reached(turn):
            return
        turn.calls += len(batch)
        for one in batch:
            yield _started(one.call, one.tool, one.arguments)
        outcomes = await run_together([partial(_outcome, turn, reply, one, failed) for one in batch])
        for one, outcome in zip(batch, outcomes, strict=True):
            result = _plainly(one.tool, await _noted(turn, one, outcome))
            turn.usage += turn.side_usage()
            if not result.ok and not failed:
                failed = one.call.name
            last = one.number == len(reply.calls) - 1
            content = "\n\n".join([result.content, *reply.problems]) if last else result.content
            turn.give(one.call.id, content)
            _remember(turn, one, outcome, result)
            yield _finished(one.call, result)
            for event in outcome.told:
                yield event
        if turn.stop_reason == "stopped":
            return


def _prepared(turn: TurnState, reply: Reply) -> Iterator[Prepared]:
    """Each as its place comes: what it may do is judged then."""
    for number, call in enumerate(reply.calls):
        tool = turn.by_name(call.name)
        yield Prepared(number, call, tool, *_validate(tool, call))


async def _outcome(turn: TurnState, reply: Reply, one: Prepared, failed: str) -> _Outcome:
    """``failed`` is the name of a call before it that failed, "" for none."""
    call, tool = one.call, one.tool
    if tool is None or one.arguments is None:
        reply.forms = "\n".join(filter(None, [reply.forms, signature(tool.schema) if tool else ""]))
        return _Outcome(ToolResult(call.id, False, one.complaint))
    if turn.stop_reason == "stopped":
        return _Outcome(ToolResult(call.id, False, AFTER_A_STOP))
    if not tool.pure and (failed or one.number >= reply.sound):
        why = AFTER_A_FAILURE.format(name=failed) if failed else AFTER_UNREADABLE
        return _Outcome(ToolResult(call.id, False, why))
    reply.valid += 1
    turn.offering.called(tool, turn.tools)
    outcome = await _judge_and_run(turn, tool, call, one.arguments)
    reply.spare += outcome.judged is not None and outcome.judged.spare
    return outcome


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
    stubs = [name for name, value in call.arguments.items() if isinstance(value, str) and is_left_out(value)]
    if stubs:
        return None, LEFT_OUT.format(tool=tool.name, names=", ".join(stubs))
    try:
        return tool.arguments.model_validate(dict(call.arguments)), ""
    except ValidationError as error:
        found = "; ".join(
            f"{'.'.join(str(part) for part in row['loc'])}: {row['msg'].lower()}"
            for row in error.errors(include_url=False, include_context=False, include_input=False)
        )
        return None, f"{tool.name} did not run: {found}. Its form: {signature(tool.schema)}"


async def _judge_and_run(turn: TurnState, tool: Tool, call: ToolCall, arguments: Arguments) -> _Outcome:
    """What the governors said of the call, and what came of it."""
    try:
        arguments = await tool.prepare(turn.context, arguments) if tool.prepare else arguments
    except SmallCodeError as error:
        return _Outcome(ToolResult(call.id, False, str(error)))
    judged = await judge(turn, tool, call, arguments)
    if judged.result is not None:
        return _Outcome(judged.result, judged)
    return _Outcome(await _run(turn, tool, call, arguments), judged, ran=True)


async def _noted(turn: TurnState, one: Prepared, outcome: _Outcome) -> ToolResult:
    """The result as the model is told it. Calls are counted, and the governors told of them, in their order,
    whichever of them ended first."""
    judged, result = outcome.judged, outcome.result
    if not outcome.ran or judged is None or one.tool is None or one.arguments is None:
        return result
    _note(turn, one.tool, one.arguments, judged.planned.command, result)
    hints = await advise(turn, judged.planned, result, judged.told)
    return replace(result, content="\n".join([result.content, *hints])) if hints else result


def _note(
    turn: TurnState,
    tool: Tool,
    arguments: Arguments,
    command: str,
    result: ToolResult,
) -> None:
    """Count what a call did."""
    path = str(getattr(arguments, "path", ""))
    turn.progress.note(tool, path, command, result)
    read = []
    if tool.category == "read" and result.ok and path:
        with suppress(OutsideWorkspace):
            read.append(turn.context.workspace.locate(path))
    if tool.category in RETRIEVING:
        turn.context.retrieval.note(tool.name, turn.context.budget.measure(result.content), ok=result.ok)
    turn.files.note(read=read, changed=[diff.path for diff in result.diffs], found=result.found)
    planning.note(turn, tool, read, command, result)


def _remember(turn: TurnState, one: Prepared, outcome: _Outcome, result: ToolResult) -> None:
    """Keep what was tried and what came of it; of a failure, what the diagnosis says is worth more than how
    the output begins."""
    refused = outcome.judged is not None and outcome.judged.refused
    came: Came = "worked" if result.ok else "refused" if refused else "failed"
    lines = [] if result.ok else result.content.removeprefix(FAILED).splitlines()
    why = next((line.removeprefix(MARK) for line in lines if line.startswith(MARK)), "\n".join(lines))
    title = _title(one.call, one.tool, one.arguments)
    turn.evidence.note(turn.ask.prompt, title, came, why, look=one.tool is not None and one.tool.pure)


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
    return ev.ToolStarted(
        call_id=call.id,
        name=call.name,
        title=_title(call, tool, arguments),
        kind=tool.category if tool is not None else "respond",
        arguments=dict(call.arguments),
        repairs=list(call.repairs),
    )


def _title(call: ToolCall, tool: Tool | None, arguments: Arguments | None) -> str:
    return tool.title(arguments) if tool is not None and tool.title and arguments is not None else call.name


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
