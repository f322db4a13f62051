"""What an error message comes to: its kind, its place, and one thing to do about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..tokens import BYTES_PER_TOKEN, utf8_size

MOST_TOKENS = 80
MARK = "[ERROR-DIAGNOSIS]"

# Of the error's own words.
MESSAGE_CHARS = 110


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """``kind`` is the error's name in its language, ``file`` as it was printed, "" where none is told;
    ``line`` counts from 1, 0 where none is told; ``message`` is the error's own, ``advice`` one sentence."""

    kind: str
    message: str = ""
    file: str = ""
    line: int = 0
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A command that failed, for a micro-prompt: what ran and what it printed."""

    command: str
    output: str


def render(found: Diagnosis, root: str = "") -> str:
    """One line for the model, of MOST_TOKENS at most. Paths below ``root`` are told from there."""
    file = found.file.removeprefix(f"{root}/") if root else found.file
    file = file.removeprefix("./")
    place = f" in {file}, line {found.line}" if file and found.line else f" in {file}" if file else ""
    message = " ".join(found.message.split())
    message = message if len(message) <= MESSAGE_CHARS else f"{message[:MESSAGE_CHARS]}…"
    told = f"{MARK} {found.kind}{place}"
    for part in (f": {message}" if message else "", f". {found.advice}" if found.advice else ""):
        if utf8_size(told + part) <= MOST_TOKENS * BYTES_PER_TOKEN:
            told += part
    return told


def advice_of(table: Mapping[str, str], kind: str, message: str) -> str:
    """The first sentence of the table whose pattern is found in ``kind: message``, with its groups filled
    in; "" where there is none."""
    for pattern, sentence in table.items():
        if found := re.search(pattern, f"{kind}: {message}"):
            return sentence.format(*found.groups())
    return ""
