"""Files that the user points at, as they stand in the editor, whole or in part."""

from __future__ import annotations

from dataclasses import replace

from ...core.gathered import Gathered
from ...core.mentions import FEATURE, Mention
from ...errors import NoSuchFile, NotAFile, OutsideWorkspace, WorkspaceError
from ...messages import Text
from ...tools.showing import show
from .base import Found, Request, Source

# All files together, in times of the longest result of a tool.
RESULTS = 2

# Below this a part of a file is of no use, and the model reads what it needs. Tokens.
SMALLEST_SHARE = 120


async def _look(request: Request) -> Found:
    found, taken, notes = [], [], []
    for mention in request.paths():
        try:
            found.append((mention, await request.context.workspace.read(mention.name)))
        except (NoSuchFile, NotAFile):
            continue
        except WorkspaceError as error:
            if mention.sure or not isinstance(error, OutsideWorkspace):
                notes.append(f"{error.message} It is not attached.")
        taken.append(mention)
    gathered = await _shown(request, found)
    return Found(gathered + Gathered(notes=tuple(notes)), frozenset(taken))


async def _shown(request: Request, found: list[tuple[Mention, Text]]) -> Gathered:
    """Each gets an equal share of the room that those before it have left."""
    context = request.context
    longest = context.settings.max_result_chars
    room = context.budget.room("attached", RESULTS * longest)
    parts: list[str] = []
    notes: list[str] = []
    for number, (mention, text) in enumerate(found):
        share = room.part(1 / (len(found) - number))
        if share.tokens < SMALLEST_SHARE:
            notes.append(f"No room is left for {mention.name}; read it with read_file.")
            continue
        lesser = replace(context, budget=context.budget.with_part("files", share.tokens))
        shown = await show(lesser, text, mention.first, mention.last, room=min(share.chars, longest))
        if shown.ok:
            parts.append(_fenced(shown.content))
            room = room.beside(parts[-1])
        else:
            notes.append(shown.content)
    return Gathered(parts=tuple(parts), notes=tuple(notes))


def _fenced(content: str) -> str:
    """Between fences that the content does not have itself."""
    fence = "```"
    while fence in content:
        fence += "`"
    end = "" if content.endswith("\n") else "\n"
    return f"Attached by the user:\n{fence}\n{content}{end}{fence}"


FILES = Source("files", FEATURE, _look)
