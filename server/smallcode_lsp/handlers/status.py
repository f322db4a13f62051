"""smallcode/status: what is known, at once; the model server is asked in the background."""

from __future__ import annotations

import time

from smallcode.events import UsageInfo

from .. import __version__, wire
from ..requests import request
from ..server import SmallCodeServer


@request(wire.StatusParams)
async def status(ls: SmallCodeServer, params: wire.StatusParams) -> wire.StatusResult:
    return await current(ls, params.session_id)


async def current(ls: SmallCodeServer, session_id: str | None) -> wire.StatusResult:
    """The state of the model server and of a session; of the one used last where none is named.
    Raises UnknownSession."""
    hub = ls.ready()
    probe = await hub.look(time.monotonic())
    info = probe.info
    session = hub.session(session_id) if session_id or hub.sessions else None
    usage = session.last_usage if session is not None else None
    settings = hub.settings
    return wire.StatusResult(
        model=info.model if info else settings.model,
        endpoint=info.address if info else settings.base_url,
        window=info.window if info else settings.context_window or 0,
        window_source=info.window_source if info else "settings" if settings.context_window else "unknown",
        native_tools=info.native_tools if info else None,
        health="ok" if info else "unreachable" if probe.problem else "unknown",
        problem=probe.problem,
        last_usage=UsageInfo.of(usage) if usage is not None else None,
        session_usage=UsageInfo.of(session.usage) if session is not None else None,
        budget=session.budget if session is not None else None,
        asked_window=info.asked_window if info else None,
        running_turns=sum(one.busy for one in hub.sessions.values()),
        sessions=len(hub.sessions),
        version=__version__,
    )
