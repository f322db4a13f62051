"""The json module; comments and trailing commas are taken out before where the file may have them."""

from __future__ import annotations

import asyncio
import json
import re

from ..programs import Programs
from ..source import Source
from .base import Checker, Verdict

NAME = "json"

_STRING = r'"(?:[^"\\\n]|\\.)*"'
_COMMENT = re.compile(rf"({_STRING})|//[^\n]*|/\*(?:[\s\S]*?\*/|[\s\S]*)")
_TRAILING_COMMA = re.compile(rf"({_STRING})|,(?=\s*[}}\]])")
_NOT_LINE_END = re.compile(r"[^\n]")


async def check(source: Source, programs: Programs) -> Verdict:
    return await asyncio.to_thread(_check, source)


def _check(source: Source) -> Verdict:
    content = source.content
    if source.language.name == "jsonc":
        content = without_extras(content)
        if not content.strip():
            return ()
    try:
        json.loads(content)
    except json.JSONDecodeError as error:
        return [source.problem(error.lineno, error.msg, NAME)]
    except RecursionError:
        return None
    return ()


def without_extras(content: str) -> str:
    """The text with white space for comments and trailing commas: every line stays where it is."""
    bare = _COMMENT.sub(lambda found: found[1] or _NOT_LINE_END.sub(" ", found[0]), content)
    return _TRAILING_COMMA.sub(lambda found: found[1] or " ", bare)


JSON = Checker(NAME, ("json", "jsonc"), check)
