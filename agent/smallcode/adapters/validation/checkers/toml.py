"""The tomllib module."""

from __future__ import annotations

import asyncio
import re
import tomllib

from ..programs import Programs
from ..source import Source
from .base import Checker, Verdict

NAME = "toml"

_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)\s*$")


async def check(source: Source, programs: Programs) -> Verdict:
    return await asyncio.to_thread(_check, source)


def _check(source: Source) -> Verdict:
    try:
        tomllib.loads(source.content)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = _PLACE.search(message)
        last = source.content.count("\n") + 1
        line = int(place[1]) if place is not None and place[1] else last
        return [source.problem(line, _PLACE.sub("", message), NAME)]
    except RecursionError:
        return None
    return ()


TOML = Checker(NAME, ("toml",), check)
