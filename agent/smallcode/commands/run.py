"""``smallcode run``: one turn without an editor, on the files of a folder."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from .. import events as ev
from ..adapters.prune import tidy
from ..adapters.settings_file import Resolved, load, user_cache_dir, user_state_dir
from ..adapters.terminal_approver import TerminalApprover
from ..build import open_code_graph, open_disk, open_model, open_session, open_undo_log
from ..errors import SmallCodeError
from ..messages import Ask
from ..ports import Approver
from .approve import AllowInside
from .folder import is_folder
from .screen import TurnScreen, clean
from .sessions import notice

if TYPE_CHECKING:
    from ..session import Session

BAD_USAGE = 2

EXIT_STATUS: dict[ev.StopReason, int] = {
    "done": 0,
    "failed": 1,
    "stopped": 3,
    "step_limit": 4,
    "cancelled": 130,
}


@dataclass(frozen=True, slots=True)
class Options:
    """``yes`` allows shell commands and edits inside the folder without asking."""

    prompt: str
    cwd: str = "."
    base_url: str | None = None
    model: str | None = None
    yes: bool = False
    as_json: bool = False


def main(options: Options) -> int:
    """One turn; returns the exit status. What the user should know beside the turn goes to stderr."""
    aside = Console(stderr=True, highlight=False, soft_wrap=True)
    if options.as_json and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    root = Path(options.cwd)
    if not is_folder(options.cwd, aside):
        return BAD_USAGE
    resolved = load(
        str(root),
        environment=os.environ,
        overrides={"base_url": options.base_url, "model": options.model},
    )
    for warning in resolved.warnings:
        aside.print(clean(f"! {warning}"), markup=False, style="yellow")
    return asyncio.run(_turn(options, resolved, aside))


async def _turn(options: Options, resolved: Resolved, aside: Console) -> int:
    """Ctrl-C cancels the task that runs this; the turn then still tells its end."""
    _end_at_signals()
    screen = None if options.as_json else TurnScreen(Console(highlight=False))
    before = screen.pause if screen is not None else lambda: None
    approver: Approver = AllowInside() if options.yes else TerminalApprover(aside, before=before)
    stop_reason: ev.StopReason = "failed"
    await _look_back(options, aside)
    try:
        async with (
            _session(options, resolved, approver) as session,
            aclosing(session.ask(Ask(options.prompt))) as events,
        ):
            async for event in events:
                if screen is not None:
                    screen.show(event)
                else:
                    print(ev.EVENT.dump_json(event, by_alias=True).decode(), flush=True)
                if isinstance(event, ev.TurnEnded):
                    stop_reason = event.stop_reason
    except SmallCodeError as error:
        aside.print(clean(f"smallcode: {error}"), markup=False, style="red")
    finally:
        if screen is not None:
            screen.pause()
    return EXIT_STATUS[stop_reason]


def _end_at_signals() -> None:
    """``timeout`` and a terminal that closes are to end the turn's commands too: these are in sessions of
    their own, which no signal to us reaches. Windows has neither of the two."""
    task = asyncio.current_task()
    if sys.platform != "win32" and task is not None:
        for number in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)


async def _look_back(options: Options, aside: Console) -> None:
    """Mend what a crash has cut off, and tell of its turn."""
    state = user_state_dir()
    await asyncio.to_thread(tidy, state, time.time())
    try:
        text = notice(await open_undo_log(open_disk(options.cwd, state), state).turns())
    except SmallCodeError as error:
        text = str(error)
    if text:
        aside.print(clean(f"! {text}"), markup=False, style="yellow")


@asynccontextmanager
async def _session(options: Options, resolved: Resolved, approver: Approver) -> AsyncIterator[Session]:
    state = user_state_dir()
    workspace = open_disk(options.cwd, state)
    client = open_model(resolved.settings, state)
    graph = open_code_graph(resolved.settings, workspace.root, user_cache_dir())
    session = open_session(resolved.settings, workspace, approver, client, state_dir=state, graph=graph)
    try:
        yield session
    finally:
        await session.aclose()
        await client.aclose()
        if graph is not None:
            await graph.aclose()
