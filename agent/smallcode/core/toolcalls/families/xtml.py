"""Kimi K3: ``<|open|>call tool="f"<|sep|><|open|>argument key="k"<|sep|>v<|close|>argument<|sep|>``."""

from __future__ import annotations

import re

from ..context import Context
from ..json_body import Value, read_json, skip_space
from ..params import Ends, Params, parameter_name
from ..shape import named_call
from ..tags import FLAGS, past_closers
from ..values import CallProblem, Draft, Family, Reading

_CALL = re.compile(
    r"<\|open\|>\s*call\s+tool\s*=\s*\"?([^\"<>\n]{1,100}?)\"?(?:\s[^<>\n]{0,100})?<\|sep\|>", FLAGS
)
_ARGUMENT = re.compile(
    r"<\|open\|>\s*argument\s+key\s*=\s*\"?(?P<key>[^\"<>\n]{1,100}?)\"?(?P<rest>\s[^<>\n]{0,100})?<\|sep\|>",
    FLAGS,
)
_CLOSE = re.compile(r"<\|close\|>\s*argument\s*<\|sep\|>", FLAGS)
_END = re.compile(r"\s*<\|close\|>\s*call\s*<\|sep\|>", FLAGS)


def read(text: str, start: int, context: Context) -> Reading | None:
    called = _CALL.match(text, start)
    if called is None:
        return None
    known = context.offered.resolve(called[1])
    properties = context.offered.schema(known[0]).get("properties") or {} if known else {}
    params = Params(called.end())
    ends = Ends(text, _CLOSE, _ARGUMENT, lambda other: True)
    while not params.cut:
        opened = _ARGUMENT.match(text, skip_space(text, params.end))
        if opened is None:
            break
        value, params.end, params.cut = ends.value(opened.end())
        if not params.cut:
            name = parameter_name(opened["key"], properties)
            params.add(name, _typed(value, opened["rest"] or "", name in properties))
    if text.startswith("<|open|>", skip_space(text, params.end)):
        params.cut = True
    closed = _END.match(text, params.end)
    call = named_call(called[1], params.found(open_=closed is None), context, text=True)
    end = len(text) if params.cut else closed.end() if closed else params.end
    drafts = (call,) if isinstance(call, Draft) else ()
    return Reading(past_closers(text, end), drafts, (call,) if isinstance(call, CallProblem) else ())


def _typed(value: str, rest: str, known: bool) -> object:
    """The type stands in the tag; the schema, where there is one, knows better."""
    if known or "string" in rest or "type" not in rest:
        return value
    found = read_json(value, 0) if value else None
    return found.value if isinstance(found, Value) and found.end == len(value) else value


XTML = Family("XTML", r"<\|open\|>\s*call\s", read)
