"""What a request is about, looked up before the model is asked. Each source is one file and one entry."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...core.gathered import Gathered
from ...core.mentions import FEATURE, Mention, mention_of, read_mentions
from ...core.paths import nearest_paths
from ...errors import SmallCodeError, WorkspaceError
from ...messages import Ask
from ...ports import ModelInfo, Project, RestorableWorkspace
from ...tools.base import ToolContext
from ..git import GitRepository
from .base import NOTHING, Found, Request, Source
from .changes import CHANGES
from .editor import DIAGNOSTICS, SELECTION
from .files import FILES
from .folders import FOLDERS
from .images import IMAGES
from .project import PROJECT
from .repository_map import REPOSITORY_MAP
from .symbols import SYMBOLS

__all__ = ["SOURCES", "ContextGatherer", "Found", "Request", "Source"]

log = logging.getLogger(__name__)

# Pictures come before files, which cannot read them, files before folders, and symbols after both: what has
# the name of a file is meant as one.
SOURCES: tuple[Source, ...] = (
    PROJECT,
    REPOSITORY_MAP,
    IMAGES,
    FILES,
    FOLDERS,
    SYMBOLS,
    SELECTION,
    DIAGNOSTICS,
    CHANGES,
)


@dataclass(frozen=True, slots=True)
class ContextGatherer:
    """For one session. ``project`` tells what the project is made with, None where nobody does."""

    workspace: RestorableWorkspace
    project: Project | None = None
    sources: Sequence[Source] = SOURCES

    async def gather(self, ask: Ask, context: ToolContext, info: ModelInfo, *, first: bool) -> Gathered:
        """Never raises; each source has its deadline. ``first``: the conversation has no request yet that
        says what the project is made with."""
        off = context.settings.disable
        mentions: list[Mention] = []
        if FEATURE not in off:
            named = (*read_mentions(ask.prompt), *map(mention_of, ask.mentions))
            mentions = list(dict.fromkeys(named))
        git = GitRepository(self.workspace.root)
        request = Request(ask, mentions, context, info, self.workspace, git, self.project, first)
        gathered = Gathered()
        for source in self.sources:
            if source.feature in off:
                continue
            found = await _looked(source, request)
            gathered += found.gathered
            left = [mention for mention in request.mentions if mention not in found.taken]
            request = replace(request, mentions=left)
        return gathered + Gathered(notes=await _unknown(request))


async def _looked(source: Source, request: Request) -> Found:
    """The one place with a broad except: a bug in a source costs what it knows, not the turn."""
    try:
        async with asyncio.timeout(source.seconds):
            return await source.look(request)
    except TimeoutError:
        return Found(Gathered(notes=(f"What is known of {source.name} did not come in time.",)))
    except SmallCodeError as error:
        return Found(Gathered(notes=(error.message,)))
    except Exception:
        log.exception("the source %s failed", source.name)
        return NOTHING


async def _unknown(request: Request) -> tuple[str, ...]:
    """What was surely meant as a file's name and is none's."""
    missing = [mention.name for mention in request.paths() if mention.sure]
    if not missing:
        return ()
    try:
        known = await request.workspace.files()
    except WorkspaceError:
        known = []
    notes = []
    for name in missing:
        near = nearest_paths(name, known)
        guess = f" Perhaps {' or '.join(near)} is meant." if near else ""
        notes.append(f"There is no file or folder {name}.{guess}")
    return tuple(notes)
