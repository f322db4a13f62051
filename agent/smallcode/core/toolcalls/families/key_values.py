"""``call:f{k:<|"|>v<|"|>}`` of Gemma 4 and ``call:f{k:<escape>v<escape>}`` of FunctionGemma."""

from __future__ import annotations

import re

from ..context import Context, plainly
from ..json_body import Broken, Value, read_loosely
from ..repairs import LOOSE_QUOTES
from ..shape import named_call
from ..values import CallProblem, Draft, Family, PlainFamily, Reading

# Keys without quotes and strings between tokens are how Gemma writes.
OWN = frozenset({LOOSE_QUOTES})
_CALL = re.compile(r"\s*(?:call\s*:\s*|:\s*)([^\W\d][\w.\-/]{0,80})\s*:?\s*\{")
_END = re.compile(r"(?:<\|\"\|>|<escape>)?\s*(?:<tool_call\|>|<end_function_call>|</?start_function_call>)")


def read(text: str, start: int, context: Context) -> Reading | None:
    opened = _CALL.match(text, start)
    if opened is None or context.budget.spent:
        return None
    found = _pairs(text, opened.end())
    if isinstance(found, Broken):
        context.budget.spend(max(found.at - start, 40))
    call = named_call(opened[1], found, context)
    if call is None:
        return None
    end = found.end if isinstance(found, Value) else len(text) if found.cut else _boundary(text, found.at)
    drafts = (call,) if isinstance(call, Draft) else ()
    return Reading(end, drafts, (call,) if isinstance(call, CallProblem) else ())


def _pairs(text: str, at: int) -> Value | Broken:
    found = read_loosely(text, at, lambda reader: reader.mapping("}", "mapping", 0), bare=True, own=OWN)
    if isinstance(found, Value):
        return found
    # A string whose end token is missing swallows what follows, so that the call is read once more up to
    # its own end.
    end = _END.search(text, at)
    if end is None:
        return found
    again = read_loosely(
        text, at, lambda reader: reader.mapping("}", "mapping", 0), end.start(), bare=True, own=OWN
    )
    return again if isinstance(again, Value) else found


def _boundary(text: str, at: int) -> int:
    end = _END.search(text, at)
    return end.end() if end else len(text)


def read_plain(text: str, start: int, context: Context) -> Reading | None:
    return read(text, start, plainly(context))


KEY_VALUES = Family("key values", r"(?:call\s*)?:\s*[^\W\d][\w.\-/]{0,80}\s*:?\s*\{", read)
PLAIN_KEY_VALUES = PlainFamily(
    "key values",
    r"(?<![\w.])call:[^\W\d][\w.\-/]{0,80}\s*:?\s*\{",
    frozenset({"", "tool_call", "tool_code"}),
    read_plain,
    inside=True,
)
