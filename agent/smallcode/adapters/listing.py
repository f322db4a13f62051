"""Which files of a folder belong to the project: as git sees it, else by walking with .gitignore files.

Links are not listed: what they lead to is listed where it lies, if it lies inside. Names that are not
Unicode are not listed either, since they could be named neither to a model nor to an editor.
"""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from pathspec import GitIgnoreSpec

from .programs import find_program

_Rules = tuple[tuple[Path, GitIgnoreSpec], ...]
"""Folders with what their .gitignore says, the innermost first."""

MOST_FILES = 50_000
"""More are not listed; a search that looks at more would take minutes on a laptop."""

GIT_DEADLINE = 10.0
"""Seconds; after that the folder is walked."""

# Never the project's own, also where no .gitignore says so.
SKIPPED_FOLDERS = (
    ".git", ".hg", ".svn", "node_modules", ".venv", "venv", "__pycache__", ".tox", ".nox",
    ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".gradle", ".terraform",
)  # fmt: skip

# A hook's environment would lead git to another repository than the folder's own.
_GIT_PLACES = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"}


def list_files(root: Path, under: Path) -> list[str]:
    """Sorted paths, relative to ``root``, of the files below ``under``; at most MOST_FILES.

    Blocks. Raises OSError where ``under`` cannot be read.
    """
    os.scandir(under).close()  # A folder that cannot be read is told; os.walk would pass over it.
    git = find_program("git", root)
    names = _git_names(git, under) if git else []
    listed = _existing(under, names) if names else _walk(under, _rules_above(root, under))
    found: list[str] = []
    for path in listed:
        if len(found) >= MOST_FILES:
            break
        if _nameable(path.as_posix()):
            found.append(path.relative_to(root).as_posix())
    return sorted(found)


def _git_names(git: str, folder: Path) -> list[str]:
    """What git tracks or would track, relative to the folder. Empty where git cannot tell, and where it
    sees nothing at all, as in a folder that an outer repository ignores."""
    # A repository's own configuration may name a program as fsmonitor; listing files must not run it.
    argv = [git, "-c", "core.fsmonitor=false", "ls-files", "-co", "--exclude-standard", "-z"]
    argv += [f"--exclude={name}/" for name in SKIPPED_FOLDERS]
    environment = {name: value for name, value in os.environ.items() if name not in _GIT_PLACES}
    environment["GIT_OPTIONAL_LOCKS"] = "0"
    try:
        done = subprocess.run(
            argv,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=GIT_DEADLINE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return []
    return sorted({os.fsdecode(name) for name in done.stdout.split(b"\0") if name})


def _existing(folder: Path, names: Iterable[str]) -> Iterator[Path]:
    """git also names files that were deleted, and of a repository inside it only the folder."""
    for name in names:
        path = folder / name
        kind = _kind(path)
        if stat.S_ISREG(kind):
            yield path
        elif stat.S_ISDIR(kind):
            yield from _walk(path)


def _walk(folder: Path, above: _Rules = ()) -> Iterator[Path]:
    """The regular files below a folder that no .gitignore on the way excludes.

    The innermost .gitignore that says something about a name decides, as in git (gitignore(5)).
    """
    rules = {folder: above}
    for place, folders, files in os.walk(folder):
        here = Path(place)
        active = (*_rules_in(here), *rules.pop(here, ()))
        folders[:] = sorted(
            name for name in folders if name not in SKIPPED_FOLDERS and not _ignored(here / name, active, "/")
        )
        rules |= {here / name: active for name in folders}
        for name in sorted(files):
            path = here / name
            if not _ignored(path, active) and stat.S_ISREG(_kind(path)):
                yield path


def _rules_above(root: Path, folder: Path) -> _Rules:
    """The .gitignore files between the root and the folder; none where they exclude the folder itself,
    since who asks for it by name wants to see it."""
    active: _Rules = ()
    for place in reversed(folder.relative_to(root).parents):
        active = (*_rules_in(root / place), *active)
    return () if folder != root and _ignored(folder, active, "/") else active


def _ignored(path: Path, rules: _Rules, suffix: str = "") -> bool:
    for base, spec in rules:
        verdict = spec.check_file(path.relative_to(base).as_posix() + suffix).include
        if verdict is not None:
            return verdict
    return False


def _rules_in(folder: Path) -> _Rules:
    """Lines that are no patterns are passed over, as git does."""
    path = folder / ".gitignore"
    if not stat.S_ISREG(_kind(path)):
        return ()
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ()
    return ((folder, GitIgnoreSpec.from_lines(filter(_is_pattern, lines))),)


def _is_pattern(line: str) -> bool:
    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def _kind(path: Path) -> int:
    """The mode without following links; 0 where there is nothing."""
    try:
        return path.lstat().st_mode
    except OSError:
        return 0


def _nameable(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
