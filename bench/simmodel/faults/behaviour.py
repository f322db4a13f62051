"""Faults in what the model does at all: nothing, the same again, or too little."""

from __future__ import annotations

import re
from dataclasses import replace

from ..action import Call, Reply
from ..rates import LOOP_PATIENCE
from .base import Fault, Moment, names

_GO_ON = re.compile(
    r"\b(?:call(?:ing)?|use|using) (?:a|the|one of the|your)?\s*tools?\b|no tool (?:was|call)"
    r"|without (?:a |calling|any)"
    r"|did not (?:call|act|do)|nothing (?:was|has been|is) (?:changed|done)"
    r"|still (?:to do|open|missing|fail)|not (?:yet )?done",
    re.I,
)
REPEATED = re.compile(
    r"\b(?:repeat\w*|same (?:call|arguments|result|command)|already|again|loop\w*|identical|duplicate)\b",
    re.I,
)


def loop_entry(reply: Reply, moment: Moment) -> Reply | None:
    """The last call once more, to the letter."""
    last = moment.chat.last_call
    if last is None or not reply.calls or moment.intent.why == "lost":
        return None
    return replace(reply, calls=(Call(last.name, last.arguments, last.raw),), content="")


def announce_and_stop(reply: Reply, moment: Moment) -> Reply | None:
    if not reply.calls:
        return None
    action = reply.action
    what = {
        "read": f"look at {action.path}",
        "edit": f"make the change in {action.path}",
        "write": f"write {action.path}",
        "append": f"extend {action.path}",
        "run": "run the tests",
    }.get(action.do, "look around in the project")
    return Reply(f"I understand. Now I will {what}.", finish="stop", action=action)


def thinking_only(reply: Reply, moment: Moment) -> Reply | None:
    """Thoughts and no answer, ended by the limit or not; or nothing at all."""
    action = reply.action
    thoughts = (
        f"The user wants a change. I need to {action.do} {action.path or action.text[:60]}. Let me do that."
    )
    ways = (
        Reply(reasoning=thoughts, finish="stop", action=action),
        Reply(reasoning=f"{thoughts} " + "Wait, let me think again. " * 40, finish="length", action=action),
        Reply(finish="stop", action=action),
    )
    return moment.choose(ways)


def false_done(reply: Reply, moment: Moment) -> Reply | None:
    """The end is declared with work begun and left over."""
    begun = moment.view.last_change >= 0
    if not reply.calls or not begun or moment.intent.remaining == 0:
        return None
    return Reply(
        "I have made all the changes you asked for, and everything works.", finish="stop", action=reply.action
    )


def asks_instead(reply: Reply, moment: Moment) -> Reply | None:
    """A question whose answer stands in the request."""
    if not reply.calls:
        return None
    where = reply.action.path or "the project"
    return Reply(f"Would you like me to go ahead with {where}?", finish="stop", action=reply.action)


def _says_go_on(text: str, moment: Moment) -> bool:
    """It says that no tool was called or what is left, not only to go on."""
    path = moment.intent.action.path
    return _GO_ON.search(text) is not None or bool(path and names(text, path))


def _says_repeated(text: str, moment: Moment) -> bool:
    return REPEATED.search(text) is not None


FAULTS = (
    Fault("loop_entry", loop_entry, _says_repeated, patience=LOOP_PATIENCE),
    Fault("announce_and_stop", announce_and_stop, _says_go_on),
    Fault("thinking_only", thinking_only, _says_go_on),
    Fault("false_done", false_done, _says_go_on),
    Fault("asks_instead", asks_instead, _says_go_on),
)
