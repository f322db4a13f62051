"""What a checker of the project is."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from ....messages import Problem
from ..checkers.base import Verdict
from ..programs import Programs


@dataclass(frozen=True, slots=True)
class Place:
    """The file that was changed, ``path`` being relative to ``root``."""

    root: Path
    path: str

    @property
    def file(self) -> Path:
        return self.root / self.path

    def problem(self, line: int, message: str, source: str) -> Problem:
        return Problem(self.path, line, message, source=source)

    def is_named(self, name: str, folder: Path) -> bool:
        """Whether a program that ran in ``folder`` means this file by ``name``."""
        return os.path.realpath(folder / name) == os.path.realpath(self.file)

    def nearest(self, name: str) -> Path | None:
        """The innermost folder from the file's up to the root that holds ``name``."""
        for folder in self.file.parents:
            if (folder / name).exists():
                return folder
            if folder == self.root:
                break
        return None


@dataclass(frozen=True, slots=True)
class ProjectChecker:
    """Judges files of ``languages`` as the project would: it runs the project's build scripts, plug-ins or
    programs, so that only a folder that the user trusts may have it, and it reads the disk."""

    name: str
    languages: tuple[str, ...]
    check: Callable[[Place, Programs], Awaitable[Verdict]]
