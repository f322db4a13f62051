"""What a fault is, and what it may look at."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ..action import Action, Call, Reply
from ..chat import Chat
from ..encode import encode
from ..intent import Intent
from ..offered import Offered, Tool, role_of
from ..rates import PATIENCE
from ..texts import plain, without_gutter
from ..trajectory import Script
from ..variants import pick
from ..view import View

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Moment:
    """``dice_key`` makes every choice within a fault the same for every harness. ``native`` says that calls
    are more than text: the request offers tools."""

    intent: Intent
    view: View
    chat: Chat
    offered: Offered
    script: Script
    dice_key: str
    native: bool = True

    def choose(self, options: Sequence[T]) -> T:
        return options[pick(len(options), self.dice_key)]

    def encode(self, action: Action) -> Reply:
        return encode(action, self.offered)


@dataclass(frozen=True, slots=True)
class Fault:
    """``apply(reply, moment)`` gives the faulty reply, or None where there is no opportunity; it is pure.
    ``cures(feedback, moment)`` says whether a text holds what the model needs in order to correct itself."""

    kind: str
    apply: Callable[[Reply, Moment], Reply | None]
    cures: Callable[[str, Moment], bool]
    patience: int = PATIENCE
    outage: bool = False


def edited(reply: Reply, moment: Moment, old: str, new: str) -> Reply | None:
    """The reply with other texts of its edit; None where that changes nothing."""
    action = reply.action
    if (old, new) == (action.old, action.new):
        return None
    return moment.encode(action.with_texts(old, new))


def with_arguments(reply: Reply, arguments: dict[str, object]) -> Reply:
    call = reply.calls[0]
    return replace(reply, calls=(Call(call.name, arguments),))


def printed(call: Call) -> str:
    """The arguments as JSON, or as the fault left them."""
    return call.raw if call.raw is not None else json.dumps(call.arguments, ensure_ascii=False)


def required(moment: Moment, call: Call) -> tuple[Tool, tuple[str, ...]] | None:
    tool = moment.offered.named(call.name)
    return (tool, tuple(name for name in tool.required if name in call.arguments)) if tool else None


def names(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def names_tools(text: str, moment: Moment) -> bool:
    """The wanted tool is named in a list of the tools that there are."""
    wanted = moment.encode(moment.intent.action).calls
    listed = sum(names(text, name) for name in moment.offered.names)
    return bool(wanted) and names(text, wanted[0].name) and listed >= min(2, len(moment.offered.names))


def names_parameters(text: str, moment: Moment) -> bool:
    """Every required parameter of the wanted tool stands in the text."""
    wanted = moment.encode(moment.intent.action).calls
    found = required(moment, wanted[0]) if wanted else None
    if not found or not found[1]:
        return False
    return all(names(text, name) for name in found[1])


def shows_real_text(text: str, moment: Moment) -> bool:
    """The text that the edit needs stands in the feedback, so that it can be copied."""
    step = moment.intent.read_first or moment.intent.step
    old = step.old.strip("\n") if step else ""
    bodies = (plain(text), without_gutter(text)[0], without_gutter(text, spaced=False)[0])
    return bool(old) and any(old in body for body in bodies)


def string_parameters(call: Call) -> list[str]:
    return [name for name, value in call.arguments.items() if isinstance(value, str)]


def path_parameter(call: Call) -> str | None:
    return next((name for name in call.arguments if role_of(name) == "path"), None)
