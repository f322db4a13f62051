"""Which real file a path means, and that it lies inside the workspace.

The real path decides, links followed, of a file that does not exist yet too: its folder may be a link. A
test on the strings would let links out and sibling folders with the same beginning through.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from ..core.paths import inside_git
from ..errors import NotAFile, OutsideWorkspace, Protected

_OTHER_SYSTEMS = re.compile(r"[A-Za-z]:([\\/]|$)|\\\\")

_REMEDY = "Give a path relative to the project's root."


def contained(root: Path, path: str) -> Path:
    """The absolute real path. ``root`` is a real path itself; ``path`` relative to it, or absolute.

    Raises OutsideWorkspace, and NotAFile for an empty path.
    """
    if not path.strip():
        raise NotAFile(path, "An empty path names no file.", _REMEDY)
    if "\0" in path:
        raise OutsideWorkspace(path, f"The path {path!r} holds a NUL character.", _REMEDY)
    try:
        joined = root / path
        if _means_elsewhere(path) and not Path(path).is_absolute() and not joined.exists():
            raise OutsideWorkspace(path, f"{path} is no path inside the project.", _REMEDY)
        real = joined.resolve()
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: links in a circle, until 3.13
        raise OutsideWorkspace(path, f"The path {path!r} cannot be followed: {error}.", _REMEDY) from error
    if not real.is_relative_to(root):
        raise OutsideWorkspace(path, f"{path} lies outside the project {root}.", _remedy(root, path))
    return real


def _remedy(root: Path, path: str) -> str:
    """Models invent the folders above a project; what follows them is often right."""
    parts = [part for part in re.split(r"[\\/]+", path) if part not in ("", ".")]
    if ".." in parts:
        return _REMEDY
    endings = ["/".join(parts[first:]) for first in range(1, len(parts))]
    with suppress(OSError):
        for ending in endings:
            if (root / ending).exists():
                return f"{_REMEDY} Did you mean {ending}?"
        for ending in endings:
            if "/" not in ending or (root / ending).parent.is_dir():
                return f"{_REMEDY} Did you mean {ending}?"
    return _REMEDY


def _means_elsewhere(path: str) -> bool:
    """A home folder, or a drive or server of Windows: nothing here expands them, and a file of that very
    name is taken only where it exists."""
    return path.startswith("~") or _OTHER_SYSTEMS.match(path) is not None


def refuse_git(path: str) -> None:
    """Raises Protected for what git keeps for itself. ``path`` is relative to the root."""
    if inside_git(path):
        raise Protected(path, f"{path} is git's own and is not written.", "Use git's commands instead.")
