"""Ways of going round in circles that are not the same call to the letter. They are played alone only."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from ..action import Action, Call, Reply
from ..chat import Called
from ..rates import LOOP_PATIENCE
from ..texts import run_passed
from .base import Fault, Moment
from .behaviour import REPEATED

_NOTHING_NEW = re.compile(r"nothing new|nothing that you have not seen|told nothing|already|\bsame\b", re.I)
_ACT = re.compile(r"nothing is changed|make (?:it|the change)|stop reading|act on|change it now", re.I)
_OTHER_TOOL = re.compile(r"in a row|another tool|do not call it|stop calling", re.I)

# Lines of an output that are surely read: its first and its last ones. The middle is overlooked.
READ_AT_AN_END = 2
FEWEST_LINES = 8


def _calls(moment: Moment) -> list[Called]:
    return [item for item in moment.chat.items if isinstance(item, Called)]


def _working(reply: Reply, moment: Moment) -> bool:
    return bool(reply.calls) and moment.intent.why != "lost"


def _before_the_change(reply: Reply, moment: Moment) -> bool:
    """At a change, where none was made yet."""
    changing = reply.action.do in ("edit", "write", "append") and moment.intent.why == "step"
    return _working(reply, moment) and changing and moment.view.last_change < 0


def loop_volatile(reply: Reply, moment: Moment) -> Reply | None:
    """The last call once more, with another spelling of the path, offset or time limit each time."""
    last = moment.chat.last_call
    if last is None or not last.arguments or not _working(reply, moment):
        return None
    tool, count = moment.offered.named(last.name), len(_calls(moment))
    if tool is None:
        return None
    arguments: dict[str, Any] = dict(last.arguments)
    path, command, start = (tool.roles.get(role) for role in ("path", "command", "start"))
    if path and isinstance(arguments.get(path), str):
        arguments[path] = ("./" if count % 2 else "") + arguments[path].removeprefix("./")
    if command and isinstance(arguments.get(command), str):
        bare = re.sub(r"^timeout \d+ +", "", arguments[command])
        arguments[command] = f"timeout {60 + count} {' ' * (count % 2)}{bare}"
    if start and not tool.has("old") and not tool.has("content"):
        arguments[start] = 1 + count % 3
    return replace(reply, calls=(Call(last.name, arguments),), content="")


def loop_cycle(reply: Reply, moment: Moment) -> Reply | None:
    """The last two calls in turns: A, B, A, B."""
    called = _calls(moment)
    if len(called) < 2 or not _working(reply, moment):
        return None
    one = called[-2]
    return replace(reply, calls=(Call(one.name, one.arguments, one.raw),), content="")


def keeps_reading(reply: Reply, moment: Moment) -> Reply | None:
    """Before the first change yet another file is read, and another."""
    if not _before_the_change(reply, moment):
        return None
    unread = [path for path in sorted(moment.script.seed) if path not in moment.view.reads]
    if unread:
        return moment.encode(Action("read", unread[0], say="Let me look at this file, too."))
    count = len(_calls(moment))
    longest = max(moment.script.seed, key=lambda path: len(moment.script.seed[path]))
    return moment.encode(Action("read", longest, first=1 + 7 * count, last=7 + 7 * count))


def restless(reply: Reply, moment: Moment) -> Reply | None:
    """Before the first change the same file is looked at by other means, again and again."""
    path = reply.action.path
    if not _before_the_change(reply, moment) or path not in moment.view.reads:
        return None
    ways = (
        Action("run", text=f"cat {path}"),
        Action("run", text=f"tail -n +1 {path}"),
        Action("read", path),
        Action("run", text=f"head -n 500 {path}"),
        Action("run", text=f"grep -h '' {path}"),
    )
    return moment.encode(ways[len(_calls(moment)) % len(ways)])


def insists(reply: Reply, moment: Moment) -> Reply | None:
    """Before the first change a file is read that is not there, under another name each time."""
    if not _working(reply, moment) or moment.view.last_change >= 0 or reply.action.do != "read":
        return None
    return moment.encode(Action("read", f"lib/part_{len(_calls(moment))}.txt"))


def reruns_failure(reply: Reply, moment: Moment) -> Reply | None:
    """A failed command is run again instead of read, where the place of the error stands in its middle."""
    last, text = moment.chat.last_call, moment.chat.feedback_text
    if last is None or not _working(reply, moment) or run_passed(text) is not False:
        return None
    if len(_lines(text)) < FEWEST_LINES or _shows_place(text, moment):
        return None
    return replace(reply, calls=(Call(last.name, last.arguments, last.raw),), content="")


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _shows_place(text: str, moment: Moment) -> bool:
    """A file of the task with a line number stands in what is surely read."""
    lines = _lines(text)
    ends = "\n".join([*lines[:READ_AT_AN_END], *lines[-READ_AT_AN_END:]])
    return any(
        re.search(rf"(?<!\w){re.escape(path)}\W{{1,3}}(?:line )?\d", ends) for path in moment.script.files
    )


def _says_repeated(text: str, moment: Moment) -> bool:
    return REPEATED.search(text) is not None


def _says_nothing_new(text: str, moment: Moment) -> bool:
    return _NOTHING_NEW.search(text) is not None


def _says_act(text: str, moment: Moment) -> bool:
    return _ACT.search(text) is not None


def _says_other_tool(text: str, moment: Moment) -> bool:
    return _OTHER_TOOL.search(text) is not None


FAULTS = (
    Fault("loop_volatile", loop_volatile, _says_repeated, patience=LOOP_PATIENCE),
    Fault("loop_cycle", loop_cycle, _says_repeated, patience=LOOP_PATIENCE),
    Fault("keeps_reading", keeps_reading, _says_act, patience=LOOP_PATIENCE),
    Fault("restless", restless, _says_nothing_new, patience=LOOP_PATIENCE),
    Fault("insists", insists, _says_other_tool, patience=LOOP_PATIENCE),
    Fault("reruns_failure", reruns_failure, _shows_place, patience=LOOP_PATIENCE),
)
