"""The project's own TypeScript compiler."""

from __future__ import annotations

import re

from ..checkers.base import Verdict
from ..programs import Programs
from .base import Place, ProjectChecker

NAME = "tsc"

_ARGS = ("--noEmit", "--pretty", "false")

# "src/a.ts(3,7): error TS2322: Type …", the lines below it being indented.
_ERROR = re.compile(r"^(\S[^\n]*?)\((\d+),\d+\): error TS\d+: ([^\n]*)$", re.MULTILINE)


async def check(place: Place, programs: Programs) -> Verdict:
    folder, installed = place.nearest("tsconfig.json"), place.nearest("node_modules/.bin/tsc")
    if folder is None or installed is None:
        return None
    program = installed / "node_modules" / ".bin" / "tsc"
    done = await programs.run(str(program), _ARGS, folder=folder)
    if done is None:
        return None
    found = _ERROR.findall(done.stdout)
    if done.status != 0 and not found:
        return None
    return [
        place.problem(int(line), message, NAME)
        for name, line, message in found
        if place.is_named(name, folder)
    ]


TSC = ProjectChecker(NAME, ("typescript", "tsx"), check)
