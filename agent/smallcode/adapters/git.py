"""What git knows of a folder: which files differ from the last commit, and how. Bounded in time and size.

What the repository's configuration names as fsmonitor, external diff or textconv is not run.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ..errors import NoGit
from .programs import find_program

if TYPE_CHECKING:
    from git import Git

T = TypeVar("T")

DEADLINE = 5.0
"""Seconds for each question; a repository of a million files takes longer, and is not told of."""

MOST_BYTES = 1_000_000
"""Of one answer of git; more is never shown."""

_COMPLAINT = 200
"""Bytes of what git says where it fails."""

_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
_DIFF = ("diff", "--no-ext-diff", "--no-textconv", "--no-color", "--find-renames")

# Two letters of `git status --porcelain` (git-status(1)); the working tree's own counts before the index's.
_STATES = {
    "M": "modified", "T": "type changed", "A": "new", "D": "deleted", "R": "renamed", "C": "copied",
    "U": "in conflict", "?": "new, untracked",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Status:
    """``files`` are pairs of path, relative to the folder, and state. ``base`` is what diffs are taken
    against, "" where nothing has been committed yet."""

    branch: str
    base: str
    files: tuple[tuple[str, str], ...]


class GitRepository:
    """The repository that holds a folder. Every method runs in a thread, ends by its deadline and raises
    NoGit."""

    def __init__(self, root: str | Path) -> None:
        self._root = Path(root)

    async def status(self) -> Status:
        return await _bounded(self._status)

    async def diff(self, base: str, paths: Sequence[str]) -> str:
        """The unified diff of files on the disk against ``base``."""
        if not paths:
            return ""
        argv = [*_DIFF, "--relative", base, "--", *(f":(literal){path}" for path in paths)]
        return (await _bounded(lambda: self._ask(argv))).decode("utf-8", "replace")

    async def committed(self, base: str, path: str) -> bytes | None:
        """The content of a file in ``base``; None where it is not in there, or too large."""
        try:
            data = await _bounded(lambda: self._ask(["cat-file", "blob", f"{base}:./{path}"]))
        except NoGit:
            return None
        return data if len(data) < MOST_BYTES else None

    def _status(self) -> Status:
        raw = self._ask(["status", "--porcelain=v1", "-z", "--branch", "--untracked-files=normal", "--", "."])
        entries = raw.decode("utf-8", "replace").split("\0")
        branch, fresh = "", False
        if entries and entries[0].startswith("## "):
            head = entries.pop(0)[3:]
            fresh = head.startswith("No commits yet on ")
            branch = head.removeprefix("No commits yet on ").split("...")[0].removesuffix(" (no branch)")
        above = self._ask(["rev-parse", "--show-prefix"]).decode("utf-8", "replace").strip()
        files: list[tuple[str, str]] = []
        names = iter(entries)
        for entry in names:
            if len(entry) < 4:
                continue
            if "R" in entry[:2] or "C" in entry[:2]:
                next(names, "")  # The name that it had before.
            if entry[3:].startswith(above):
                files.append((entry[3:].removeprefix(above), _state(entry[:2])))
        return Status(branch, "" if fresh else "HEAD", tuple(files))

    def _ask(self, argv: Sequence[str]) -> bytes:
        """The first MOST_BYTES of what git prints."""
        git = self._git()
        process = git.execute([git.GIT_PYTHON_GIT_EXECUTABLE, *_SAFE, *argv], as_process=True)
        running = process.proc
        if running is None or running.stdout is None or running.stderr is None:
            raise NoGit("git could not be started.")
        timer = threading.Timer(DEADLINE, running.kill)
        timer.start()
        try:
            with running.stdout as stdout, running.stderr as stderr:
                output: bytes = stdout.read(MOST_BYTES)
                whole = len(output) < MOST_BYTES
                if not whole:
                    running.kill()
                complaint = stderr.read(_COMPLAINT).decode("utf-8", "replace").strip()
            status = running.wait()
        finally:
            timer.cancel()
        if status != 0 and whole:
            raise NoGit(f"git cannot tell: {complaint or 'no answer in time'}.")
        return output

    def _git(self) -> Git:
        """Asks in the folder itself, so that paths are relative to it."""
        if find_program("git", self._root) is None:
            raise NoGit("git is not installed.")
        # Imported here: it looks for git as it is imported.
        from git import Git, InvalidGitRepositoryError, NoSuchPathError, Repo  # noqa: PLC0415 - slow

        try:
            with Repo(self._root, search_parent_directories=True) as found:
                places = _places(str(found.git_dir), str(found.common_dir), str(found.working_tree_dir or ""))
        except (InvalidGitRepositoryError, NoSuchPathError, ValueError):
            raise NoGit("This folder is in no git repository.") from None
        git = Git(str(self._root))
        git.update_environment(**places)
        return git


def _places(git_dir: str, common: str, tree: str) -> dict[str, str]:
    """The environment in which git looks at this repository alone: that of a hook names another one."""
    places = {
        "GIT_DIR": git_dir,
        "GIT_WORK_TREE": tree,
        "GIT_INDEX_FILE": str(Path(git_dir) / "index"),
        "GIT_COMMON_DIR": common,
        "GIT_OBJECT_DIRECTORY": str(Path(common) / "objects"),
    }
    told = {name: value for name, value in places.items() if name in os.environ and value}
    return {**told, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


def _state(letters: str) -> str:
    letter = letters[1] if letters[1] not in " " else letters[0]
    return _STATES.get(letter, "changed")


async def _bounded(work: Callable[[], T]) -> T:
    try:
        async with asyncio.timeout(2 * DEADLINE):
            return await asyncio.to_thread(work)
    except TimeoutError:
        raise NoGit(f"git gave no answer within {DEADLINE:g} s.") from None
    except (OSError, ImportError) as error:
        raise NoGit(f"git cannot be asked: {error}.") from error
