"""``<function=f><parameter=p>v</parameter></function>`` of Qwen3-Coder, Nemotron 3, Step 3.5 and Seed-OSS,
``<invoke name="f"><parameter name="p">`` of MiniMax, DeepSeek V3.2, Step 3 and dots, and their like, with
JSON or plain text instead of parameters where a model writes that."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..arguments import sole_parameter
from ..children import read_children
from ..context import Context
from ..json_body import Broken, Value, begins_arguments, read_arguments, skip_space
from ..params import SPACE, read_params
from ..repairs import NO_END_TAG, SOLE_ARGUMENT
from ..shape import named_call
from ..tags import FLAGS, NOISE, is_closer, is_opener
from ..values import CallProblem, Draft, Family, Reading

_TAG = r"(?:function|invoke|tool_call|tool_use|function_call|tool|call)"
_NAMED = (
    r"(?:\s*=\s*(?P<equals>[^>\n]{1,100}?)|\s+(?:name|tool|function)\s*=\s*"
    r"(?:\"(?P<double>[^\"\n]{1,100})\"|'(?P<single>[^'\n]{1,100})'|(?P<bare>[^\s>\"']{1,100}))[^>\n]{0,100}?)"
)
_OPEN = re.compile(rf"{NOISE}<{SPACE}{_TAG}{_NAMED}\s*(?P<empty>/)?>", FLAGS)
_CLOSE = re.compile(rf"\s*{NOISE}</{SPACE}{_TAG}(?:=[^>\n]{{0,80}})?>", FLAGS)
_FENCE = re.compile(r"```[\w-]{0,20}\s*(?=[{\"])")
_RAW_END = re.compile(rf"{NOISE}</{SPACE}{_TAG}>|<[|｜][\w▁]{{1,40}}[|｜]>", FLAGS)

OPENER = rf"{NOISE}<{SPACE}{_TAG}(?:\s*=|\s+(?:name|tool|function)\s*=)"


def read(text: str, start: int, context: Context) -> Reading | None:
    """The call whose tag begins at ``start``."""
    opened = _OPEN.match(text, start)
    if opened is None or context.budget.spent:
        return None
    name = opened["equals"] or opened["double"] or opened["single"] or opened["bare"]
    known = context.offered.resolve(name)
    schema = context.offered.schema(known[0]) if known else {}
    found, end, text_values = _body(text, opened, schema)
    if isinstance(found, Broken):
        call = named_call(name, found, context)
        end = len(text) if found.cut else _past_call(text, opened.end())
        return Reading(end, problems=(call,) if isinstance(call, CallProblem) else ())
    closed = _CLOSE.match(text, end)
    if not closed and not opened["empty"]:
        if not _may_end(text, end, found):
            return None
        found = Value(found.value, found.end, (*found.repairs, NO_END_TAG), open=True)
    call = named_call(name, found, context, text=text_values)
    end = closed.end() if closed else end
    if isinstance(call, Draft):
        return Reading(end, (call,))
    return Reading(end, problems=(call,) if call else ())


def _may_end(text: str, end: int, found: Value) -> bool:
    """Whether a call without its end tag may be over here: it holds something, or nothing else follows."""
    after = skip_space(text, end)
    return bool(found.value) or after == len(text) or is_closer(text, after) or is_opener(text, after)


def _body(text: str, opened: re.Match[str], schema: Mapping[str, Any]) -> tuple[Value | Broken, int, bool]:
    """What stands in the tag, the offset behind it, and whether its values are bare text."""
    properties = schema.get("properties")
    properties = properties if isinstance(properties, Mapping) else {}
    start = opened.end()
    at = skip_space(text, start)
    if opened["empty"] or _CLOSE.match(text, start):
        return Value({}, start), start, True
    if (begins_arguments(text, at) or text.startswith("```", at)) and not _is_code(schema):
        fence = _FENCE.match(text, at)
        found = read_arguments(text, fence.end() if fence else at)
        if isinstance(found, Value):
            end = skip_space(text, found.end)
            return found, end + 3 if text.startswith("```", end) else found.end, False
        return found, found.at, False
    params = read_params(text, start, properties)
    if params.end == start:
        params = read_children(text, start, properties)
    params.note_begun(text)
    if params.values or params.cut or params.end > start:
        return params.found(False), params.end, True
    return _raw(text, start, schema)


def _is_code(schema: Mapping[str, Any]) -> bool:
    return sole_parameter(schema) in ("code", "script", "source")


def _raw(text: str, start: int, schema: Mapping[str, Any]) -> tuple[Value | Broken, int, bool]:
    """Plain text for the sole parameter, as Functionary writes code."""
    sole = sole_parameter(schema)
    end = _RAW_END.search(text, start)
    body = text[start : end.start()] if end else ""
    if end is None or not body.strip() or sole is None:
        if end is None and text[start:].strip():
            return Broken("it ends inside a value", cut=True), len(text), True
        return Value({}, start), start, True
    return Value({sole: body.strip("\r\n")}, end.start(), (SOLE_ARGUMENT,)), end.start(), True


def _past_call(text: str, at: int) -> int:
    end = _RAW_END.search(text, at)
    return end.end() if end else len(text)


INVOKE = Family("invoke", OPENER, read)
