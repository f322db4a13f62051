"""A file of open tasks as the plan: `- [ ]` is a step, and becomes `- [x]` when it is done.

Only the mark of an item is ever changed, in the text as it stands then: what the user writes into the file
meanwhile stays, and an item that they have changed, ticked or taken away is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...messages import TextEdit
from ..file_list import named_files
from .steps import MOST_STEPS, Plan, Step, read_step

_ITEM = re.compile(
    r"^(?P<indent>[ \t]*)(?:[-*+]|\d{1,3}[.)])[ \t]+\[(?P<mark>[ xX])\][ \t]+(?P<text>\S[^\r\n]*)", re.M
)
_FILE = re.compile(r"(?:^|/)(?:[\w.-]*(?:todo|tasks?|checklist|roadmap|backlog|plan)[\w.-]*)$", re.IGNORECASE)
_BARE = re.compile(r"(?<![\w./-])((?:[\w.-]+/)*TODO)(?![\w/.-]*\w)")
_WORK = re.compile(
    r"\b(?:work|go|get|walk) (?:through|down|off|on)\b|\b(?:follow|implement|complete|finish|execute|tackle"
    r"|resolve|address|start|continue)\b|\bdo (?:what|everything|all|the)\b|\b(?:items?|tasks?|points?|steps?"
    r"|everything|all|next)\b[^.\n]{0,30}\b(?:in|of|from|on)\b|\b(?:arbeite|erledige)\b",
    re.IGNORECASE,
)
_ABOUT_THE_FILE = re.compile(
    r"^\W*(?:please\s+)?(?:add|write|create|append|put|remove|delete|sort|tidy|clean up|reformat|rename|move"
    r"|read|show|explain|summari[sz]e|translate|list|update)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Item:
    """``at`` is the offset of the mark in the text, between the brackets."""

    text: str
    at: int
    ticked: bool


def named_todo(prompt: str) -> str | None:
    """The file whose tasks a request wants to have done, as it is written there; None for any other request,
    also one that is about the file itself."""
    if _ABOUT_THE_FILE.match(prompt) or not _WORK.search(prompt):
        return None
    names = [name for name in named_files(prompt) if _FILE.search(name.rpartition(".")[0])]
    return next(iter([*names, *_BARE.findall(prompt)]), None)


def items(content: str) -> list[Item]:
    """The items with a box, those without items below them: an item with some is a heading."""
    found = list(_ITEM.finditer(content))
    depths = [len(item["indent"].expandtabs(4)) for item in found]
    return [
        Item(" ".join(item["text"].split()), item.start("mark"), item["mark"] != " ")
        for number, item in enumerate(found)
        if number + 1 == len(found) or depths[number + 1] <= depths[number]
    ]


def plan_of_todo(path: str, content: str) -> Plan | None:
    """The first open tasks of the file; None where none is open. A single one is a plan here."""
    opened = [item.text for item in items(content) if not item.ticked][:MOST_STEPS]
    steps = tuple(map(read_step, opened))
    return Plan(steps, "todo", path=path) if steps else None


def ticked(content: str, texts: Sequence[str]) -> tuple[TextEdit, ...]:
    """The edits that tick the items of the steps with these texts, each once; what is not there, or not open,
    is passed over."""
    left = list(texts)
    edits = []
    for item in items(content):
        text = read_step(item.text).text
        if not item.ticked and text in left:
            left.remove(text)
            edits.append(TextEdit(item.at, item.at + 1, "x"))
    return tuple(edits)


def may_be_ticked(step: Step) -> bool:
    """Whether it was seen to be done, or the model says so: that work went on elsewhere is not enough to
    write into the user's file."""
    return step.done and (bool(step.seen) or step.kind in ("read", "run") or step.confirmed)
