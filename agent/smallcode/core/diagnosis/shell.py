"""Shells and make: what stands in the way of a command itself."""

from __future__ import annotations

import re

from .base import Diagnosis, advice_of

_SCRIPT = re.compile(r"^(?P<file>[^\s:]+): line (?P<line>\d+): (?P<words>.+)$", re.MULTILINE)
_MAKE = re.compile(
    r"^make(?:\[\d+\])?: \*\*\* (?P<words>No rule to make target .+?)(?:\.\s+Stop\.)?$", re.MULTILINE
)
_PLAIN = re.compile(
    r"^(?P<words>[\w./-]+: .*(?:command not found|No such file or directory|Permission denied|not found))$",
    re.MULTILINE,
)
# The shell of the session is no file of the project.
_SHELLS = frozenset({"bash", "sh", "dash", "zsh", "/bin/bash", "/bin/sh", "/usr/bin/bash", "environment"})

_ADVICE = {
    r"([\w./+-]+): command not found": (
        "{0} is not installed or not in the PATH: take another program that does it."
    ),
    r"unexpected end of file": "A quote, a bracket, fi, done or esac is missing.",
    r"syntax error near": (
        "Read that line and the one before it: a quote, then, do or bracket is missing there."
    ),
    r"unbound variable": "Give the variable a value, or a default with ${{name:-}}.",
    r"Permission denied": "Run it through its interpreter, or choose a place that may be written.",
    r"No such file or directory": "Check the path and the folder that the command runs in with ls.",
    r"No rule to make target": "Look into the Makefile for the targets that there are.",
}


def diagnose(output: str) -> Diagnosis | None:
    for pattern in (_SCRIPT, _MAKE, _PLAIN):
        found = pattern.search(output)
        if found is None:
            continue
        words = found["words"].strip()
        advice = advice_of(_ADVICE, "", words)
        if not advice:
            continue
        groups = found.groupdict()
        file = groups.get("file") or ""
        known = file and file not in _SHELLS
        return Diagnosis(
            "shell error", words, file if known else "", int(groups["line"]) if known else 0, advice
        )
    return None
