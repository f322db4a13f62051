"""What was changed since the last commit, where the message speaks of it or names ``#diff``."""

from __future__ import annotations

from ...core.gathered import Gathered
from ...core.recent import FEATURE, Changed, render_changes, speaks_of_changes, split_diff
from ...core.textcodec import decode
from ...core.textdiff import unified_diff
from ...errors import NoGit, WorkspaceError
from ..git import Status
from .base import NOTHING, Found, Request, Source

# Files whose changes are looked at; the others are named.
MOST_DIFFS = 40


async def _look(request: Request) -> Found:
    named = frozenset(one for one in request.mentions if one.kind == "diff")
    if not named and not speaks_of_changes(request.ask.prompt):
        return NOTHING
    try:
        status = await request.git.status()
        changed = await _changed(request, status)
    except NoGit as error:
        # Who has not asked for it need not hear that there is no git.
        notes = (f"#diff: {error.message}",) if named else ()
        return Found(Gathered(notes=notes), named)
    room = request.context.budget.room("diff", request.context.settings.max_result_chars)
    return Found(Gathered(parts=(render_changes(status.branch, changed, room),)), named)


async def _changed(request: Request, status: Status) -> list[Changed]:
    """Of documents with unsaved changes, the editor's text counts, and not the disk's."""
    states = dict(status.files)
    unsaved = [path for path in request.ask.unsaved if not path.startswith("../")][:MOST_DIFFS]
    saved = [path for path in states if path not in unsaved][:MOST_DIFFS]
    diffs: dict[str, str] = {}
    if status.base:
        diffs = split_diff(await request.git.diff(status.base, saved))
        for path in unsaved:
            diffs[path] = await _unsaved(request, status.base, path)
            if diffs[path]:
                states.setdefault(path, "modified, not saved")
    return [Changed(path, state, diffs.get(path, "")) for path, state in states.items()]


async def _unsaved(request: Request, base: str, path: str) -> str:
    committed = await request.git.committed(base, path)
    if committed is None:
        return ""
    try:
        now = await request.context.workspace.read(path)
        before = decode(path, committed)
    except WorkspaceError:
        return ""
    return unified_diff(path, before.content, now.content) if before.content != now.content else ""


CHANGES = Source("changes", FEATURE, _look, seconds=15.0)
