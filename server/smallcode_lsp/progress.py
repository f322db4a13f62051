"""A turn as LSP's own work-done progress, for clients with and without our frontends."""

from __future__ import annotations

import asyncio
import logging
import uuid
from types import TracebackType
from typing import TYPE_CHECKING, Self

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from smallcode import events as ev

if TYPE_CHECKING:
    from smallcode.session import Session

    from .server import SmallCodeServer

log = logging.getLogger(__name__)

# A client that does not answer window/workDoneProgress/create goes without progress. Seconds.
CREATE_PATIENCE = 2.0

# The longest answer shown as a message to a client without a view of ours. Characters.
MESSAGE_CAP = 2000


class Progress:
    """Reports one turn. ``token`` is the client's; unset, one is created where the client can show it and
    has no view of its own. While it is open, the progress's stop button cancels the turn."""

    def __init__(self, server: SmallCodeServer, session: Session, token: int | str | None) -> None:
        self._server = server
        self._session = session
        self._token = token
        self._last = ""

    async def __aenter__(self) -> Self:
        if self._token is None:
            self._token = await self._create()
        if self._token is not None:
            self._server.running[self._token] = self._session.id
            self._notify(types.WorkDoneProgressBegin(title="SmallCode", message="starting", cancellable=True))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._token is not None:
            self._server.running.pop(self._token, None)
            self._notify(types.WorkDoneProgressEnd(message=self._last or None))

    def show(self, event: ev.Event) -> None:
        """One event of the turn."""
        self._report(event)
        if not self._server.features.update:
            self._message(event)

    async def _create(self) -> str | None:
        return None if self._server.features.update else await new_token(self._server)

    def _report(self, event: ev.Event) -> None:
        line = describe(event)
        if self._token is None or not line or line == self._last:
            return
        self._last = line
        percentage = None
        if isinstance(event, ev.PromptProgress) and event.total:
            percentage = min(100, 100 * event.processed // event.total)
        self._notify(types.WorkDoneProgressReport(message=line, percentage=percentage))

    def _notify(
        self, value: types.WorkDoneProgressBegin | types.WorkDoneProgressReport | types.WorkDoneProgressEnd
    ) -> None:
        assert self._token is not None
        self._server.progress(types.ProgressParams(token=self._token, value=value))

    def _message(self, event: ev.Event) -> None:
        kind, text = types.MessageType.Info, ""
        if isinstance(event, ev.Notice) and event.level != "info":
            kind = types.MessageType.Warning if event.level == "warning" else types.MessageType.Error
            text = f"{event.message} {event.remedy}"
        elif isinstance(event, ev.TurnEnded):
            if event.error is not None:
                kind, text = types.MessageType.Error, f"{event.error.message} {event.error.remedy}"
            else:
                text = event.text if event.stop_reason == "done" else f"The turn was {event.stop_reason}."
        if text:
            self._server.window_show_message(types.ShowMessageParams(kind, text.strip()[:MESSAGE_CAP]))


async def new_token(server: SmallCodeServer) -> str | None:
    """For progress that nobody asked for; None where the client cannot show any."""
    window = server.client_capabilities.window
    if window is None or not window.work_done_progress:
        return None
    token = str(uuid.uuid4())
    try:
        async with asyncio.timeout(CREATE_PATIENCE):
            await server.window_work_done_progress_create_async(
                types.WorkDoneProgressCreateParams(token=token)
            )
    except (TimeoutError, JsonRpcException) as error:
        log.info("no progress is shown: %s", error)
        return None
    return token


def describe(event: ev.Event) -> str:
    """What the turn is doing, in a few words; empty where an event changes nothing that is shown."""
    match event:
        case ev.RequestStarted():
            return "reading the prompt…"
        case ev.PromptProgress(processed=processed, total=total) if total:
            return f"reading the prompt… {min(100, 100 * processed // total)} %"
        case ev.ThoughtChunk():
            return "thinking…"
        case ev.MessageChunk():
            return "answering…"
        case ev.ToolStarted(title=title):
            return title
        case ev.TurnEnded(stop_reason=reason):
            return reason.replace("_", " ")
    return ""
