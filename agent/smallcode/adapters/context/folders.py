"""Folders that the user points at: which files are in there."""

from __future__ import annotations

from ...core.gathered import Gathered
from ...core.mentions import FEATURE, Mention
from ...errors import WorkspaceError
from ...tools.find_files import render_files
from .base import Found, Request, Source


async def _look(request: Request) -> Found:
    parts: list[str] = []
    taken: list[Mention] = []
    room = request.context.budget.room("listing", request.context.settings.max_result_chars)
    for mention in request.paths():
        try:
            listed = await request.context.workspace.files(mention.name)
        except WorkspaceError:
            continue
        taken.append(mention)
        below = render_files(listed, room) if listed else "(no files)"
        parts.append(f"Files in {mention.name.rstrip('/')}/, attached by the user:\n{below}")
        room = room.beside(parts[-1])
    return Found(Gathered(parts=tuple(parts)), frozenset(taken))


FOLDERS = Source("folders", FEATURE, _look)
