"""Parameters as tags around bare text, with closers missing and markup inside the values.

A value ends at the first closer that something structural follows: another parameter, the end of the call,
the end of the reply. Where there is none, it ends at the next parameter that the tool knows or at the end of
the call; one that runs to the end of the reply is cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .json_body import Broken, Value, read_json
from .tags import BAR, CLOSE, FLAGS, NOISE, OPEN

# After so many closers that nothing structural follows, the first of them is taken.
MOST_CLOSERS = 30

SPACE = rf"(?:{BAR}?[ ]?[\w.-]{{1,20}}[ ]?(?:{BAR}[ ]?|:))?"
_PARAMETER = r"(?:parameter|param|argument|arg|input)"
_STOP = re.compile(
    rf"{NOISE}</{SPACE}(?:function|invoke|tool_call|tool|call|tool_use|function_call)>|{CLOSE}|{OPEN}", FLAGS
)
_OPEN = re.compile(
    rf"""{NOISE}<{SPACE}{_PARAMETER}(?:\s*=\s*(?P<equals>[^>\n]{{1,100}})|"""
    rf"""\s+(?:name|key)\s*=\s*(?:"(?P<double>[^"\n]{{1,100}})"|'(?P<single>[^'\n]{{1,100}})'|(?P<bare>[^\s>"']{{1,100}}))"""
    rf"""(?P<attributes>[^>\n]{{0,100}})|\s*)>""",
    FLAGS,
)
_CLOSER = re.compile(rf"{NOISE}</{SPACE}{_PARAMETER}(?:\s*=\s*[\w-]{{0,80}})?>", FLAGS)
_IS_STRING = re.compile(r"string\s*=\s*[\"']?(true|false)", re.IGNORECASE)
_NEWLINES = re.compile(r"\A\r?\n|\r?\n[ \t]*\Z")
_CDATA = re.compile(r"\A\s*<!\[CDATA\[(.*?)\]\]>\s*\Z", re.DOTALL)
_FIELD = re.compile(r"\A\s*([^\W\d][\w.-]{0,80})\s*\Z")


@dataclass(slots=True)
class Params:
    """What the tags held. ``end`` is the offset behind them; ``cut`` where the text ends inside a value."""

    end: int
    values: dict[str, Any] = field(default_factory=dict)
    cut: bool = False
    conflict: str = ""

    def add(self, name: str, value: Any) -> None:
        if name in self.values and self.values[name] != value:
            self.conflict = name
        self.values[name] = value

    def found(self, open_: bool, repairs: tuple[str, ...] = ()) -> Value | Broken:
        if self.cut:
            return Broken("it ends inside a value", cut=True)
        if self.conflict:
            return Broken(f"it holds two different values for {self.conflict!r}")
        return Value(self.values, self.end, repairs, open_)


def read_params(text: str, start: int, properties: Mapping[str, Any]) -> Params:
    """All parameters from ``start`` on, up to what is none."""
    params = Params(start)
    while not params.cut:
        at = _past_space(text, params.end)
        opened = _OPEN.match(text, at)
        if opened is None:
            stray = _CLOSER.match(text, at)
            if stray is None:
                break
            params.end = stray.end()
            continue
        name = name_of(opened)
        if name:
            _read_value(text, opened, name, properties, params)
        elif not _read_inside_name(text, opened.end(), properties, params):
            break
    return params


def name_of(opened: re.Match[str]) -> str:
    said: str = opened["equals"] or opened["double"] or opened["single"] or opened["bare"] or ""
    return said


def _read_value(
    text: str, opened: re.Match[str], said: str, properties: Mapping[str, Any], params: Params
) -> None:
    name = parameter_name(said, properties)
    value, params.end, params.cut = value_until(
        text, opened.end(), _CLOSER, _OPEN, lambda other: is_parameter(name_of(other), properties)
    )
    if not params.cut:
        params.add(name, _typed(clean(value), opened["attributes"] or "", name, properties))


def _read_inside_name(text: str, at: int, properties: Mapping[str, Any], params: Params) -> bool:
    """``<parameter>name</parameter>value``: the name where the value belongs. The value is closed once
    more, or not at all."""
    closer = _CLOSER.search(text, at, at + 200)
    if closer is None:
        return False
    said = _FIELD.match(text[at : closer.start()])
    value, params.end, params.cut = value_until(text, closer.end(), _CLOSER, _OPEN, lambda other: True)
    if said and not params.cut:
        params.add(parameter_name(said[1], properties), clean(value).strip())
    return True


def value_until(
    text: str,
    start: int,
    closer: re.Pattern[str],
    opener: re.Pattern[str],
    is_known: Callable[[re.Match[str]], bool],
    parent: re.Pattern[str] | None = None,
) -> tuple[str, int, bool]:
    """The text of a value, the offset behind it and its closer, and whether it is cut. ``parent`` closes
    what the value stands in."""
    first: tuple[str, int, bool] | None = None
    position = start
    for _ in range(MOST_CLOSERS):
        close = closer.search(text, position)
        limit = close.start() if close else len(text)
        other = _next_known(text, position, limit, opener, is_known)
        if other is not None:
            return first or (text[start : other.start()], other.start(), False)
        stop = _final_stop(text, position, limit) or (
            parent.search(text, position, limit) if parent else None
        )
        if stop is not None:
            return first or (text[start : stop.start()], stop.start(), False)
        if close is None:
            break
        whole = (text[start : close.start()], close.end(), False)
        if _is_structural(text, close.end(), opener) or (parent and parent.match(text, close.end())):
            return whole
        first = first or whole
        position = close.end()
    return first or ("", len(text), True)


def _next_known(
    text: str,
    start: int,
    end: int,
    opener: re.Pattern[str],
    is_known: Callable[[re.Match[str]], bool],
) -> re.Match[str] | None:
    for other in opener.finditer(text, start, end):
        if is_known(other):
            return other
    return None


def _final_stop(text: str, start: int, end: int) -> re.Match[str] | None:
    """An end of the call before the value's own closer, if nothing but markup follows it."""
    for stop in _STOP.finditer(text, start, end):
        after = _past_space(text, stop.end())
        if after == len(text) or _STOP.match(text, after) or text.startswith(("<|", "<｜"), after):
            return stop
    return None


def _is_structural(text: str, at: int, opener: re.Pattern[str]) -> bool:
    after = _past_space(text, at)
    return after == len(text) or bool(_STOP.match(text, after) or opener.match(text, after))


def clean(value: str) -> str:
    """The value without the line break that templates put at either side of it, and without CDATA."""
    wrapped = _CDATA.match(value)
    if wrapped:
        return wrapped[1]
    return _NEWLINES.sub("", value)


def is_parameter(said: str, properties: Mapping[str, Any]) -> bool:
    return not properties or said in properties or said.strip("\"' ") in properties or not said


def parameter_name(said: str, properties: Mapping[str, Any]) -> str:
    return said if said in properties else said.strip().strip("\"'").strip()


def _typed(value: str, attributes: str, name: str, properties: Mapping[str, Any]) -> Any:
    """A value whose tag says that it is no string is JSON, where the schema does not know better."""
    flag = _IS_STRING.search(attributes)
    spec = properties.get(name)
    if flag and flag[1].lower() == "false" and not (isinstance(spec, Mapping) and spec):
        found = read_json(value.strip(), 0) if value.strip() else None
        if isinstance(found, Value) and found.end == len(value.strip()):
            return found.value
    return value


def _past_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
