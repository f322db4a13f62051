"""``rustfmt``, of which only the compiler's parser is wanted. It runs in an empty folder: rustup would take a
toolchain that the project names, and fetch it where it is not there."""

from __future__ import annotations

import re

from ..programs import Programs
from ..source import Source
from .base import Checker, Verdict

NAME = "rustfmt"

# Editions differ in keywords; this one reads the code of the later ones but for a few new words.
_ARGS = ("--edition", "2021", "--emit", "stdout", "--color", "never")

_ERROR = re.compile(r"^error(?:\[E\d+\])?: (.*)\n\s*--> <stdin>:(\d+):\d+$", re.MULTILINE)


async def check(source: Source, programs: Programs) -> Verdict:
    done = await programs.run("rustfmt", _ARGS, source.content)
    if done is None:
        return None
    if done.status == 0:
        return ()
    # It fails for other reasons too, such as a line that it cannot format.
    return [source.problem(int(line), message, NAME) for message, line in _ERROR.findall(done.stderr)] or None


RUSTFMT = Checker(NAME, ("rust",), check)
