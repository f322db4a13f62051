"""At the start: what a crash has cut off is mended, and its turn offered for undoing."""

from __future__ import annotations

import asyncio
import logging
import time

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from smallcode.adapters.prune import tidy
from smallcode.adapters.settings_file import user_state_dir
from smallcode.adapters.snapshots import Kept
from smallcode.errors import SmallCodeError

from ..hub import Hub
from ..server import SmallCodeServer
from .commands import undo_text
from .sessions import undo_result

log = logging.getLogger(__name__)

UNDO, KEEP = "Undo", "Keep"

MOST_OFFERED = 3
"""Questions at one start; those left are asked at the next."""

NAMES_SHOWN = 5

PATIENCE = 3600.0
"""Seconds for the user's answer; without one they are asked again at the next start."""


async def offer(ls: SmallCodeServer, hub: Hub) -> None:
    """Ask the user about each turn that was cut off in the folders that are open. Nobody waits for this."""
    await asyncio.to_thread(tidy, user_state_dir(), time.time())
    for root in list(hub.roots):
        try:
            cut_off = [kept for kept in await hub.undo_log(root).turns() if kept.interrupted]
        except SmallCodeError as error:
            log.warning("Interrupted turns of %s cannot be looked up: %s", root, error)
            continue
        for kept in reversed(cut_off[-MOST_OFFERED:]):
            await _ask(ls, hub, root, kept)


async def _ask(ls: SmallCodeServer, hub: Hub, root: str, kept: Kept) -> None:
    turn = kept.turn
    try:
        async with asyncio.timeout(PATIENCE):
            answer = await ls.window_show_message_request_async(
                types.ShowMessageRequestParams(
                    type=types.MessageType.Warning,
                    message=question(kept),
                    actions=[types.MessageActionItem(title=title) for title in (UNDO, KEEP)],
                )
            )
    except (TimeoutError, JsonRpcException) as error:
        log.warning("The client was not asked about the turn %s: %s", turn.id, error or "nobody answered")
        return
    title = answer.title if answer is not None else None
    try:
        if title == KEEP:
            await hub.undo_log(root).accept(turn.id)
        elif title == UNDO:
            report = await hub.undo_log(root).undo(turn.id)
            kind = types.MessageType.Warning if report.conflicts else types.MessageType.Info
            ls.window_show_message(types.ShowMessageParams(kind, undo_text(undo_result(report))))
    except SmallCodeError as error:
        ls.warn(str(error))


def question(kept: Kept) -> str:
    """What the user is asked about a turn that was cut off."""
    names = kept.turn.remaining()
    more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(kept.turn.began.at))
    changed = ", ".join(names[:NAMES_SHOWN])
    return f"SmallCode was cut off in the middle of a turn ({when}) that changed {changed}{more}."
