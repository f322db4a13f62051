"""Rust: errors of the compiler, and panics."""

from __future__ import annotations

import re

from .base import Diagnosis, advice_of

_ERROR = re.compile(
    r"^error(?:\[(?P<code>E\d{4})\])?: (?P<words>.+)\n(?:.*\n){0,3}?\s*--> "
    r"(?P<file>[^\s:]+):(?P<line>\d+):\d+",
    re.MULTILINE,
)
_PANIC = re.compile(
    r"^thread '[^'\n]*'(?: \(\d+\))? panicked at (?P<file>[^\s:']+):(?P<line>\d+):\d+:\n(?P<words>.+)$",
    re.MULTILINE,
)

_ADVICE = {
    r"E0308": "Give the value the type that is expected there.",
    r"E0382|E0505|E0507": "The value was moved: borrow it with &, or clone it before.",
    r"E0499|E0502|E0506": "End the first borrow before the second begins.",
    r"E0425|E0412|E0433": "Bring the name into scope with use, define it, or correct its spelling.",
    r"E0432": "Check the path of the use against the modules that there are.",
    r"E0599": "Look which methods the type has, and whether a trait must be in scope.",
    r"E0061": "Compare the call with the function's parameters.",
    r"E0277": "The type lacks a trait that is needed there: convert it or implement the trait.",
    r"E0384|E0596": "Declare the variable with mut.",
    r"E0004": "Add the cases that the match leaves out.",
    r"unwrap\(\)` on": "Handle the case without a value instead of unwrap.",
    r"index out of bounds": "Check the bounds of the index there.",
    r"assertion": "Compare left and right, and correct the code, not the test.",
    r"expected": "Read that line and the one before it: a bracket or semicolon is missing there.",
}


def diagnose(output: str) -> Diagnosis | None:
    found = _ERROR.search(output)
    kind = found["code"] or "compile error" if found else "panic"
    found = found or _PANIC.search(output)
    if found is None:
        return None
    words = found["words"].strip()
    return Diagnosis(kind, words, found["file"], int(found["line"]), advice_of(_ADVICE, kind, words))
