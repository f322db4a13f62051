"""Lists in a text: what a request enumerates, what a model writes as its plan, "first … then … finally"."""

from __future__ import annotations

import re
from itertools import pairwise

from .steps import FEWEST_STEPS, MOST_STEPS, Step, read_step

# With these a sentence that says in which order to do things is taken apart; two of them may be one thought.
FEWEST_IN_SEQUENCE = 3

LONGEST_STEP = 200
"""Characters of one step; a longer item is cut."""

_FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,}).*?(?:^(?P=fence)[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_NUMBERED = re.compile(
    r"^[ \t]{0,3}(?:\*\*|#{1,4} )?(?:step )?(\d{1,2})(?:\*\*)?[.):](?:\*\*)?[ \t]+(\S.*)$", re.M | re.I
)
_BULLET = re.compile(r"^[ \t]{0,3}[-*•][ \t]+(?:\[[ xX]\][ \t]+)?(\S.*)$", re.MULTILINE)
_INLINE = re.compile(r"(?<![\w.,])\(?(\d{1,2})[.)]\s+")
_NEXT = re.compile(
    r"(?:(?<=[.;!\n])\s*|,\s*|\band\s+|^\s*)\b(?:and\s+)?"
    r"(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|then|next|after (?:that|this)|afterwards|finally|lastly"
    r"|zuerst|zunächst|dann|danach|anschließend|schließlich|zum schluss)\b[\s,:]+",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\b(?:first|zuerst|zunächst)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")


def numbered(text: str) -> list[str]:
    """The items of a list numbered 1, 2, 3, on lines or within one; [] where there is none of two at least.
    Of several lists the first counts."""
    bare = _FENCE.sub("", text)
    on_lines = _in_order([(int(found[1]), found[2]) for found in _NUMBERED.finditer(bare)])
    return on_lines or _within_line(bare)


def bullets(text: str) -> list[str]:
    return [_tidy(found[1]) for found in _BULLET.finditer(_FENCE.sub("", text))]


def sequence(text: str) -> list[str]:
    """What is to be done first, then and finally; [] where no such words tell it."""
    bare = " ".join(_FENCE.sub("", text).split())
    marks = list(_NEXT.finditer(bare))
    if len(marks) < FEWEST_IN_SEQUENCE - 1:
        return []
    bounds = [0, *(mark.start() for mark in marks), len(bare)]
    parts = [_NEXT.sub("", bare[start:end]).strip(" ,;.") for start, end in pairwise(bounds)]
    # Before "first" stands the story; without that word it is what comes before the last sentence.
    parts[0] = "" if _FIRST.search(marks[0][0]) else _SENTENCE.split(parts[0])[-1]
    last = _SENTENCE.split(parts[-1])
    parts[-1] = last[0].strip(" ,;.")
    return [_tidy(part) for part in parts if part]


def as_steps(items: list[str]) -> tuple[Step, ...]:
    """The items as steps, rules left out; () where fewer than two of them, or of all less than half, say what
    to do: a list may also hold data. What is more than a plan can hold becomes its last step."""
    steps = [step for step in map(read_step, items) if step.kind != "note"]
    acting = sum(step.kind != "other" for step in steps)
    if acting < FEWEST_STEPS or 2 * acting < len(items):
        return ()
    if len(steps) > MOST_STEPS:
        rest = len(steps) - MOST_STEPS + 1
        steps = [*steps[: MOST_STEPS - 1], Step(f"the other {rest} items", "other")]
    return tuple(steps)


def _in_order(found: list[tuple[int, str]]) -> list[str]:
    items: list[str] = []
    for number, text in found:
        if number == len(items) + 1:
            items.append(_tidy(text))
        elif number == 1:
            break
    return items if len(items) >= FEWEST_STEPS else []


def _within_line(text: str) -> list[str]:
    marks: list[re.Match[str]] = []
    for mark in _INLINE.finditer(text):
        if int(mark[1]) == len(marks) + 1:
            marks.append(mark)
    if len(marks) < FEWEST_STEPS:
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    items = [_tidy(text[mark.end() : end].strip(" ,;\n")) for mark, end in zip(marks, ends, strict=True)]
    # What follows the last item's sentence is the request going on.
    items[-1] = _SENTENCE.split(items[-1])[0]
    return items if all(items) else []


def _tidy(text: str) -> str:
    line = " ".join(text.replace("**", "").split())
    return line if len(line) <= LONGEST_STEP else f"{line[: LONGEST_STEP - 1]}…"
