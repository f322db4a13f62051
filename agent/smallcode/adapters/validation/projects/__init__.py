"""Checkers that run code of the project, a file each. They are off unless the user switches them on, and then
only in a folder that the user trusts (the setting ``project_checkers``)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from ....core import textcodec
from ....core.problems import Found, blamed, changed_lines, locate, new_problems
from ....errors import SmallCodeError
from ....languages import language_of
from ....messages import Text
from ...diskfile import read_bytes
from ..programs import Programs
from ..source import LARGEST
from .base import Place, ProjectChecker
from .cargo import CARGO
from .eslint import ESLINT
from .tsc import TSC

__all__ = ["ALL", "Place", "ProjectChecker", "Projects"]

log = logging.getLogger(__name__)

ALL: tuple[ProjectChecker, ...] = (CARGO, TSC, ESLINT)


class Projects:
    """Remembers the last word of each checker about each file: what was wrong before a change cannot be asked
    for when the disk holds the new text. Where it has no word yet, errors of the changed lines count."""

    def __init__(self, programs: Programs, checkers: Sequence[ProjectChecker]) -> None:
        self._programs = programs
        self._checkers = checkers
        self._last: dict[tuple[str, str], tuple[str, list[Found]]] = {}

    async def new_problems(self, before: Text | None, after: Text) -> list[Found]:
        language = language_of(after.path, after.content)
        fitting = [one for one in self._checkers if language and language.name in one.languages]
        if not fitting:
            return []
        place = Place(self._programs.root, after.path)
        if not await asyncio.to_thread(_holds, place, after):
            return []
        answers = await asyncio.gather(*(self._by(one, place, before, after) for one in fitting))
        return [found for answer in answers for found in answer]

    async def _by(
        self, checker: ProjectChecker, place: Place, before: Text | None, after: Text
    ) -> list[Found]:
        try:
            verdict = await checker.check(place, self._programs)
        except Exception:
            log.exception("the checker %s failed on %s", checker.name, place.path)
            return []
        if verdict is None:
            return []
        found = locate(verdict, after.content)
        digest, known = self._last.get((checker.name, after.path), ("", []))
        self._last[checker.name, after.path] = (after.digest, found)
        if before is None:
            return found
        if digest == before.digest:
            return new_problems(known, found)
        return blamed(found, changed_lines(before.content, after.content))


def _holds(place: Place, text: Text) -> bool:
    """Whether the disk has this text: an unsaved buffer is not what these checkers would judge."""
    try:
        stored = textcodec.decode(place.path, read_bytes(place.file, place.path, LARGEST * 4))
    except (SmallCodeError, OSError):
        return False
    return stored.digest == text.digest
