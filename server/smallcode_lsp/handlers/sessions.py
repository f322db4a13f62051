"""smallcode/session/new, smallcode/session/list and smallcode/undo."""

from __future__ import annotations

from smallcode.adapters.undolog import UndoReport

from .. import wire
from ..requests import request
from ..server import SmallCodeServer


@request(wire.Nothing)
async def new(ls: SmallCodeServer, params: wire.Nothing) -> wire.SessionNewResult:
    return wire.SessionNewResult(session_id=ls.ready().open_session().id)


@request(wire.Nothing)
async def list_sessions(ls: SmallCodeServer, params: wire.Nothing) -> wire.SessionListResult:
    return wire.SessionListResult(sessions=session_infos(ls))


def session_infos(ls: SmallCodeServer) -> list[wire.SessionInfo]:
    """The sessions of this server, the one used last in front."""
    return [
        wire.SessionInfo(session_id=session.id, title=session.title, turns=session.turns, busy=session.busy)
        for session in reversed(ls.ready().sessions.values())
    ]


@request(wire.UndoParams)
async def undo(ls: SmallCodeServer, params: wire.UndoParams) -> wire.UndoResult:
    return await undo_turn(ls, params)


async def undo_turn(ls: SmallCodeServer, params: wire.UndoParams) -> wire.UndoResult:
    """Take back a turn's edits, through the editor where a buffer is open. Where neither session nor turn is
    named and the session has nothing to undo, that is the folder's last one. Raises SmallCodeError."""
    session = ls.ready().session(params.session_id)
    report = await session.undo(params.turn_id)
    if report.turn_id is None and params.session_id is None and (last := await session.last_turn_here()):
        report = await session.undo(last)
    return undo_result(report)


def undo_result(report: UndoReport) -> wire.UndoResult:
    return wire.UndoResult(
        turn_id=report.turn_id,
        files_restored=list(report.restored),
        conflicts=[
            wire.UndoConflict(path=one.path, reason=one.reason, diff=one.diff) for one in report.conflicts
        ],
    )
