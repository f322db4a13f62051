"""``node --check``.

A name ``.js`` does not tell a module from a script, and neither does package.json where a bundler reads the
file: what the text says decides, and what is right as either is right. JSX and Flow are no JavaScript; they
are left to the grammar.
"""

from __future__ import annotations

import posixpath
import re

from ..programs import Programs
from ..source import Source
from .base import Checker, Verdict

NAME = "node"

_MODULE = ("--input-type=module", "--check", "-")
_SCRIPT = ("--input-type=commonjs", "--check", "-")

_IS_MODULE = re.compile(r"^(?:import\b(?!\s*\()|export\b)", re.MULTILINE)
# What a script may not have and a module may.
_FOR_MODULES = re.compile(r"\b(?:import|export|await)\b")
# An element where an expression begins; what a string may hold of HTML begins behind a quote or a word.
_JSX = re.compile(r"(?:^|[(=>?:,{&|]|\breturn)[ \t\n]*<(?:>|[A-Za-z][\w.:-]*(?:[\s/>]))")
_FLOW = re.compile(r"^[ \t/*]*@flow\b", re.MULTILINE)
# Characters; a file says at its beginning that it is Flow.
_HEAD = 2000

_PLACE = re.compile(r"^\[(?:stdin|eval\d*)\]:(\d+)$", re.MULTILINE)
_MESSAGE = re.compile(r"^SyntaxError: (.*)$", re.MULTILINE)


async def check(source: Source, programs: Programs) -> Verdict:
    suffix = posixpath.splitext(source.path)[1]
    if suffix == ".jsx" or _JSX.search(source.content) or _FLOW.search(source.content[:_HEAD]):
        return None
    if suffix == ".mjs" or _IS_MODULE.search(source.content):
        return await _check(source, programs, _MODULE)
    verdict = await _check(source, programs, _SCRIPT)
    if verdict and suffix != ".cjs" and _FOR_MODULES.search(verdict[0].message):
        return await _check(source, programs, _MODULE)
    return verdict


async def _check(source: Source, programs: Programs, args: tuple[str, ...]) -> Verdict:
    done = await programs.run("node", args, source.content)
    if done is None:
        return None
    if done.status == 0:
        return ()
    place, message = _PLACE.search(done.stderr), _MESSAGE.search(done.stderr)
    if place is None or message is None:
        return None
    return [source.problem(int(place[1]), message[1], NAME)]


NODE = Checker(NAME, ("javascript",), check)
