"""A name, tokens, and JSON: ``f[ARGS]{…}`` of Mistral, ``function<｜tool▁sep｜>f`` and fenced JSON of
DeepSeek, ``functions.f:0<|tool_call_argument_begin|>{…}`` of Kimi K2, ``f\\n{…}`` and ``>>>f`` of
Functionary."""

from __future__ import annotations

import re

from ..arguments import sole_parameter
from ..context import Context, plainly
from ..json_body import Broken, Value, begins_arguments, read_arguments, skip_space
from ..repairs import SOLE_ARGUMENT
from ..shape import named_call
from ..tags import FLAGS, SEPARATOR
from ..values import CallProblem, Draft, Family, PlainFamily, Reading
from .pythonic import read_in_fence

_NAME = r"[^\W\d][\w.\-:/]{0,80}"
_SEPARATORS = rf"(?:\s|(?:{SEPARATOR}))*"
_NAMED = re.compile(
    rf"\s*(?:function\s*(?:{SEPARATOR})\s*)?({_NAME}(?:#\d+)?)[*`:]{{0,3}}{_SEPARATORS}"
    r"(?:```[ ]?\w*\s*)?(?=\{|\"[\s\\\"]{0,9}\{)",
    FLAGS,
)
_BEFORE = re.compile(rf"(?:function\s*(?:{SEPARATOR})?\s*)?({_NAME})\s*\Z", FLAGS)
_BRACE = re.compile(rf"{_SEPARATORS}(?:```[ ]?\w*\s*)?(?=\{{|\"[\s\\\"]{{0,9}}\{{)", FLAGS)
_SEPARATOR = re.compile(SEPARATOR, FLAGS)
_FENCE_END = re.compile(r"\s*```")
_ROUTED = re.compile(rf"\s*>>>[ ]?({_NAME})[ ]*\r?\n?", FLAGS)
_ROUTED_END = re.compile(r"\r?\n?>>>|<\|[\w▁]{1,40}\|>|\Z")
_CODE = re.compile(r"\A(python|ipython|code_interpreter)[ \t]*\r?\n(?=[^\s{\"`<])")
# How far a name stands before its separator at most, with what may be around it.
LOOK_BEHIND = 130


def read(text: str, start: int, context: Context) -> Reading | None:
    """The call whose name stands at ``start``."""
    named = _NAMED.match(text, start)
    if named is None or context.budget.spent:
        return None
    said = named[1]
    if context.offered.resolve(said, exactly=True) is None:
        # DeepSeek's "function" in front of the name, where the token between them was stripped.
        said = said.removeprefix("function")
    return _arguments(text, said, named.end(), context, start)


def read_at_separator(text: str, start: int, context: Context) -> Reading | None:
    """The call whose name stands before the token at ``start`` and, with DeepSeek's, perhaps behind it."""
    before = _BEFORE.search(text[max(0, start - LOOK_BEHIND) : start])
    said = before[1] if before else ""
    if said.lower() == "function" or not said or not context.offered.resolve(said, exactly=True):
        reading = read(text, _past_separator(text, start), context)
        if reading is None or not (said or reading.drafts):
            return None
        begin = start - len(before.group()) if before and said.lower() == "function" else start
        return Reading(reading.end, reading.drafts, reading.problems, begin)
    at = _past_separator(text, start)
    brace = _BRACE.match(text, at)
    if brace is None or before is None:
        return None
    reading = _arguments(text, said, brace.end(), context, start)
    length = len(before.group())
    return None if reading is None else Reading(reading.end, reading.drafts, reading.problems, start - length)


def _arguments(text: str, name: str, at: int, context: Context, start: int) -> Reading | None:
    found = read_arguments(text, at)
    if isinstance(found, Broken):
        context.budget.spend(max(found.at - start, 40))
    call = named_call(name, found, context)
    if call is None:
        context.budget.spend(40)
        return None
    end = found.end if isinstance(found, Value) else len(text) if found.cut else max(found.at, at + 1)
    fence = _FENCE_END.match(text, end)
    end = fence.end() if fence and "```" in text[start:at] else end
    return Reading(
        end, (call,) if isinstance(call, Draft) else (), (call,) if isinstance(call, CallProblem) else ()
    )


def _past_separator(text: str, start: int) -> int:
    found = _SEPARATOR.match(text, start)
    return found.end() if found else start


def read_plain(text: str, start: int, context: Context) -> Reading | None:
    plain = plainly(context)
    return read(text, start, plain) or read_in_fence(text, start, plain)


def read_routed(text: str, start: int, context: Context) -> Reading | None:
    """``>>>f`` and JSON, or code for a tool that takes one text. ``>>>all`` is followed by prose."""
    routed = _ROUTED.match(text, start)
    if routed is None:
        return None
    if routed[1] == "all":
        return Reading(routed.end())
    at = skip_space(text, routed.end())
    known = context.offered.resolve(routed[1], exactly=not begins_arguments(text, at))
    if known is None:
        return None
    if begins_arguments(text, at):
        return _arguments(text, routed[1], at, context, start)
    sole = sole_parameter(context.offered.schema(known[0]))
    end = _ROUTED_END.search(text, routed.end())
    if sole is None or end is None:
        return None
    body = text[routed.end() : end.start()].strip("\r\n")
    if not body:
        return None
    call = named_call(known[0], Value({sole: body}, end.start(), (SOLE_ARGUMENT,)), context, known[1])
    return Reading(end.start(), (call,)) if isinstance(call, Draft) else None


def read_code(text: str, start: int, context: Context) -> Reading | None:
    """A reply that is the name of a tool for code and the code, as Functionary writes it."""
    named = _CODE.match(text, start)
    known = context.offered.resolve(named[1], exactly=True) if named else None
    sole = sole_parameter(context.offered.schema(known[0])) if known else None
    if named is None or known is None or sole is None:
        return None
    body = Value({sole: text[named.end() :].rstrip()}, len(text), (SOLE_ARGUMENT,))
    call = named_call(known[0], body, plainly(context))
    return Reading(len(text), (call,)) if isinstance(call, Draft) else None


NAMED = Family("named JSON", rf"(?:function\s*(?:{SEPARATOR})\s*)?{_NAME}", read)
SEPARATED = Family(
    "named JSON behind a token",
    r"\[ARGS\]|\[CALL_ID\]|<[|｜]?tool[ _▁]sep[|｜]?>|<[|｜]tool_call_argument_begin[|｜]>",
    read_at_separator,
)
ROUTED = Family("routed", r">>>[ ]?(?=\w)", read_routed)
PLAIN_NAMED = PlainFamily(
    "named JSON",
    rf"(?<![\w.]){_NAME}(?:[ ]?(?=\{{)|[ ]*\r?\n\s*(?=\{{|\"[\s\\\"]{{0,9}}\{{)|[ ]*\r?\n?```)",
    frozenset({"", "json", "tool_call", "tool_code", "text"}),
    read_plain,
    inside=True,
)
PLAIN_CODE = PlainFamily(
    "code", r"\A(?:python|ipython|code_interpreter)[ \t]*\r?\n", frozenset(), read_code, whole=True
)
