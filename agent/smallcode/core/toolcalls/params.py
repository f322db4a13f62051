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
LONGEST_TAG = 200

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
_FIRST_BREAK = re.compile(r"\A\r?\n")
_LAST_BREAK = {"\n": re.compile(r"\n[ \t]*\Z"), "\r\n": re.compile(r"\r?\n[ \t]*\Z")}
_LINE = re.compile(r"[^\n]*\n[ \t]*")
_CDATA = re.compile(r"\A\s*<!\[CDATA\[(.*?)\]\]>\s*\Z", re.DOTALL)
_FIELD = re.compile(r"\A\s*([^\W\d][\w.-]{0,80})\s*\Z")


@dataclass(slots=True)
class Params:
    """What the tags held. ``end`` is the offset behind them; ``cut`` where the text ends inside a value."""

    end: int
    values: dict[str, Any] = field(default_factory=dict)
    cut: bool = False
    conflict: str = ""

    def add(self, name: str, value: Any, types: frozenset[str] = frozenset()) -> None:
        if name in self.values and types == {"array"}:
            before = self.values[name]
            self.values[name] = [*(before if isinstance(before, list) else [before]), value]
            return
        if name in self.values and self.values[name] != value:
            self.conflict = name
        self.values[name] = value

    def note_begun(self, text: str) -> None:
        """The reply may end inside the tag of another parameter."""
        rest = text[self.end : self.end + LONGEST_TAG + 1].strip()
        if rest.startswith("<") and not rest.startswith("</") and ">" not in rest:
            self.cut = self.cut or text.rstrip().endswith(rest)

    def found(self, open_: bool, repairs: tuple[str, ...] = ()) -> Value | Broken:
        if self.cut:
            return Broken("it ends inside a value", cut=True)
        if self.conflict:
            return Broken(f"it holds two different values for {self.conflict!r}")
        return Value(self.values, self.end, repairs, open_)


def read_params(text: str, start: int, properties: Mapping[str, Any]) -> Params:
    """All parameters from ``start`` on, up to what is none."""
    params = Params(start)
    ends = Ends(text, _CLOSER, _OPEN, lambda other: is_parameter(name_of(other), properties))
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
            _read_value(opened, name, properties, params, ends)
        elif not _read_inside_name(text, opened.end(), properties, params, ends):
            break
    return params


def name_of(opened: re.Match[str]) -> str:
    said: str = opened["equals"] or opened["double"] or opened["single"] or opened["bare"] or ""
    return said


def _read_value(
    opened: re.Match[str], said: str, properties: Mapping[str, Any], params: Params, ends: Ends
) -> None:
    name = parameter_name(said, properties)
    value, params.end, params.cut = ends.value(opened.end())
    if not params.cut:
        params.add(name, _typed(clean(value), opened["attributes"] or "", name, properties))


def _read_inside_name(text: str, at: int, properties: Mapping[str, Any], params: Params, ends: Ends) -> bool:
    """``<parameter>name</parameter>value``: the name where the value belongs. The value is closed once
    more, or not at all."""
    closer = _CLOSER.search(text, at, at + 200)
    if closer is None:
        return False
    said = _FIELD.match(text[at : closer.start()])
    value, params.end, params.cut = ends.value(closer.end())
    if said and not params.cut:
        params.add(parameter_name(said[1], properties), clean(value).strip())
    return True


class Ends:
    """Finds where the values of one call end. Asked for ascending places, so that the text is searched
    once for each pattern, however many values there are. ``parent`` closes what the values stand in."""

    def __init__(
        self,
        text: str,
        closer: re.Pattern[str],
        opener: re.Pattern[str],
        is_known: Callable[[re.Match[str]], bool],
        parent: re.Pattern[str] | None = None,
    ) -> None:
        self._text = text
        self._opener = opener
        self._is_known = is_known
        self._parent = parent
        self.closer = closer
        self._closers = _Matches(text, closer)
        self._openers = _Matches(text, opener)
        self._stops = _Matches(text, _STOP)
        self._parents = _Matches(text, parent) if parent else None

    def value(self, start: int) -> tuple[str, int, bool]:
        """The text of the value, the offset behind it and its closer, and whether it is cut."""
        text = self._text
        first: tuple[str, int, bool] | None = None
        position = start
        for _ in range(MOST_CLOSERS):
            close = self._closers.after(position)
            limit = close.start() if close else len(text)
            other = self._before(position, limit)
            if other is not None:
                return first or (text[start:other], other, False)
            if close is None:
                break
            whole = (text[start : close.start()], close.end(), False)
            if self._is_structural(close.end()):
                return whole
            first = first or whole
            position = close.end()
        return first or ("", len(text), True)

    def _before(self, position: int, limit: int) -> int | None:
        """Where, before ``limit``, another parameter begins or the call ends, which ends the value too."""
        found = limit
        other = self._openers.after(position)
        while other and other.start() < found:
            if self._is_known(other):
                found = other.start()
            else:
                other = self._openers.after(other.start() + 1)
        stop = self._stops.after(position)
        while stop and stop.start() < found:
            after = _past_space(self._text, stop.end())
            markup = self._text.startswith(("<|", "<｜"), after)
            if after == len(self._text) or markup or _STOP.match(self._text, after):
                found = stop.start()
            else:
                stop = self._stops.after(stop.start() + 1)
        parent = self._parents.after(position) if self._parents else None
        if parent and parent.start() < found:
            found = parent.start()
        return found if found < limit else None

    def _is_structural(self, at: int) -> bool:
        after = _past_space(self._text, at)
        if after == len(self._text) or (self._parent and self._parent.match(self._text, at)):
            return True
        return bool(_STOP.match(self._text, after) or self._opener.match(self._text, after))


class _Matches:
    """The first match from a place on; the last answer is kept as long as it holds."""

    def __init__(self, text: str, pattern: re.Pattern[str]) -> None:
        self._text = text
        self._pattern = pattern
        self._found: re.Match[str] | None = None
        self._since = -1

    def after(self, position: int) -> re.Match[str] | None:
        still = self._found is None or self._found.start() >= position
        if self._since < 0 or position < self._since or not still:
            self._found = self._pattern.search(self._text, position)
            self._since = position
        return self._found


def clean(value: str) -> str:
    """The value without the line break that templates put at either side of it, and without CDATA. Where
    there is none before several lines, the one behind them is their own."""
    wrapped = _CDATA.match(value)
    if wrapped:
        return wrapped[1]
    first = _FIRST_BREAK.match(value)
    if first is None and not _LINE.fullmatch(value):
        return value
    last = _LAST_BREAK[first.group() if first else "\r\n"]
    return last.sub("", value[first.end() if first else 0 :])


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
