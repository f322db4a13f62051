"""From a request to its plan: whether it has several steps, and which, as far as its own words list them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..file_list import named_files
from ..reply.request import Task
from .lists import FEWEST_IN_SEQUENCE, as_steps, bullets, numbered, sequence
from .steps import Plan, is_order, kind_of

# A request in prose is worth a plan from so many orders on, or so many files, or where it is this long and
# has two orders or says of two things how they are to be. Length alone tells nothing: a long report of one
# bug has one step, and a plan of it costs tokens.
FEWEST_ORDERS, FEWEST_FILES = 3, 3
LONG_CHARS, FEWEST_IF_LONG = 300, 2

# What comes after so much is a log or a file that was pasted.
MOST_CHARS = 8000

MOST_RULES = 2
LONGEST_RULE = 120

_CLAUSE = re.compile(r"(?<=[.!?;:。])\s+|\n+|,?\s+\b(?:and(?: then)?|then|und|et|y)\b\s+|,\s+", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?。])\s+|\n+")
_STEPWISE = re.compile(
    r"\bstep[- ]by[- ]step\b|\bin (?:several|a few|these) steps\b|schrittweise", re.IGNORECASE
)
_LEADING = re.compile(
    r"^(?:please|pls|first|then|next|also|and|finally|now|so|just|ok|okay|[-*•]|\d+[.)])[\s,]+", re.IGNORECASE
)
_YES = re.compile(r"^\W*(?:(?:yes|yep|yeah|ok(?:ay)?|sure|please|ja|oui|sí|好)\b[\s,.!]*)+$", re.IGNORECASE)
_GO_ON = re.compile(
    r"^\W*(?:(?:yes|yep|yeah|ok(?:ay)?|sure|please|now|good|great|thanks?|ja|oui|sí|and|then)\b[\s,.!]*)*"
    r"(?:go on|go ahead|continue|carry on|keep going|proceed|resume|next(?: step)?|the rest|on with it"
    r"|do (?:it|the rest|the next(?: one| step)?|step \d)|finish(?: it| the (?:rest|plan))?"
    r"|weiter(?: so)?|mach weiter|continue[rz]?|sigue|继续)\b.{0,60}$",
    re.IGNORECASE | re.DOTALL,
)

Begun = Literal["continue", "keep", "replace"]
"""What a new request means for a plan that is not finished: it goes on, it waits while a question is
answered, or it is over."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """``plan`` is what the request itself lists; ``worth_asking`` is whether the model should write one."""

    plan: Plan | None = None
    worth_asking: bool = False


def draw_up(task: Task) -> Drawn:
    """Pure; never raises."""
    text = task.prompt[:MOST_CHARS]
    for items, fewest in ((numbered(text), 2), (bullets(text), 2), (sequence(text), FEWEST_IN_SEQUENCE)):
        steps = as_steps(items)
        if len(steps) >= fewest and (task.wants_change or any(step.kind == "change" for step in steps)):
            return Drawn(Plan(steps, "request", rules(text)))
    return Drawn(worth_asking=task.wants_change and not task.plans and _several(text))


def plan_of_text(text: str, request: str) -> Plan | None:
    """The plan that a model writes before its calls: a numbered list of things to do."""
    steps = as_steps(numbered(text))
    return Plan(steps, "model", rules(request)) if len(steps) >= 2 else None


def plan_of_lines(lines: Sequence[str], request: str) -> Plan | None:
    """The plan that was drawn up beside the turn."""
    steps = as_steps(list(lines))
    return Plan(steps, "model", rules(request)) if len(steps) >= 2 else None


def rules(request: str) -> tuple[str, ...]:
    """What the request says must not happen, the shortest sentences first come."""
    found = []
    for sentence in _SENTENCE.split(request):
        bare = _LEADING.sub("", sentence.strip())
        if bare and len(bare) <= LONGEST_RULE and kind_of(bare) == "note":
            found.append(bare.rstrip("."))
    return tuple(dict.fromkeys(found))[:MOST_RULES]


def begun(plan: Plan | None, task: Task) -> Begun:
    """``plan`` is what an earlier turn has left. A few words that say to go on are no new request; a question
    in between leaves the plan where it is."""
    if plan is None or plan.current is None:
        return "replace"
    prompt = task.prompt.strip()
    says_so = _YES.match(prompt) or _GO_ON.match(prompt)
    if says_so and not prompt.endswith("?") and not named_files(prompt):
        return "continue"
    return "replace" if task.wants_change else "keep"


def _several(text: str) -> bool:
    parts = [_LEADING.sub("", part.strip()) for part in _CLAUSE.split(text)]
    parts = [part for part in parts if not part.endswith("?")]
    orders = sum(map(is_order, parts))
    if orders >= FEWEST_ORDERS or (_STEPWISE.search(text) and orders):
        return True
    if orders and len(named_files(text)) >= FEWEST_FILES:
        return True
    wanted = sum(kind_of(part) == "change" for part in parts)
    return wanted >= FEWEST_IF_LONG and len(text) > LONG_CHARS
