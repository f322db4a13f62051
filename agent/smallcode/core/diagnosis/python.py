"""Python: tracebacks, syntax errors, and the failures that pytest and unittest print."""

from __future__ import annotations

import re

from .base import Diagnosis, advice_of

_FRAME = re.compile(r'^\s*File "([^"\n]+)", line (\d+)', re.MULTILINE)
_ENDING = re.compile(
    r"^((?:\w+\.)*\w*(?:Error|Exception|Warning|Interrupt|Exit|Iteration))(?::[ ](.*))?$", re.MULTILINE
)
_PYTEST_PLACE = re.compile(r"^([\w./-]+\.py):(\d+): (\w*(?:Error|Exception|Failed))\b", re.MULTILINE)
_PYTEST_WORDS = re.compile(r"^E\s{3,}(.+)$", re.MULTILINE)
# Frames that are not the project's to change.
_ELSEWHERE = re.compile(r"site-packages|dist-packages|/lib(?:64)?/python\d|^<|/unittest/|/_pytest/")

_ADVICE = {
    r"ModuleNotFoundError: No module named '([^']+)'": (
        "Check the spelling of {0}, the folder that the command runs in, and whether it is installed."
    ),
    r"ImportError: cannot import name '([^']+)'": (
        "Look with search whether {0} is defined there, and how it is spelled."
    ),
    r"(?:IndentationError|TabError)": (
        "Read the lines around it and give them the indentation of their block."
    ),
    r"SyntaxError": "Read that line and the one before it: a bracket, quote or colon is missing there.",
    r"NameError: name '([^']+)'": (
        "{0} is not defined at that place: import it, define it, or correct its spelling."
    ),
    r"UnboundLocalError": "Give the variable a value on every way to that line.",
    r"AttributeError: 'NoneType'": "Something is None there: find which call returned nothing.",
    r"AttributeError: .* has no attribute '([^']+)'": (
        "Look how {0} is spelled where it is defined, or add it."
    ),
    r"TypeError: .*missing \d+ required": (
        "Give the call all arguments that the function takes, or make them optional."
    ),
    r"TypeError: .*unexpected keyword": "Compare the call with the function's parameters.",
    r"TypeError: .*positional arguments? but": "Compare the call with the function's parameters.",
    r"KeyError: (.+)": "Look where the key {0} should be put in, or use get().",
    r"IndexError": "Check the bounds of the index there.",
    r"ZeroDivisionError": "Handle the divisor 0 before that line.",
    r"FileNotFoundError": "Check the path and the folder that the command runs in.",
    r"RecursionError": "The function calls itself without an end: check its first condition.",
    r"AssertionError": "Compare what is expected with what comes out, and correct the code, not the test.",
}


def diagnose(output: str) -> Diagnosis | None:
    return _pytest(output) or _traceback(output)


def _traceback(output: str) -> Diagnosis | None:
    frames = list(_FRAME.finditer(output))
    if not frames:
        return None
    ending = next(iter(_ENDING.finditer(output, frames[0].end())), None)
    if ending is None:
        return None
    before = [frame for frame in frames if frame.start() < ending.start()]
    ours = [frame for frame in before if not _ELSEWHERE.search(frame[1])]
    place = (ours or before)[-1]
    kind, message = ending[1], ending[2] or ""
    return Diagnosis(kind, message, place[1], int(place[2]), advice_of(_ADVICE, kind, message))


def _pytest(output: str) -> Diagnosis | None:
    """The first failure: where it was raised in the project, and the first line of its message."""
    places = [one for one in _PYTEST_PLACE.finditer(output) if not _ELSEWHERE.search(one[1])]
    words = _PYTEST_WORDS.search(output)
    if not places or words is None:
        return None
    place = places[0]
    kind, message = place[3], words[1].strip().removeprefix(f"{place[3]}: ")
    return Diagnosis(kind, message, place[1], int(place[2]), advice_of(_ADVICE, kind, message))
