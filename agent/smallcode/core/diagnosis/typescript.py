"""TypeScript: what tsc prints, with and without colours for people."""

from __future__ import annotations

import re

from .base import Diagnosis, advice_of

_ERROR = re.compile(
    r"^(?P<file>[\w./\\ @-]+\.[cm]?[jt]sx?)(?:\((?P<line>\d+),\d+\): |:(?P<at>\d+):\d+ - )"
    r"error (?P<code>TS\d+): (?P<words>.+)$",
    re.MULTILINE,
)

_ADVICE = {
    r"TS2307|Cannot find module '([^']+)'": "Check the path of the import against where the file is.",
    r"TS2304|TS2552": "Import the name, declare it, or correct its spelling.",
    r"TS2339: Property '([^']+)'": "Look how {0} is spelled in the type, or add it there.",
    r"TS2322|TS2345": (
        "Give the value the type that is expected there, or change the type where it is declared."
    ),
    r"TS255[4-6]": "Compare the call with the function's parameters.",
    r"TS2741|TS2739": "Add the missing properties.",
    r"TS18047|TS18048|TS2531|TS2532": "Handle the case that it is null or undefined before that line.",
    r"TS7006|TS7031": "Give the parameter a type.",
    r"TS1\d{3}\b": "Read that line and the one before it: a bracket, quote or comma is missing there.",
}


def diagnose(output: str) -> Diagnosis | None:
    found = _ERROR.search(output)
    if found is None:
        return None
    code, words = found["code"], found["words"].strip()
    return Diagnosis(
        code, words, found["file"], int(found["line"] or found["at"]), advice_of(_ADVICE, code, words)
    )
