"""C and C++: errors of gcc and clang, of the linker, and programs that crash."""

from __future__ import annotations

import re

from .base import Diagnosis, advice_of

_ERROR = re.compile(
    r"^(?P<file>[\w./+-]+\.(?:c|h|cc|cpp|cxx|hpp|hh)):(?P<line>\d+)(?::\d+)?: (?:fatal )?error: "
    r"(?P<words>.+)$",
    re.MULTILINE,
)
_LINKER = re.compile(
    r"undefined reference to [`'](?P<name>[^'`]+)'|Undefined symbols? .*\n\s+\"_?(?P<symbol>[^\"]+)\""
)
_CRASH = re.compile(r"\b(?P<words>Segmentation fault|Aborted|Bus error|Floating point exception)\b")

_ADVICE = {
    r"(?:No such file or directory|file not found)": "Check the name of the header and the include paths.",
    r"(?:undeclared|was not declared|unknown type name|does not name a type)": (
        "Include its header, declare it, or correct its spelling."
    ),
    r"expected .*(?:before|after|at end)": (
        "Read that line and the one before it: a semicolon or bracket is missing there."
    ),
    r"too (?:few|many) arguments|no matching function": "Compare the call with the function's parameters.",
    r"has no member named": "Look how the member is spelled in the type, or add it.",
    r"(?:incompatible|invalid conversion|cannot convert)": "Give the value the type that is expected there.",
    r"redefinition": "Keep one of the two definitions.",
    r"Segmentation fault|Bus error": "A pointer or an index is wrong: check for null and for the bounds.",
    r"Floating point exception": "Handle the divisor 0.",
    r"Aborted": "An assertion or a double free ended it: read what was printed before.",
}


def diagnose(output: str) -> Diagnosis | None:
    if found := _ERROR.search(output):
        words = found["words"].strip()
        return Diagnosis(
            "compile error", words, found["file"], int(found["line"]), advice_of(_ADVICE, "", words)
        )
    if linker := _LINKER.search(output):
        name = linker["name"] or linker["symbol"]
        advice = "Define it, correct its spelling, or add its source file or library to the command."
        return Diagnosis("linker error", f"{name} is not defined", advice=advice)
    if crash := _CRASH.search(output):
        return Diagnosis("crash", crash["words"], advice=advice_of(_ADVICE, "", crash["words"]))
    return None
