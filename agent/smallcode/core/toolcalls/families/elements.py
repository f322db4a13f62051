"""A call spelled out in elements: ``<name>f</name><arguments>{…}</arguments>``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..children import read_children
from ..context import Context
from ..json_body import Broken, Value, begins_arguments, read_arguments, skip_space
from ..params import read_params
from ..shape import named_call
from ..tags import FLAGS, is_closer
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
    if known is None:
        return None
    properties = context.offered.schema(known[0]).get("properties") or {}
    if opened is None:
        return _beside(text, named, properties, context)
    at = opened.end()
    encoded = begins_arguments(text, at)
    if encoded:
        found = read_arguments(text, at)
        end = found.end if isinstance(found, Value) else len(text) if found.cut else found.at
    else:
        params = read_children(text, at, properties)
        found, end = params.found(open_=False), params.end
    closer = re.compile(rf"\s*</{opened['tag']}>", FLAGS).match(text, end)
    if closer:
        end = closer.end()
    elif isinstance(found, Value):
        found = Value(found.value, found.end, found.repairs, open=True)
    call = named_call(named[1], found, context, text=not encoded)
    if isinstance(found, Broken):
        end = max(end, skip_space(text, at))
    return Reading(
        end, (call,) if isinstance(call, Draft) else (), (call,) if isinstance(call, CallProblem) else ()
    )


def _beside(
    text: str, named: re.Match[str], properties: Mapping[str, Any], context: Context
) -> Reading | None:
    """Parameters right behind the name, with no element around them."""
    params = read_params(text, named.end(), properties)
    if not params.values and not params.cut:
        params = read_children(text, named.end(), properties)
    if not params.values and not params.cut:
        return None
    call = named_call(named[1], params.found(open_=not is_closer(text, params.end)), context, text=True)
    end = len(text) if params.cut else params.end
    problems = (call,) if isinstance(call, CallProblem) else ()
    return Reading(end, (call,) if isinstance(call, Draft) else (), problems)


ELEMENTS = Family("elements", r"<(?:tool_name|function_name|name)>", read)
