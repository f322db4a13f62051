"""``php -l``, without a php.ini."""

from __future__ import annotations

import re

from ..programs import Programs
from ..source import Source
from .base import Checker, Verdict

NAME = "php"

_ARGS = ("-n", "-d", "display_errors=1", "-d", "log_errors=0", "-l")

_ERROR = re.compile(
    r"^(?:PHP )?(?:Parse|Fatal) error: +(.*) in Standard input code on line (\d+)$", re.MULTILINE
)


async def check(source: Source, programs: Programs) -> Verdict:
    done = await programs.run("php", _ARGS, source.content)
    if done is None:
        return None
    if done.status == 0:
        return ()
    found = _ERROR.findall(done.stdout)
    return [source.problem(int(line), message, NAME) for message, line in found] or None


PHP = Checker(NAME, ("php",), check)
