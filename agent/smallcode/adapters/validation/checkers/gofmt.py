"""``gofmt``, of which only the compiler's parser is wanted."""

from __future__ import annotations

import re

from ..programs import Programs
from ..source import Source
from .base import Checker, Verdict

NAME = "gofmt"

_ERROR = re.compile(r"^<standard input>:(\d+):\d+: (.*)$", re.MULTILINE)


async def check(source: Source, programs: Programs) -> Verdict:
    done = await programs.run("gofmt", (), source.content)
    if done is None:
        return None
    if done.status == 0:
        return ()
    errors = [source.problem(int(line), message, NAME) for line, message in _ERROR.findall(done.stderr)]
    # Those that follow are mostly what the first one has led to.
    return errors[:1] or None


GOFMT = Checker(NAME, ("go",), check)
