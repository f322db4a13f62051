"""smallcode/command: one table of commands, for every frontend's prompt.

A command is an entry of ``TABLE``; ``help`` and the error for an unknown name read the same table.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from smallcode.core.reports import budget_text, usage_text
from smallcode.core.retrieval import render_retrieval
from smallcode.errors import SmallCodeError

from .. import wire
from ..requests import parse, request
from ..server import SmallCodeServer
from .sessions import session_infos, undo_turn
from .status import current


@dataclass(frozen=True, slots=True)
class Command:
    summary: str
    run: Callable[[SmallCodeServer, dict[str, Any]], Awaitable[wire.CommandResult]]


@request(wire.CommandParams)
async def command(ls: SmallCodeServer, params: wire.CommandParams) -> wire.CommandResult:
    entry = TABLE.get(params.name)
    if entry is None:
        raise SmallCodeError(f"There is no command {params.name}.", f"There are: {', '.join(TABLE)}.")
    return await entry.run(ls, params.args)


async def help_(ls: SmallCodeServer, args: dict[str, Any]) -> wire.CommandResult:
    rows = {name: entry.summary for name, entry in TABLE.items()}
    return wire.CommandResult(
        text="\n".join(f"- `{name}`: {summary}" for name, summary in rows.items()), data=dict(rows)
    )


async def status(ls: SmallCodeServer, args: dict[str, Any]) -> wire.CommandResult:
    now = await current(ls, parse(wire.StatusParams, args).session_id)
    window = f"{now.window:,} tokens ({now.window_source})" if now.window else "unknown"
    if now.asked_window is not None and now.asked_window != now.window:
        window += f"; {now.asked_window:,} were asked for"
    lines = [
        f"- model: {now.model or 'not known yet'}",
        f"- server: {now.endpoint or 'none found'} ({now.health})",
        f"- window: {window}",
        f"- turns under way: {now.running_turns}, sessions: {now.sessions}",
    ]
    if now.problem:
        lines.append(f"- problem: {now.problem}")
    return wire.CommandResult(text="\n".join(lines), data=now.model_dump(mode="json", by_alias=True))


async def budget(ls: SmallCodeServer, args: dict[str, Any]) -> wire.CommandResult:
    now = await current(ls, parse(wire.StatusParams, args).session_id)
    if now.budget is None:
        return wire.CommandResult(text="Nothing was sent to the model yet in this session.")
    return wire.CommandResult(
        text=f"```\n{budget_text(now.budget)}\n```", data=now.budget.model_dump(mode="json", by_alias=True)
    )


async def tokens(ls: SmallCodeServer, args: dict[str, Any]) -> wire.CommandResult:
    asked = parse(wire.StatusParams, args)
    now = await current(ls, asked.session_id)
    hub = ls.ready()
    session = hub.session(asked.session_id) if asked.session_id or hub.sessions else None
    rows = [("last turn", now.last_usage), ("session", now.session_usage)]
    told = {name: usage for name, usage in rows if usage is not None and usage.requests}
    if session is None or not told:
        return wire.CommandResult(text="Nothing was sent to the model yet in this session.")
    looked = render_retrieval(session.retrieval)
    lines = [usage_text(name, usage) for name, usage in told.items()]
    lines += [f"looking for code:\n{looked}"] if looked else []
    return wire.CommandResult(
        text="\n".join(["```", *lines, "```"]),
        data={name: usage.model_dump(mode="json", by_alias=True) for name, usage in told.items()},
    )


async def stop(ls: SmallCodeServer, args: dict[str, Any]) -> wire.CommandResult:
    stopped = stop_turns(ls, parse(wire.StatusParams, args).session_id)
    return wire.CommandResult(
        text="Stopped." if stopped else "No turn is under way.", data={"stopped": stopped}
    )


def stop_turns(ls: SmallCodeServer, session_id: str | None) -> int:
    """End the turn of a session, or of every session where none is named; returns how many. Raises
    UnknownSession."""
    hub = ls.ready()
    chosen = [hub.session(session_id)] if session_id else list(hub.sessions.values())
    return sum(session.cancel() for session in chosen)


async def undo(ls: SmallCodeServer, args: dict[str, Any]) -> wire.CommandResult:
    report = await undo_turn(ls, parse(wire.UndoParams, args))
    return wire.CommandResult(text=undo_text(report), data=report.model_dump(mode="json", by_alias=True))


def undo_text(report: wire.UndoResult) -> str:
    """The outcome of an undo, for people."""
    lines = [f"- restored {path}" for path in report.files_restored]
    for conflict in report.conflicts:
        lines.append(f"- {conflict.path} was left as it is: {conflict.reason}")
        if conflict.diff:
            lines.append(f"\n```diff\n{conflict.diff.rstrip()}\n```\n")
    return "\n".join(lines) or "There is nothing to undo."


async def sessions(ls: SmallCodeServer, args: dict[str, Any]) -> wire.CommandResult:
    infos = session_infos(ls)
    lines = [f"- `{info.session_id}` {info.title or '(empty)'}, {info.turns} turns" for info in infos]
    return wire.CommandResult(
        text="\n".join(lines) or "There is no session yet.",
        data=wire.SessionListResult(sessions=infos).model_dump(mode="json", by_alias=True),
    )


TABLE = {
    "help": Command("what can be asked of the server", help_),
    "status": Command("model, server, window and what is under way", status),
    "budget": Command("what the newest prompt takes of the window, part by part", budget),
    "tokens": Command("what was read and written, and how much of it came from the cache", tokens),
    "stop": Command("end the turn under way", stop),
    "undo": Command("take back the edits of the last turn", undo),
    "sessions": Command("the conversations of this editor, the newest first", sessions),
}
