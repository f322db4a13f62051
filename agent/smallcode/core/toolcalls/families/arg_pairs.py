"""``<tool_call>f`` and pairs of ``<arg_key>`` and ``<arg_value>`` of GLM 4.5 to 4.7, Ling 3 and K2."""

from __future__ import annotations

import re

from ..context import Context
from ..json_body import Broken, skip_space
from ..params import Ends, Params, clean, parameter_name
from ..shape import named_call
from ..tags import FLAGS, SEPARATOR, is_closer
from ..values import CallProblem, Draft, Family, Reading

_SPACE = r"(?:[\w.-]{1,20}[|:])?"
_NAME = re.compile(
    rf"([^<>\n{{\\]{{1,100}}?)\s*(?:{SEPARATOR})?\s*(?:\\n)?\s*(?=<{_SPACE}arg_key>|</?[^<>\n]{{1,60}}>)",
    FLAGS,
)
_KEY = re.compile(
    rf"\s*(?:\\n)?<{_SPACE}arg_key>\s*([^<]{{1,100}}?)\s*(?:</{_SPACE}arg_(?:key|value)>)?\s*(?=<)", FLAGS
)
_TYPE = re.compile(rf"<{_SPACE}arg_type>[^<]{{0,40}}</{_SPACE}arg_type>\s*", FLAGS)
_VALUE = re.compile(rf"\s*(?:\\n)?\s*<{_SPACE}arg_value>", FLAGS)
_OPEN = re.compile(rf"<{_SPACE}arg_key>", FLAGS)
_CLOSE = re.compile(rf"</{_SPACE}arg_(?:value|key)>", FLAGS)


def read(text: str, start: int, context: Context) -> Reading | None:
    """The call whose name stands at ``start``."""
    named = _NAME.match(text, start)
    if named is None or context.budget.spent:
        return None
    said = named[1].strip()
    pairs = _OPEN.match(text, named.end()) is not None
    known = context.offered.resolve(said, exactly=not pairs)
    if not pairs and (known is None or not is_closer(text, named.end())):
        return None
    properties = context.offered.schema(known[0]).get("properties") or {} if known else {}
    params = _pairs(text, named.end(), properties)
    found = params.found(open_=not is_closer(text, params.end))
    if isinstance(found, Broken):
        context.budget.spend(40)
    call = named_call(said, found, context, text=True)
    end = len(text) if params.cut else params.end
    drafts = (call,) if isinstance(call, Draft) else ()
    return Reading(end, drafts, (call,) if isinstance(call, CallProblem) else ())


def _pairs(text: str, start: int, properties: dict[str, object]) -> Params:
    params = Params(start)
    ends = Ends(text, _CLOSE, _OPEN, lambda other: True)
    while not params.cut:
        key = _KEY.match(text, params.end)
        if key is None:
            break
        kind = _TYPE.match(text, key.end())
        value = _VALUE.match(text, kind.end() if kind else key.end())
        if value is None:
            params.cut = not is_closer(text, key.end())
            params.end = key.end()
            break
        body, params.end, params.cut = ends.value(value.end())
        if not params.cut:
            params.add(parameter_name(key[1], properties), clean(body))
    params.note_begun(text)
    if _OPEN.match(text, skip_space(text, params.end)):
        params.cut = True
    return params


ARG_PAIRS = Family("argument pairs", r"[^<>\n{\\]{1,100}?\s*(?:\\n)?\s*<", read)
