"""Node.js: uncaught errors, syntax errors and modules that are not found."""

from __future__ import annotations

import re

from .base import Diagnosis, advice_of

_ENDING = re.compile(r"^\s*(?:Uncaught )?((?:\w+)?(?:Error|Exception))(?: \[(\w+)\])?: (.+)$", re.MULTILINE)
_HEAD = re.compile(r"^(?:file://)?(/?[\w./ -]+\.[cm]?[jt]sx?):(\d+)$", re.MULTILINE)
_FRAME = re.compile(r"^\s+at (?:.*\()?(?:file://)?([^\s()]+\.[cm]?[jt]sx?):(\d+):\d+\)?$", re.MULTILINE)
_ELSEWHERE = re.compile(r"node_modules|^node:|internal/")

_ADVICE = {
    r"Cannot find (?:module|package) '([^']+)'": (
        "Check the path {0} against the file that imports it, and its ending."
    ),
    r"does not provide an export named '([^']+)'": "Look how {0} is exported there.",
    r"ReferenceError: (\S+) is not defined": (
        "{0} is not defined there: import it, define it, or correct its spelling."
    ),
    r"TypeError: (\S+) is not a function": "Look how {0} is exported and imported, and how it is spelled.",
    r"TypeError: Cannot read propert\w+ of (?:undefined|null)": (
        "Find what gives nothing there, and handle it."
    ),
    r"TypeError: Assignment to constant": "Use let where the variable is made.",
    r"SyntaxError: Unexpected token 'export'|Cannot use import statement": (
        "The file is a CommonJS module: use require and module.exports as its neighbours do."
    ),
    r"require is not defined": "The file is an ES module: use import as its neighbours do.",
    r"SyntaxError": "Read that line and the one before it: a bracket, quote or comma is missing there.",
    r"AssertionError": "Compare what is expected with what comes out, and correct the code, not the test.",
    r"RangeError: Maximum call stack": "The function calls itself without an end: check its first condition.",
}


def diagnose(output: str) -> Diagnosis | None:
    frames = [one for one in _FRAME.finditer(output) if not _ELSEWHERE.search(one[1])]
    heads = [one for one in _HEAD.finditer(output) if not _ELSEWHERE.search(one[1])]
    ending = _ENDING.search(output)
    if ending is None or not (frames or heads or "node:internal" in output):
        return None
    kind, message = ending[1], ending[3].strip()
    place = (
        next(iter([*heads, *frames]), None) if kind == "SyntaxError" else next(iter([*frames, *heads]), None)
    )
    file, line = (place[1], int(place[2])) if place else ("", 0)
    return Diagnosis(kind, message, file, line, advice_of(_ADVICE, kind, message))
