"""Tags with the name of a tool: ``<read_file><path>a.py</path></read_file>``, ``<ping/>``, and YAML, JSON or
the sole argument inside such a tag."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..arguments import sole_parameter
from ..children import read_children
from ..context import Context, plainly
from ..json_body import Value, read_json, skip_space
from ..params import read_params
from ..repairs import NO_END_TAG, SOLE_ARGUMENT
from ..shape import cut_call, named_call
from ..tags import FLAGS, past_closers
from ..values import Draft, Family, PlainFamily, Reading
from ..yaml_body import read_yaml

_OPEN = re.compile(r"<([^\W\d][\w.-]{0,80})(?:\s*(/)?>|\s*?\n(?=\s*<\w))", FLAGS)
_LINE = re.compile(r"\s*([^\W\d][\w.-]{0,80}):?[ \t]*\r?\n(?=[ \t]*<)")


def read(text: str, start: int, context: Context) -> Reading | None:
    """The call of the tag at ``start``. Any tag could be one, so that it must name a tool that accepts it."""
    opened = _OPEN.match(text, start)
    known = context.offered.resolve(opened[1], exactly=True) if opened else None
    if opened is None or known is None or context.budget.spent:
        return None
    plain = plainly(context)
    if opened[2]:
        call = named_call(opened[1], Value({}, opened.end()), plain)
        return Reading(opened.end(), (call,)) if isinstance(call, Draft) else None
    schema = context.offered.schema(known[0])
    found = _body(text, opened, schema)
    if found is None:
        context.budget.spend(len(text) - start)
        return None
    value, end, as_text = found
    if value is None:
        return Reading(len(text), problems=(cut_call(known[0]),))
    call = named_call(opened[1], value, plain, text=as_text)
    return Reading(past_closers(text, end), (call,)) if isinstance(call, Draft) else None


def _body(
    text: str, opened: re.Match[str], schema: Mapping[str, Any]
) -> tuple[Value | None, int, bool] | None:
    """What stands inside, the offset behind it, and whether its values are bare text; no value where the
    reply ends inside."""
    properties = schema.get("properties") or {}
    start = opened.end()
    # Where the tag that opens was not finished, its own end may close the call.
    own_end = "" if opened.group().endswith(">") else "|/>"
    closer = re.compile(rf"\s*(?:</{re.escape(opened[1])}\s*>{own_end})", FLAGS)
    at = skip_space(text, start)
    if text.startswith("{", at):
        found = read_json(text, at)
        if isinstance(found, Value):
            return _closed(text, found, found.end, closer, False)
        return (None, len(text), False) if found.cut else None
    for params in (
        read_children(text, start, properties, parent=closer),
        read_params(text, start, properties),
    ):
        if params.values:
            params.note_begun(text)
        if params.cut:
            return None, len(text), True
        if params.values:
            return _closed(text, Value(params.values, params.end), params.end, closer, True)
    end = closer.search(text, start)
    if end is None:
        return None
    return _text(text[start : end.start()], end.end(), schema)


def _closed(
    text: str, value: Value, end: int, closer: re.Pattern[str], as_text: bool
) -> tuple[Value | None, int, bool]:
    closed = closer.match(text, end)
    if closed:
        return value, closed.end(), as_text
    return Value(value.value, value.end, (*value.repairs, NO_END_TAG), open=True), end, as_text


def _text(body: str, end: int, schema: Mapping[str, Any]) -> tuple[Value | None, int, bool] | None:
    if not body.strip():
        return Value({}, end), end, True
    found = read_yaml(body, schema.get("properties") or {})
    if found is not None:
        return Value(found, end), end, True
    sole = sole_parameter(schema)
    if sole is None or "<" in body:
        return None
    return Value({sole: body.strip("\r\n")}, end, (SOLE_ARGUMENT,)), end, True


def read_plain(text: str, start: int, context: Context) -> Reading | None:
    """The name of a tool on a line, and tags with its parameters behind it."""
    named = _LINE.match(text, start)
    known = context.offered.resolve(named[1], exactly=True) if named else None
    if named is None or known is None or context.budget.spent:
        return None
    params = read_children(text, named.end(), context.offered.schema(known[0]).get("properties") or {})
    if not params.values or params.cut:
        context.budget.spend(40)
        return None
    call = named_call(known[0], params.found(open_=False), plainly(context), text=True)
    return Reading(params.end, (call,)) if isinstance(call, Draft) else None


PLAIN_TOOL_TAGS = PlainFamily(
    "tags behind a name",
    r"^[^\W\d][\w.-]{0,80}:?[ \t]*\r?\n(?=[ \t]*<\w)",
    frozenset({"", "xml", "tool_call"}),
    read_plain,
)
TOOL_TAGS = Family("tool tags", r"<[^\W\d][\w.-]{0,80}(?:\s*/?>|\s{0,20}\n(?=\s*<\w))", read)
