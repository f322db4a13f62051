"""The plan of a turn: drawn up, heard, moved forward and, where it stands in a file, ticked off there."""

from __future__ import annotations

from .. import events as ev
from ..core.file_list import named_files
from ..core.plan import (
    FEATURE,
    Evidence,
    Plan,
    batches,
    begun,
    draw_up,
    may_be_ticked,
    named_todo,
    plan_of_lines,
    plan_of_text,
    plan_of_todo,
    said,
    ticked,
)
from ..core.reply.commands import only_looks, writes
from ..core.textdiff import apply_edits
from ..errors import SmallCodeError
from ..messages import Edit, ToolResult
from ..tools.base import Tool
from .stream import Reply
from .turn import TurnState


async def begin(turn: TurnState) -> list[ev.Event]:
    """Find the plan of the request: what an earlier turn left, a file of tasks, or its own list. Where its
    prose has several steps, the first request asks the model for one."""
    planning, task = turn.planning, turn.task
    if FEATURE in turn.context.settings.disable:
        planning.earlier = None
        return []
    todo = await _from_file(turn, named_todo(task.prompt))
    means = begun(planning.earlier, task)
    if todo is not None:
        planning.plan = todo
    elif means == "continue":
        planning.plan = await _continued(turn, planning.earlier)
    else:
        drawn = draw_up(task)
        planning.plan = drawn.plan
        planning.wanted = drawn.worth_asking
    if means == "replace":
        planning.earlier = None
    return _updates(turn)


def heard(turn: TurnState, reply: Reply) -> list[ev.Event]:
    """A plan that the model writes before its first call, or its word that a step is done."""
    planning = turn.planning
    if FEATURE in turn.context.settings.disable:
        return []
    planning.asked |= planning.wanted
    planning.wanted = False
    first = not turn.progress.acted
    found = plan_of_text(reply.text, turn.task.prompt) if first and (reply.calls or planning.asked) else None
    planning.came = found is not None and not reply.calls
    if planning.plan is None:
        planning.plan = found
    else:
        planning.plan = said(planning.plan, reply.text)
    return _updates(turn)


def note(turn: TurnState, tool: Tool, read: list[str], command: str, result: ToolResult) -> None:
    """What one call has done for the plan. A command that writes is taken to have changed the files that it
    names: nobody has seen what it did."""
    planning = turn.planning
    broken = {problem.path for problem in result.problems}
    changed = [(diff.path, diff.diff) for diff in result.diffs if diff.path not in broken]
    if command and result.ok and writes(command):
        planning.blind = True
        changed += [(name, command) for name in named_files(command)]
    looks = not command or only_looks(command)
    looked = result.ok and looks and tool.category in ("read", "search", "run")
    planning.note(Evidence(tuple(read), looked, tuple(changed), "" if looks else command, result.ok))


async def settle(turn: TurnState) -> list[ev.Event]:
    """After the calls of a reply: ask for a plan beside the turn if the model wrote none, tick off what is
    done, and tell those who watch."""
    planning = turn.planning
    draw, planning.draw = planning.draw, None
    if planning.asked and planning.plan is None and draw is not None:
        planning.adopt(plan_of_lines(await draw(turn.task.prompt), turn.task.prompt))
    events = await _tick(turn)
    plan = planning.plan
    if plan is not None and plan.source == "todo" and plan.current is None:
        following = await _from_file(turn, plan.path)
        if following is not None and planning.ticked is not None:
            planning.plan, planning.ticked = following, set()
    return [*events, *_updates(turn)]


def _updates(turn: TurnState) -> list[ev.Event]:
    """What those who watch do not know yet of the plan."""
    planning = turn.planning
    if planning.plan is None or planning.plan == planning.told:
        return []
    planning.told = planning.plan
    return [plan_event(planning.plan)]


def plan_event(plan: Plan) -> ev.PlanUpdated:
    steps = [
        ev.PlanStep(
            text=step.text,
            status="done" if step.done else "current" if index == plan.current else "open",
            batch=batch,
        )
        for index, (step, batch) in enumerate(zip(plan.steps, batches(plan.steps), strict=True))
    ]
    return ev.PlanUpdated(steps=steps, source=plan.source)


async def _from_file(turn: TurnState, path: str | None) -> Plan | None:
    """None also where the file cannot be read: the model will find that out, and has its tools for it."""
    if path is None:
        return None
    try:
        text = await turn.context.workspace.read(path)
    except SmallCodeError:
        return None
    return plan_of_todo(text.path, text.content)


async def _continued(turn: TurnState, earlier: Plan | None) -> Plan | None:
    """A file of tasks is read again: the user may have gone on with it."""
    if earlier is None or earlier.source != "todo":
        return earlier
    return await _from_file(turn, earlier.path)


async def _tick(turn: TurnState) -> list[ev.Event]:
    """Set the marks of the steps that were seen to be done, in the file as it stands now. Once the user does
    not allow it, or it fails, the file is left alone for this turn."""
    planning = turn.planning
    plan, handled = planning.plan, planning.ticked
    if plan is None or plan.source != "todo" or handled is None:
        return []
    due = [n for n, step in enumerate(plan.steps) if may_be_ticked(step) and n not in handled]
    if not due:
        return []
    handled.update(due)
    workspace = turn.context.workspace
    try:
        base = await workspace.read(plan.path)
        edits = ticked(base.content, [plan.steps[n].text for n in due])
        if not edits:
            return []
        for edit in edits:
            line = base.content.count("\n", 0, edit.start) + 1
            workspace.shown(base, line, line)
        await workspace.apply_edit(Edit(base.path, base, edits, apply_edits(base.content, edits)))
    except SmallCodeError as error:
        planning.ticked = None
        return [ev.Notice(level="info", message=f"{plan.path} is not ticked off: {error.message}")]
    if plan.path not in planning.ticked_files:
        planning.ticked_files.append(plan.path)
    return []
