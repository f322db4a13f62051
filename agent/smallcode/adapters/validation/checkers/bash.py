"""``bash -n`` and ``sh -n``: they read the script to its end and run none of it."""

from __future__ import annotations

import re

from ....languages import interpreter_of
from ..programs import Programs
from ..source import Source
from .base import Checker, Verdict

NAME = "bash"

# A script may switch extglob on before it uses it, which nobody does in a script that is only read.
_BASH = ("--norc", "--noprofile", "-O", "extglob", "-n")

# "bash: line 3: syntax error near …", dash's "sh: 3: Syntax error: …".
_ERROR = re.compile(r"^\S+: (?:line )?(\d+): (.*)$", re.MULTILINE)


async def check(source: Source, programs: Programs) -> Verdict:
    shell = interpreter_of(source.content)
    if shell in ("sh", "dash"):
        done = await programs.run("sh", ("-n",), source.content)
    else:
        done = await programs.run("bash", _BASH, source.content)
    if done is None:
        return None
    if done.status == 0:
        return ()
    found = [(int(line), message) for line, message in _ERROR.findall(done.stderr)]
    # The second line of bash's message quotes the script.
    told = [(line, message) for line, message in found if not message.startswith("`")]
    return [source.problem(line, message, NAME) for line, message in told] or None


BASH = Checker(NAME, ("bash",), check)
