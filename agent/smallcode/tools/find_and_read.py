"""Find a file by a name that is only roughly known, and show it."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from ..core.paths import nearest_paths
from .base import Arguments, ToolContext, ToolOutput, tool
from .changes import count
from .showing import show

MOST_OTHERS = 5


class FindAndRead(Arguments):
    name: str = Field(description="name of the file, or a part of its path")


@tool(
    "find_and_read",
    "read",
    aliases=("find_file", "open"),
    pure=True,
    title=lambda a: f"find and read {a.name}",
    core=False,
    offered_for=("read",),
)
async def find_and_read(context: ToolContext, arguments: FindAndRead) -> ToolOutput:
    """Find a file by its name and show it."""
    files = await context.workspace.files()
    name = arguments.name.removeprefix(context.workspace.root).strip().strip("/").removeprefix("./")
    if not name:
        return ToolOutput("name is empty. Give the name of a file.", ok=False)
    found = best_paths(name, files)
    if not found:
        return ToolOutput(f"No file is named like {name!r} ({count(len(files), 'file')} there).", ok=False)
    text = await context.workspace.read(found[0])
    others = found[1 : MOST_OTHERS + 1]
    more = f"\n(also: {', '.join(others)})" if others else ""
    room = context.settings.max_result_chars - len(more)
    shown = await show(context, text, room=room)
    return ToolOutput(shown.content.rstrip("\n") + more)


def best_paths(name: str, files: Sequence[str]) -> list[str]:
    """The files that a name may mean, best first: the very path, the end of a path, a part of one, and only
    where there is none of these a similar name."""
    sought = name.casefold()
    ranked = sorted((_rank(sought, path.casefold()), len(path), path) for path in files)
    found = [path for rank, _, path in ranked if rank < _NO_MATCH]
    return found or list(nearest_paths(name, files))


_NO_MATCH = 5


def _rank(sought: str, path: str) -> int:
    name = path.rpartition("/")[2]
    tests = (
        path == sought,
        path.endswith(f"/{sought}"),
        name.partition(".")[0] == sought,
        sought in name,
        sought in path,
    )
    return next((rank for rank, holds in enumerate(tests) if holds), _NO_MATCH)
