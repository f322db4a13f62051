"""Go: errors of the compiler and of go vet, panics, and failures of go test."""

from __future__ import annotations

import re

from .base import Diagnosis, advice_of

_ERROR = re.compile(r"^(?:vet: )?(?P<file>[\w./-]+\.go):(?P<line>\d+):\d+: (?P<words>.+)$", re.MULTILINE)
_FAILED = re.compile(r"^\s+(?P<file>[\w./-]+_test\.go):(?P<line>\d+): (?P<words>.+)$", re.MULTILINE)
_PANIC = re.compile(r"^panic: (?P<words>.+)$", re.MULTILINE)
_FRAME = re.compile(r"^\t(?P<file>\S+\.go):(?P<line>\d+)", re.MULTILINE)
_ELSEWHERE = re.compile(r"/usr/(?:local/)?(?:lib/)?go|/src/(?:runtime|testing|internal)/|/pkg/mod/")

_ADVICE = {
    r"undefined: (\S+)": "{0} is not defined there: import it, define it, or correct its spelling.",
    r"declared and not used": "Use the variable or take it out.",
    r"imported and not used": "Take the import out.",
    r"cannot use": "Give the value the type that is expected there.",
    r"not enough arguments|too many arguments": "Compare the call with the function's parameters.",
    r"missing return": "Return a value on every way through the function.",
    r"syntax error": "Read that line and the one before it: a bracket or comma is missing there.",
    r"nil pointer": "Something is nil there: find what was not made, and handle it.",
    r"index out of range": "Check the bounds of the index there.",
    r"test failure": "Compare what is expected with what comes out, and correct the code, not the test.",
}


def diagnose(output: str) -> Diagnosis | None:
    if found := _ERROR.search(output):
        return _as("compile error", found["words"], found)
    if panic := _PANIC.search(output):
        frames = [one for one in _FRAME.finditer(output) if not _ELSEWHERE.search(one["file"])]
        return _as("panic", panic["words"], frames[0] if frames else None)
    if found := _FAILED.search(output):
        return _as("test failure", found["words"], found)
    return None


def _as(kind: str, words: str, place: re.Match[str] | None) -> Diagnosis:
    file, line = (place["file"], int(place["line"])) if place else ("", 0)
    return Diagnosis(kind, words.strip(), file, line, advice_of(_ADVICE, kind, words))
