"""JSON as models write it: found at an offset, and told apart into whole, broken and cut."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .loose import LooseReader
from .repairs import ENCODED_TWICE, EXTRA_BRACKETS, FENCED, NULL_ARGUMENTS, RAW_CONTROLS
from .strings import UnreadableError

_SPACE = re.compile(r"\s*")
_EXTRA_CLOSERS = re.compile(r"[\s}\]]*\Z")
_FENCE = re.compile(r"\s*```[\w-]*[ \t]*\r?\n?(.*?)\r?\n?[ \t]*(?:```\s*)?\Z", re.DOTALL)

# An object in a JSON string, in one again, and so on.
_ENCODED = re.compile(r'(?:"(?:\\{1,7}")*)\s*(?:\\n)?\s*\{')

# A JSON string may be wrapped in a string again; deeper than this nobody means it.
MAX_ENCODINGS = 3


@dataclass(frozen=True, slots=True)
class Value:
    """A whole JSON value and the offset behind it; ``open`` where closing brackets were missing."""

    value: Any
    end: int
    repairs: tuple[str, ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class Broken:
    """``why`` completes "could not be read: …"; ``cut`` where the text ends before the value does;
    ``at`` is the offset where that was seen."""

    why: str
    cut: bool = False
    at: int = 0


def skip_space(text: str, start: int) -> int:
    match = _SPACE.match(text, start)
    return match.end() if match else start


def read_json(text: str, start: int, end: int | None = None) -> Value | Broken:
    """The JSON value at ``start``, which is not white space; it is over before ``end``. Never raises.

    What is not strict JSON is read loosely. Two different values for one key, NaN and Infinity, and half a
    surrogate pair are broken: there is no one reading of them, or none that can be sent again.
    """
    if end is None or end == len(text):
        found = _strictly(text, start)
        if found is not None:
            return found
    return read_loosely(text, start, lambda reader: reader.value(), end)


def read_loosely(
    text: str,
    start: int,
    read: Callable[[LooseReader], Any],
    end: int | None = None,
    *,
    bare: bool = False,
    own: frozenset[str] = frozenset(),
) -> Value | Broken:
    """What ``read`` makes of a reader at ``start``. Never raises."""
    reader = LooseReader(text, start, len(text) if end is None else end, bare=bare, own=own)
    try:
        value = read(reader)
    except UnreadableError as error:
        return Broken(error.why, error.cut, error.at)
    return Value(value, reader.at, tuple(reader.repairs), reader.open)


def read_object(raw: str) -> Value | Broken:
    """The JSON object that is the whole of ``raw``. Nothing at all and null are the empty object; an object
    wrapped in a JSON string or a fence is unwrapped. What else is wrapped is given as it is."""
    repairs: list[str] = []
    text = raw
    for _ in range(MAX_ENCODINGS):
        fenced = _FENCE.match(text) if "```" in text[:20] else None
        if fenced:
            text = fenced[1]
            repairs.append(FENCED)
        start = skip_space(text, 0)
        if start == len(text):
            return Value({}, len(text), tuple(repairs))
        found = read_json(text, start)
        if isinstance(found, Broken):
            return found
        repairs += found.repairs
        if skip_space(text, found.end) != len(text):
            if not _EXTRA_CLOSERS.match(text, found.end):
                return Broken(
                    f"there is more text after its end: {text[found.end : found.end + 30].strip()!r}"
                )
            repairs.append(EXTRA_BRACKETS)
        if found.value is None:
            return Value({}, found.end, (*repairs, NULL_ARGUMENTS))
        if not isinstance(found.value, str):
            return Value(found.value, found.end, tuple(repairs), found.open)
        if not found.value.lstrip().startswith(("{", '"', "```")) and found.value.strip():
            return Value(found.value, found.end, tuple(repairs))
        repairs.append(ENCODED_TWICE)
        text = found.value
    return Broken("the arguments are not a JSON object")


def begins_arguments(text: str, at: int) -> bool:
    """Whether an object begins at ``at``, or one that is wrapped in a JSON string."""
    return text.startswith("{", at) or _ENCODED.match(text, at) is not None


def read_arguments(text: str, start: int) -> Value | Broken:
    """The JSON value at ``start``; an object that is wrapped in a JSON string is unwrapped."""
    found = read_json(text, start)
    if isinstance(found, Broken) or not isinstance(found.value, str) or not text.startswith('"', start):
        return found
    inner = read_object(found.value)
    if isinstance(inner, Broken) or not isinstance(inner.value, dict):
        return found
    return Value(inner.value, found.end, (*found.repairs, ENCODED_TWICE, *inner.repairs), found.open)


def end_of_json(text: str, start: int) -> int | None:
    """The offset behind the strict JSON value at ``start``, None where there is none."""
    found = _strictly(text, start)
    return found.end if found else None


def _strictly(text: str, start: int) -> Value | None:
    repairs: tuple[str, ...] = ()
    try:
        try:
            value, end = _STRICT.raw_decode(text, start)
        except json.JSONDecodeError as error:
            if not error.msg.startswith("Invalid control character"):
                raise
            value, end = _LENIENT.raw_decode(text, start)
            repairs = (RAW_CONTROLS,)
        if _PATH.search(text, start, end):
            return None
        if "\\u" in text[start:end]:
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    if type(value) in (int, float) and end == len(text):
        return None
    return Value(value, end, repairs)


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        for key, value in pairs:
            if found[key] != value:
                raise ValueError(f"it holds two different values for {key!r}")
    return found


def _reject(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON value")


# In a path of Windows with single backslashes some may look like escapes: "C:\temp\new".
_PATH = re.compile(r'(?<!\\)"[A-Z]:(?:\\[bfnrtu][^\\/:*?"<>|\s]{1,100}){1,30}\.\w{1,6}"')
_STRICT = json.JSONDecoder(object_pairs_hook=_distinct, parse_constant=_reject)
_LENIENT = json.JSONDecoder(object_pairs_hook=_distinct, parse_constant=_reject, strict=False)
