"""smallcode/session/new, smallcode/session/list and smallcode/undo."""

from __future__ import annotations

from smallcode.errors import SmallCodeError

from .. import protocol
from ..rpc import request
from ..server import SmallCodeServer


def register(server: SmallCodeServer) -> None:
    server.feature(protocol.SESSION_NEW)(new)
    server.feature(protocol.SESSION_LIST)(list_sessions)
    server.feature(protocol.UNDO)(undo)


@request(protocol.Nothing)
async def new(ls: SmallCodeServer, params: protocol.Nothing) -> protocol.SessionNewResult:
    return protocol.SessionNewResult(session_id=ls.ready().open_session().id)


@request(protocol.Nothing)
async def list_sessions(ls: SmallCodeServer, params: protocol.Nothing) -> protocol.SessionListResult:
    return protocol.SessionListResult(sessions=session_infos(ls))


def session_infos(ls: SmallCodeServer) -> list[protocol.SessionInfo]:
    """The sessions of this server, the one used last in front."""
    return [
        protocol.SessionInfo(
            session_id=session.id, title=session.title, turns=session.turns, busy=session.busy
        )
        for session in reversed(ls.ready().sessions.values())
    ]


@request(protocol.UndoParams)
async def undo(ls: SmallCodeServer, params: protocol.UndoParams) -> protocol.UndoResult:
    return await undo_turn(ls, params)


async def undo_turn(ls: SmallCodeServer, params: protocol.UndoParams) -> protocol.UndoResult:
    """Take back a turn's edits, through the editor where a buffer is open. Raises SmallCodeError."""
    hub = ls.ready()
    if params.session_id is None and not hub.sessions:
        raise SmallCodeError("There is nothing to undo: no turn has run yet.")
    report = await hub.session(params.session_id).undo(params.turn_id)
    return protocol.UndoResult(
        turn_id=report.turn_id,
        files_restored=list(report.restored),
        conflicts=[protocol.UndoConflict(path=path, reason=reason) for path, reason in report.conflicts],
    )
