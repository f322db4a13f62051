"""Hermes, Qwen2.5, Qwen3: ``<tool_call>{"name": …, "arguments": {…}}</tool_call>``, the end tag optional."""

from __future__ import annotations

import re

from .json_body import Broken, Value, read_json, skip_space
from .offered import Offered
from .shape import FORM, cut_call, read_call
from .values import Draft, MarkedDialect, Reading

_CLOSE = re.compile(r"</tool_call>", re.IGNORECASE)
_BOUNDARY = re.compile(r"</tool_call>|(?=<tool_call>)|(?=</think>)", re.IGNORECASE)
_NAME = re.compile(r'"name"\s*:\s*"([\w.-]{1,80})"')
_EXTRA_CLOSERS = re.compile(r"[\s}\]]*")

# The name of a call that is cut stands near its beginning.
NAME_WITHIN = 300

EXTRA_BRACKETS = "extra closing brackets"
NO_END_TAG = "no end tag"

WHOLE_FORM = f"<tool_call>{FORM}</tool_call>"


def read(text: str, start: int, offered: Offered) -> Reading | None:
    """The calls of the tag whose body begins at ``start``; None where the tag is only talked about."""
    at = skip_space(text, start)
    if text[at : at + 1] not in ("{", "["):
        return _other_body(text, start, at, offered)
    values: list[Value] = []
    while text[at : at + 1] in ("{", "["):
        found = read_json(text, at)
        if isinstance(found, Broken):
            if not values:
                return _broken(text, at, found)
            break
        values.append(found)
        at = skip_space(text, found.end)
    return _close(text, values, offered)


def _close(text: str, values: list[Value], offered: Offered) -> Reading:
    """Judge what follows the values: the end tag, a stray closer, the end, or something that makes it
    doubtful whether the JSON ended where it seemed to."""
    end = values[-1].end
    junk_end = _EXTRA_CLOSERS.match(text, end)
    after = junk_end.end() if junk_end else end
    extra = (EXTRA_BRACKETS,) if text[end:after].strip() else ()
    tag = _CLOSE.match(text, after)
    if tag:
        return _reading(values, tag.end(), extra, offered)
    unclosed = after == len(text) or "\n" in text[end:after] or text.startswith("<", after)
    if unclosed:
        return _reading(values, after if extra else end, (*extra, NO_END_TAG), offered)
    near = text[end : end + 30]
    why = f'there is more text after the JSON: {near!r}. Inner quotes are written \\".'
    return Reading(_boundary(text, end), problems=(_unreadable(why),))


def _reading(values: list[Value], end: int, repairs: tuple[str, ...], offered: Offered) -> Reading:
    drafts: list[Draft] = []
    problems: list[str] = []
    for value in values:
        for item in value.value if isinstance(value.value, list) else [value.value]:
            call = read_call(item, offered)
            if isinstance(call, str):
                problems.append(call)
            else:
                drafts.append(Draft(call.name, call.arguments, (*call.repairs, *value.repairs, *repairs)))
    return Reading(end, tuple(drafts), tuple(problems))


def _broken(text: str, at: int, broken: Broken) -> Reading:
    boundary = _BOUNDARY.search(text, at)
    if boundary is None and broken.cut:
        name = _NAME.search(text, at, at + NAME_WITHIN)
        return Reading(len(text), problems=(cut_call(name.group(1) if name else ""),))
    return Reading(boundary.end() if boundary else len(text), problems=(_unreadable(broken.why),))


def _other_body(text: str, start: int, at: int, offered: Offered) -> Reading | None:
    """A body that is no JSON: another dialect, which is told the right form, or mere talk of the tag."""
    if text.startswith("</", at):
        return None
    if not (text.startswith("<", at) or offered.starts_with_name(text[at : at + 100])):
        return None
    return Reading(_boundary(text, start), problems=(_unreadable("its body is not JSON."),))


def _boundary(text: str, start: int) -> int:
    found = _BOUNDARY.search(text, start)
    return found.end() if found else len(text)


def _unreadable(why: str) -> str:
    return f"A tool call could not be read: {why.rstrip('.')}. Write it as {WHOLE_FORM}."


HERMES = MarkedDialect("hermes", r"<tool_call>", read)
