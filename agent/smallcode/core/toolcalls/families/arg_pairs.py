"""``<tool_call>f`` and pairs of ``<arg_key>`` and ``<arg_value>`` of GLM 4.5 to 4.7, Ling 3, K2 and Hunyuan
V3, and ``<|tool_arg:start|>k<|tool_arg:value|>v<|tool_arg:end|>`` of Solar Open 2."""

from __future__ import annotations

import re

from ..context import Context
from ..json_body import Broken, skip_space
from ..params import Ends, Params, parameter_name
from ..shape import named_call
from ..tags import BAR, FLAGS, SEPARATOR, SUFFIX, is_closer
from ..values import CallProblem, Draft, Family, Reading

_SPACE = r"(?:[\w.-]{1,20}[|:])?"
_TOKEN = rf"<{BAR}tool[ _▁]?arg[:_▁]"
_KEY_TAG = rf"(?:<{_SPACE}arg_key{SUFFIX}>|{_TOKEN}(?:start|begin|name){BAR}>)"
_VALUE_TAG = rf"(?:<{_SPACE}arg_value{SUFFIX}>|{_TOKEN}value{BAR}>)"
_NAME = re.compile(
    rf"([^<>\n{{\\]{{1,100}}?)\s*(?:{SEPARATOR})?\s*(?:\\n)?\s*(?={_KEY_TAG}|</?[^<>\n]{{1,60}}>)", FLAGS
)
_KEY = re.compile(
    rf"\s*(?:\\n)?{_KEY_TAG}\s*([^<]{{1,100}}?)\s*(?:</{_SPACE}arg_(?:key|value){SUFFIX}>)?\s*(?=<)", FLAGS
)
_TYPE = re.compile(rf"<{_SPACE}arg_type>[^<]{{0,40}}</{_SPACE}arg_type>\s*", FLAGS)
_VALUE = re.compile(rf"\s*(?:\\n)?\s*{_VALUE_TAG}", FLAGS)
_OPEN = re.compile(_KEY_TAG, FLAGS)
_CLOSE = re.compile(rf"</{_SPACE}arg_(?:value|key){SUFFIX}>|{_TOKEN}end{BAR}>", FLAGS)
_BEFORE = re.compile(r"([^\W\d][\w.\-]{0,80})\s*\Z")
_WORD = re.compile(r"[\w.\-]{1,80}")
# How far a name stands before its first key at most.
LOOK_BEHIND = 100


def read(text: str, start: int, context: Context) -> Reading | None:
    """The call whose name stands at ``start``."""
    named = _NAME.match(text, start)
    if named is None or context.budget.spent:
        return None
    said = named[1].strip()
    pairs = _OPEN.match(text, named.end()) is not None
    known = context.offered.resolve(said, exactly=not pairs and not _WORD.fullmatch(said))
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
            # GLM's template writes values as they are, with no line break of its own around them.
            params.add(parameter_name(key[1], properties), body)
    params.note_begun(text)
    if _OPEN.match(text, skip_space(text, params.end)):
        params.cut = True
    return params


def read_unopened(text: str, start: int, context: Context) -> Reading | None:
    """The call whose name stands before the key at ``start``, where the token before it was stripped."""
    before = _BEFORE.search(text[max(0, start - LOOK_BEHIND) : start])
    if before is None or context.offered.resolve(before[1], exactly=True) is None:
        return None
    begin = start - len(before.group())
    reading = read(text, begin, context)
    return Reading(reading.end, reading.drafts, reading.problems, begin) if reading else None


ARG_PAIRS = Family("argument pairs", r"[^<>\n{\\]{1,100}?\s*(?:\\n)?\s*<", read)
UNOPENED_PAIRS = Family("argument pairs without opener", _KEY_TAG, read_unopened)
