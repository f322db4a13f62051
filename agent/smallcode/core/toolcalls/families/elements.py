"""A call spelled out in elements: ``<name>f</name><arguments>{…}</arguments>``."""

from __future__ import annotations

import re

from ..children import read_children
from ..context import Context
from ..json_body import Broken, Value, read_json, skip_space
from ..shape import named_call
from ..tags import FLAGS
from ..values import CallProblem, Draft, Family, Reading

_NAME = re.compile(
    r"<(?:tool_name|function_name|name|tool|function)>\s*([^<>\n]{1,100}?)\s*"
    r"</(?:tool_name|function_name|name|tool|function)>\s*",
    FLAGS,
)
_ARGUMENTS = re.compile(
    r"<(?P<tag>arguments|parameters|args|params|input|tool_input|tool_arguments)>\s*", FLAGS
)


def read(text: str, start: int, context: Context) -> Reading | None:
    named = _NAME.match(text, start)
    if named is None or context.budget.spent:
        return None
    known = context.offered.resolve(named[1])
    opened = _ARGUMENTS.match(text, named.end())
    if known is None or opened is None:
        return None
    properties = context.offered.schema(known[0]).get("properties") or {}
    at = opened.end()
    if text.startswith("{", at):
        found = read_json(text, at)
        end = found.end if isinstance(found, Value) else len(text) if found.cut else found.at
    else:
        params = read_children(text, at, properties)
        found, end = params.found(open_=False), params.end
    closer = re.compile(rf"\s*</{opened['tag']}>", FLAGS).match(text, end)
    if closer:
        end = closer.end()
    elif isinstance(found, Value):
        found = Value(found.value, found.end, found.repairs, open=True)
    call = named_call(named[1], found, context, text=not text.startswith("{", at))
    if isinstance(found, Broken):
        end = max(end, skip_space(text, at))
    return Reading(
        end, (call,) if isinstance(call, Draft) else (), (call,) if isinstance(call, CallProblem) else ()
    )


ELEMENTS = Family("elements", r"<(?:tool_name|function_name|name)>", read)
