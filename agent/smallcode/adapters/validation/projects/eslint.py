"""The project's own ESLint: of its rules, those that the project calls errors."""

from __future__ import annotations

import json

from ..checkers.base import Verdict
from ..programs import Programs
from .base import Place, ProjectChecker

NAME = "eslint"

# severity of a message (ESLint's documentation, "Formatters"): 1 is a warning.
_ERROR = 2


async def check(place: Place, programs: Programs) -> Verdict:
    installed = place.nearest("node_modules/.bin/eslint")
    if installed is None:
        return None
    program = installed / "node_modules" / ".bin" / "eslint"
    done = await programs.run(str(program), ("--format", "json", str(place.file)), folder=installed)
    if done is None or done.status not in (0, 1):
        # 2 is its word for a configuration that it cannot read.
        return None
    return [
        place.problem(message.get("line") or 1, message["message"], NAME)
        for result in json.loads(done.stdout)
        for message in result["messages"]
        if message["severity"] == _ERROR
    ]


ESLINT = ProjectChecker(NAME, ("javascript", "typescript", "tsx"), check)
