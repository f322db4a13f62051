"""Find files by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pydantic import Field

from ..core.paths import nearest_paths
from ..core.room import Room
from ..core.shorten import shorten_to
from ..core.textmatch import path_matches
from ..messages import SearchQuery
from .base import Arguments, ToolContext, ToolOutput, tool
from .changes import count
from .folders import files_under, folders_of, no_folder

MOST_SHOWN = 200

_GLOB = re.compile(r"[*?\[{]")


class FindFiles(Arguments):
    pattern: str = Field("", description="glob such as *.py, or part of the name")
    path: str = Field("", description="folder to look in")


@tool(
    "find_files",
    "search",
    aliases=("glob", "list_files", "list_dir", "ls", "find"),
    pure=True,
    title=lambda a: f"find files {a.pattern or a.path}".strip(),
    small=False,
)
async def find_files(context: ToolContext, arguments: FindFiles) -> ToolOutput:
    """List files by name."""
    listed = await files_under(context.workspace, arguments.path)
    if isinstance(listed, ToolOutput):
        return listed
    folder = "" if arguments.path in ("", ".", "/") else context.workspace.locate(arguments.path)
    pattern = arguments.pattern.removeprefix(context.workspace.root).lstrip("/").removeprefix("./")
    found = [path for path in listed if _fits(path, folder, pattern)]
    if found:
        return ToolOutput(
            render_files(found, context.budget.room("listing", context.settings.max_result_chars))
        )
    return await _nothing(context, folder, pattern, listed)


def _fits(path: str, folder: str, pattern: str) -> bool:
    """A glob is matched against the path below the folder, other text against any part of it. A name may hold
    the characters of a glob, as in ``[id].tsx``."""
    below = path.removeprefix(f"{folder}/") if folder else path
    if _GLOB.search(pattern):
        return path_matches(below, SearchQuery("", glob=pattern)) or pattern in below
    return pattern in (".", "") or pattern.casefold() in below.casefold()


def render_files(found: Sequence[str], room: Room) -> str:
    """As many as have room, and where the others are."""
    kept = min(len(found), MOST_SHOWN)
    while kept > 0:
        told = _listed(found[:kept], found[kept:])
        if room.holds(told):
            return told
        kept = min(kept - 1, kept * 3 // 4)
    return shorten_to(_listed((), found), room)


def _listed(shown: Sequence[str], rest: Sequence[str]) -> str:
    if not rest:
        return "\n".join(shown)
    places = Counter(path.partition("/")[0] + "/" if "/" in path else "." for path in rest)
    where = ", ".join(f"{name} ({number})" for name, number in places.most_common(8))
    return "\n".join([*shown, f"… {len(rest)} more in {where}; narrow it by pattern or path"])


async def _nothing(context: ToolContext, folder: str, pattern: str, listed: Sequence[str]) -> ToolOutput:
    where = f" in {folder}" if folder else ""
    if not listed:
        return ToolOutput(f"There are no files{where or ' in the project'}.")
    everything = listed if not folder else await context.workspace.files()
    missing = _missing_folder(pattern, folder, everything)
    if missing:
        return no_folder(missing, everything)
    near = nearest_paths(_GLOB.sub("", pattern), everything)
    guess = f" Nearest: {', '.join(near)}." if near else ""
    return ToolOutput(f"No file name matches {pattern!r}{where} ({count(len(listed), 'file')} there).{guess}")


def _missing_folder(pattern: str, folder: str, everything: Sequence[str]) -> str:
    """The folder that a pattern names and that does not exist, or ""."""
    parts = pattern.split("/")[:-1]
    plain = next((index for index, part in enumerate(parts) if _GLOB.search(part)), len(parts))
    named = "/".join(([folder] if folder else []) + parts[:plain])
    return named if plain and named not in folders_of(everything) else ""
