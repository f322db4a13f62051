"""ReAct: ``Action: f`` and ``Action Input: {…}``, and Qwen-Agent's ``✿FUNCTION✿: f`` and ``✿ARGS✿: {…}``."""

from __future__ import annotations

import re

from ..context import Context, plainly
from ..json_body import Broken, Value, begins_arguments, read_arguments, read_json
from ..repairs import FENCED
from ..shape import named_call
from ..values import CallProblem, Draft, PlainFamily, Reading
from .json_calls import read as read_json_calls
from .pythonic import read as read_python

_BOLD = r"\*{0,2}"
_ACTION = re.compile(rf"[ \t>]*{_BOLD}(?:Action|Tool|✿FUNCTION✿){_BOLD}\s*:\s*{_BOLD}\s*", re.IGNORECASE)
_NAME = re.compile(
    r"[`\"'\[*]*([^\W\d][\w.\-]{0,80})[`\"'\]*]*[ \t]*(?:\([^()\n]{0,200}\))?[ \t]*(?:\r?\n|$)"
)
_INPUT = re.compile(
    rf"\s*{_BOLD}(?:(?:(?:Action|Tool)[ _]?)?(?:Input|Arguments?|Args|Parameters)|✿ARGS✿)"
    rf"{_BOLD}\s*:[ \t]*{_BOLD}[ \t]*",
    re.IGNORECASE,
)
_FENCE = re.compile(r"\s*```[\w-]*[ \t]*\r?\n?")
_FENCE_END = re.compile(r"\s*```")
_NEXT = re.compile(
    r"\n\s*(?:(?:Observation|Thought|Action|Final Answer)\b|✿(?:RESULT|RETURN|FUNCTION)✿)|<\|", re.IGNORECASE
)
_REST = re.compile(
    r"[ \t}\]]*(?:[ \t]*#[^\n]*|[,.][^\n{]{0,80}(?=\n|$))?"
    r"(?:\s*\**(?:Observation|✿RESULT✿|PAUSE)\**\s*:?\s*)?",
    re.IGNORECASE,
)


def read_plain(text: str, start: int, context: Context) -> Reading | None:
    action = _ACTION.match(text, start)
    if action is None or context.budget.spent:
        return None
    plain = plainly(context)
    at = action.end()
    fence = _FENCE.match(text, at)
    if fence:
        at = fence.end()
    if text.startswith(("{", "["), at):
        return _closed(text, read_json_calls(text, at, plain), fence is not None)
    named = _NAME.match(text, at)
    if named is None or context.offered.resolve(named[1], exactly=True) is None:
        return _closed(text, read_python(text, at, plain) if at < len(text) else None, fence is not None)
    found, end = _input(text, named.end())
    if isinstance(found, Broken):
        context.budget.spend(max(found.at - start, 40))
    call = named_call(named[1], found, plain)
    if call is None:
        return None
    rest = _REST.match(text, end)
    end = rest.end() if rest else end
    return Reading(
        end, (call,) if isinstance(call, Draft) else (), (call,) if isinstance(call, CallProblem) else ()
    )


def _input(text: str, at: int) -> tuple[Value | Broken, int]:
    given = _INPUT.match(text, at)
    if given is None:
        return Value({}, at), at
    fence = _FENCE.match(text, given.end())
    start = fence.end() if fence else given.end()
    while text.startswith((" ", "\n", "\r", "\t"), start):
        start += 1
    if text.startswith("[", start) or begins_arguments(text, start):
        found = read_arguments(text, start)
        if isinstance(found, Broken):
            # Its brackets may be missing, so that it ends where the next label stands.
            following = _NEXT.search(text, start)
            again = read_json(text, start, following.start()) if following else found
            found = again if isinstance(again, Value) else found
        if isinstance(found, Broken):
            return found, len(text) if found.cut else found.at
        closed = _FENCE_END.match(text, found.end) if fence else None
        end = closed.end() if closed else found.end
        return Value(found.value, end, found.repairs + ((FENCED,) if fence else ()), found.open), end
    return _bare(text, start, fence is not None)


def _bare(text: str, start: int, fenced: bool) -> tuple[Value | Broken, int]:
    """Text for the sole parameter: to the end of the fence, or to the next label."""
    if fenced:
        close = text.find("```", start)
        if close < 0:
            return Broken("it ends inside a fence", cut=True), len(text)
        return Value(text[start:close].strip("\r\n"), close, (FENCED,)), close + 3
    following = _NEXT.search(text, start)
    end = following.start() if following else len(text)
    value = text[start:end].strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'`":
        value = value[1:-1]
    return Value(value or {}, end), end


def _closed(text: str, reading: Reading | None, fenced: bool) -> Reading | None:
    if reading is None or not (reading.drafts or reading.problems):
        return None
    close = _FENCE_END.match(text, reading.end) if fenced else None
    rest = _REST.match(text, close.end() if close else reading.end)
    end = rest.end() if rest else close.end() if close else reading.end
    return Reading(end, reading.drafts, reading.problems)


REACT = PlainFamily(
    "ReAct",
    r"^[ \t>]*\*{0,2}(?:Action|Tool|✿FUNCTION✿)\*{0,2}\s*:",
    frozenset({"", "text", "plaintext", "react", "json", "tool_call"}),
    read_plain,
)
