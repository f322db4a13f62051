"""Folders as the searching tools know them: those that hold files of the project."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.paths import nearest_paths
from ..errors import NoSuchFile
from ..ports import GuardedWorkspace
from .base import ToolOutput


async def files_under(workspace: GuardedWorkspace, folder: str) -> Sequence[str] | ToolOutput:
    """The files below a folder, or the answer that there is no such folder. Raises WorkspaceError."""
    try:
        return await workspace.files("" if folder in ("", ".", "/") else folder)
    except NoSuchFile:
        return no_folder(folder, await workspace.files())


def folders_of(paths: Sequence[str]) -> list[str]:
    """Every folder on the way to the files, sorted."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return sorted(found)


def no_folder(folder: str, all_files: Sequence[str]) -> ToolOutput:
    """The answer to a folder that does not exist, with those that were perhaps meant."""
    folders = folders_of(all_files)
    near = nearest_paths(folder.rstrip("/"), folders) or [name for name in folders if "/" not in name][:5]
    guess = f" Did you mean {', '.join(near)}?" if near else ""
    return ToolOutput(f"There is no folder {folder}.{guess}", ok=False)
