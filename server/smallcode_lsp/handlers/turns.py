"""smallcode/turn: a request of the user, carried out, told as it happens."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING

from smallcode.errors import WorkspaceError
from smallcode.events import TurnEnded, UsageInfo
from smallcode.messages import Ask, Selection
from smallcode.session import new_id

from .. import from_lsp, pictures, protocol, uris, wire
from ..line_buffer import LineBuffer
from ..progress import Progress
from ..requests import request
from ..server import SmallCodeServer

if TYPE_CHECKING:
    from smallcode.ports import Workspace

log = logging.getLogger(__name__)


@request(wire.TurnParams)
async def turn(ls: SmallCodeServer, params: wire.TurnParams) -> wire.TurnResult:
    return await run(ls, params)


async def run(ls: SmallCodeServer, params: wire.TurnParams) -> wire.TurnResult:
    """One turn from an editor's request to its result; what happens goes out as updates or progress.

    A turn that fails or is cancelled is an answer like any other: a client that gets an error response
    to a request it cancelled drops its callback and leaves a spinner behind.
    Raises UnknownSession, SessionBusy, WorkspaceError, and SmallCodeError for a picture that cannot be read.
    """
    hub = ls.ready()
    path = uris.to_path(params.text_document.uri) if params.text_document else None
    session = hub.session(params.session_id, path)
    turn_id = new_id()
    ended = TurnEnded(stop_reason="cancelled", text="", files_changed=[], usage=UsageInfo())
    try:
        ask = await ask_of(ls, session.workspace, params)
        async with (
            Progress(ls, session, params.work_done_token) as progress,
            aclosing(session.ask(ask, turn_id)) as events,
        ):
            seq = 0
            async for event in events:
                if ls.features.update:
                    update = wire.UpdateParams(session_id=session.id, turn_id=turn_id, seq=seq, event=event)
                    ls.protocol.notify(protocol.UPDATE, update.model_dump(mode="json", by_alias=True))
                    seq += 1
                progress.show(event)
                if isinstance(event, TurnEnded):
                    ended = event
    except asyncio.CancelledError:
        # Before the turn began: one under way ends by itself, with a TurnEnded.
        log.info("the turn %s was cancelled before it began", turn_id)
    return wire.TurnResult(
        session_id=session.id,
        turn_id=turn_id,
        stop_reason=ended.stop_reason,
        text=ended.text,
        files_changed=ended.files_changed,
        usage=ended.usage,
        error=ended.error,
    )


async def ask_of(ls: SmallCodeServer, workspace: Workspace, params: wire.TurnParams) -> Ask:
    """What the user asks for, with what the editor knows. A document outside the workspace, or one that
    is no file, gives no context of its own; the prompt stands for itself then. Raises SmallCodeError for a
    picture that cannot be read."""
    reported = [
        from_lsp.problem(path, one)
        for key, diagnostics in ls.reports.all().items()
        if (path := uris.relative_to(key, uris.file_key(workspace.root))) is not None
        for one in diagnostics
    ]
    ask = Ask(
        params.prompt,
        mentions=params.mentions,
        # A client that has never reported anything does not serve diagnostics.
        reported=reported if reported or ls.reports.all() else None,
        unsaved=_unsaved(ls, workspace),
        images=await pictures.read_all(params.images),
    )
    path = _relative_path(workspace, params)
    if path is None:
        return ask
    absolute = os.path.join(workspace.root, *path.split("/"))  # noqa: PTH118 - the mirror's keys are strings
    known = ls.reports.current(uris.file_key(absolute))
    where = params.range or (wire.Range(start=params.cursor, end=params.cursor) if params.cursor else None)
    return replace(
        ask,
        active_path=path,
        selection=await _selection(ls, workspace, path, absolute, params.range),
        problems=[from_lsp.problem(path, one) for one in params.diagnostics or _overlapping(known, where)],
        cursor=params.cursor.line + 1 if params.cursor else None,
    )


def _unsaved(ls: SmallCodeServer, workspace: Workspace) -> list[str]:
    """The documents of the workspace whose text is not on the disk."""
    changed = (document.path for document in ls.documents if document.dirty)
    return sorted(path for one in changed if (path := uris.relative_to(one, workspace.root)) is not None)


def _relative_path(workspace: Workspace, params: wire.TurnParams) -> str | None:
    path = uris.to_path(params.text_document.uri) if params.text_document else None
    if path is None:
        return None
    try:
        return workspace.locate(path)
    except WorkspaceError as error:
        log.info("no context from %s: %s", path, error)
        return None


def _overlapping(known: Sequence[wire.WireDiagnostic], where: wire.Range | None) -> list[wire.WireDiagnostic]:
    """What is known of the lines that the user points at; nothing where they point at nothing."""
    if where is None:
        return []
    return [
        one
        for one in known
        if one.range.start.line <= where.end.line and one.range.end.line >= where.start.line
    ]


async def _selection(
    ls: SmallCodeServer, workspace: Workspace, path: str, absolute: str, where: wire.Range | None
) -> Selection | None:
    if where is None:
        return None
    document = ls.documents.get(absolute)
    if document is not None:
        return from_lsp.selection(path, document.buffer, where)
    try:
        text = await workspace.read(path)
    except WorkspaceError:
        return None
    return from_lsp.selection(
        path, LineBuffer(text.content, ls.documents.encoding, ls.documents.line_ends), where
    )
