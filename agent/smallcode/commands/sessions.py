"""``smallcode sessions``: the turns of a folder, and taking one back."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.console import Console

from ..adapters.settings_file import user_state_dir
from ..adapters.snapshots import Kept
from ..adapters.undolog import UndoLog, UndoReport
from ..build import open_disk, open_undo_log
from ..errors import SmallCodeError
from .folder import is_folder
from .screen import clean

BAD_USAGE = 2
CONFLICTS = 3


@dataclass(frozen=True, slots=True)
class Options:
    """``turn`` and ``session`` are ids; without ``turn`` the last one that can be undone is meant, of
    ``session`` where it is named."""

    verb: Literal["list", "undo", "keep"]
    cwd: str = "."
    turn: str | None = None
    session: str | None = None
    as_json: bool = False


def main(options: Options) -> int:
    """Returns the exit status: 1 where it failed, 3 where files were left as they are for conflicts."""
    aside = Console(stderr=True, highlight=False, soft_wrap=True)
    if not is_folder(options.cwd, aside):
        return BAD_USAGE
    try:
        return asyncio.run(_carried_out(options))
    except SmallCodeError as error:
        aside.print(clean(f"smallcode: {error}"), markup=False, style="red")
        return 1


async def _carried_out(options: Options) -> int:
    state = user_state_dir()
    undo_log = open_undo_log(open_disk(options.cwd, state), state)
    if options.verb == "list":
        return _listed(await undo_log.turns(), options)
    if options.verb == "keep":
        return await _keep(undo_log, options.turn)
    turn_id = options.turn or await undo_log.last(options.session)
    return _tell_undone(UndoReport(None) if turn_id is None else await undo_log.undo(turn_id), options)


async def _keep(undo_log: UndoLog, turn_id: str | None) -> int:
    if turn_id is None:
        turn_id = next((kept.turn.id for kept in reversed(await undo_log.turns()) if kept.interrupted), None)
    if turn_id is None:
        print("No turn was interrupted here.")
        return 0
    await undo_log.accept(turn_id)
    print(f"The turn {turn_id} is kept.")
    return 0


# --- showing -----------------------------------------------------------------------------------------


def state_of(kept: Kept) -> str:
    """One word or two on how it stands with a turn."""
    if kept.under_way:
        return "under way"
    if kept.turn.closed:
        return "undone" if not kept.turn.remaining() else "undone in part"
    return "interrupted" if kept.interrupted else "done"


def notice(kept: Sequence[Kept]) -> str:
    """For the user of a folder where turns were cut off; "" where none were."""
    cut_off = [one for one in kept if one.interrupted]
    if not cut_off:
        return ""
    turn = cut_off[-1].turn
    undo, keep = (f"smallcode sessions {verb} --turn {turn.id}" for verb in ("undo", "keep"))
    changed = ", ".join(turn.remaining())
    return f"A turn was cut off after it changed {changed}. Undo it: {undo}; or keep it: {keep}"


def _listed(turns: Sequence[Kept], options: Options) -> int:
    """The newest first. Turns that changed nothing in the end are left out."""
    shown = [
        kept
        for kept in reversed(turns)
        if kept.turn.changed() and options.session in (None, kept.turn.began.session)
    ]
    if options.as_json:
        print(json.dumps([_row(kept) for kept in shown], indent=2))
        return 0
    if not shown:
        print("No turn has changed a file here.", file=sys.stderr)
    console = Console(highlight=False, soft_wrap=True)
    for kept in shown:
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(kept.turn.began.at))
        names = ", ".join(kept.turn.changed())
        line = f"{kept.turn.id}  {when}  {state_of(kept)}  {names}  (session {kept.turn.began.session})"
        console.print(clean(line), markup=False, style="yellow" if kept.interrupted else None)
    return 0


def _row(kept: Kept) -> dict[str, object]:
    began = kept.turn.began
    return {
        "turn": began.turn,
        "session": began.session,
        "began": began.at,
        "state": state_of(kept),
        "files": kept.turn.changed(),
    }


def _tell_undone(report: UndoReport, options: Options) -> int:
    if options.as_json:
        conflicts = [{"path": one.path, "reason": one.reason, "diff": one.diff} for one in report.conflicts]
        print(
            json.dumps(
                {"turn": report.turn_id, "restored": report.restored, "conflicts": conflicts}, indent=2
            )
        )
        return CONFLICTS if conflicts else 0
    console = Console(highlight=False, soft_wrap=True)
    for path in report.restored:
        console.print(clean(f"restored {path}"), markup=False)
    for one in report.conflicts:
        console.print(clean(f"{one.path} was left as it is: {one.reason}"), markup=False, style="yellow")
        console.print(clean(one.diff), markup=False, end="")
    if not report.restored and not report.conflicts:
        console.print("There is nothing to undo." if report.turn_id is None else "Nothing was left to undo.")
    return CONFLICTS if report.conflicts else 0
