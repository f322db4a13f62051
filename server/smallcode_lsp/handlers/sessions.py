"""smallcode/session/new, smallcode/session/list and smallcode/undo."""

from __future__ import annotations

from smallcode.errors import SmallCodeError

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
    """Take back a turn's edits, through the editor where a buffer is open. Raises SmallCodeError."""
    hub = ls.ready()
    if params.session_id is None and not hub.sessions:
        raise SmallCodeError("There is nothing to undo: no turn has run yet.")
    report = await hub.session(params.session_id).undo(params.turn_id)
    return wire.UndoResult(
        turn_id=report.turn_id,
        files_restored=list(report.restored),
        conflicts=[wire.UndoConflict(path=path, reason=reason) for path, reason in report.conflicts],
    )
