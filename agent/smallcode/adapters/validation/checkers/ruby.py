"""``ruby -c``."""

from __future__ import annotations

import re

from ..programs import Programs
from ..source import Source
from .base import Checker, Verdict

NAME = "ruby"

# "-:3: syntax error, unexpected …" up to Ruby 3.3; "-:3: syntax errors found" and a picture from 3.4 on.
_ERROR = re.compile(r"^(?:ruby\S*: )?-:(\d+): (.*)$", re.MULTILINE)
_PICTURED = re.compile(r"^>\s*(\d+) \|.*\n\s*\|\s*\^[~^]* (.*)$", re.MULTILINE)


async def check(source: Source, programs: Programs) -> Verdict:
    done = await programs.run("ruby", ("--disable=gems", "-c"), source.content)
    if done is None:
        return None
    if done.status == 0:
        return ()
    found = _PICTURED.findall(done.stderr) or _ERROR.findall(done.stderr)
    errors = [source.problem(int(line), text, NAME) for line, text in found if "warning:" not in text]
    # Those that follow are mostly what the first one has led to.
    return errors[:1] or None


RUBY = Checker(NAME, ("ruby",), check)
