"""What is wrong, where no rule can read the output of a failed command."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..core.diagnosis import Diagnosis, Question
from ..core.shorten import shorten
from ..messages import Message
from .base import MicroPrompt

SYSTEM = """\
You read the output of a command that failed. Answer with three lines and nothing else:
kind: the kind of error in at most four words
place: file:line, or none
do: one short sentence, the next thing to do"""

OUTPUT_CHARS = 2400
LONGEST_LINE = 160

_LINE = re.compile(r"^\W*(kind|place|do)\b[\s*]*:[\s*]*(.+)$", re.IGNORECASE | re.MULTILINE)
_PLACE = re.compile(r"([\w./+-]+):(\d+)")


def _render(question: Question) -> Sequence[Message]:
    output = shorten(question.output, OUTPUT_CHARS)
    return (
        Message("system", SYSTEM),
        Message("user", f"The command: {shorten(question.command, 300)}\nIts output:\n{output}"),
    )


def _parse(reply: str) -> Diagnosis | None:
    lines = {name.lower(): words.strip() for name, words in _LINE.findall(reply)}
    if "kind" not in lines or "do" not in lines:
        raise ValueError("It has no line that begins with kind: and none with do:.")
    place = _PLACE.search(lines.get("place", ""))
    file, line = (place[1], int(place[2])) if place else ("", 0)
    return Diagnosis(lines["kind"][:40], "", file, line, lines["do"][:LONGEST_LINE])


def _silent(_question: Question) -> Diagnosis | None:
    return None


DIAGNOSIS: MicroPrompt[Question, Diagnosis | None] = MicroPrompt(
    name="diagnosis",
    render=_render,
    parse=_parse,
    fallback=_silent,
    timeout_s=20.0,
    attempts=1,
    ttl_s=600.0,
    tier="fast",
    max_tokens=120,
)
