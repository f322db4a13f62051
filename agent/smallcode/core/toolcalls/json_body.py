"""JSON as models write it: found at an offset, and told apart into whole, broken and cut."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

_SPACE = re.compile(r"\s*")
_LITERALS = ("true", "false", "null")

# A JSON string may be wrapped in a string again; deeper than this nobody means it.
MAX_ENCODINGS = 3

RAW_CONTROLS = "raw line breaks or tabs in strings"
ENCODED_TWICE = "arguments encoded as a string"
NULL_ARGUMENTS = "null for no arguments"


@dataclass(frozen=True, slots=True)
class Value:
    """A whole JSON value and the offset behind it."""

    value: Any
    end: int
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Broken:
    """``why`` completes "could not be read: …"; ``cut`` where the text ends before the value does."""

    why: str
    cut: bool = False


def skip_space(text: str, start: int) -> int:
    match = _SPACE.match(text, start)
    return match.end() if match else start


def read_json(text: str, start: int) -> Value | Broken:
    """The JSON value at ``start``, which is not white space. Never raises.

    Line breaks inside strings are taken as meant. Two different values for one key, NaN and Infinity, and
    half a surrogate pair are broken: there is no one reading of them, or none that can be sent again.
    """
    repairs: tuple[str, ...] = ()
    try:
        try:
            value, end = _STRICT.raw_decode(text, start)
        except json.JSONDecodeError as error:
            if not error.msg.startswith("Invalid control character"):
                raise
            value, end = _LENIENT.raw_decode(text, start)
            repairs = (RAW_CONTROLS,)
        if "\\u" in text[start:end]:
            json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        return Broken(_explain(text, error), _is_cut(text, error))
    except RecursionError:
        return Broken("it is nested too deep")
    except UnicodeEncodeError:
        return Broken("it holds half of a \\u surrogate pair")
    except ValueError as error:
        return Broken(str(error))
    return Value(value, end, repairs)


def read_object(raw: str) -> Value | Broken:
    """The JSON object that is the whole of ``raw``. Nothing at all and null are the empty object; an object
    wrapped in a JSON string is unwrapped."""
    repairs: list[str] = []
    text = raw
    for _ in range(MAX_ENCODINGS):
        start = skip_space(text, 0)
        if start == len(text):
            return Value({}, len(text), tuple(repairs))
        found = read_json(text, start)
        if isinstance(found, Broken):
            return found
        repairs += found.repairs
        if skip_space(text, found.end) != len(text):
            return Broken(f"there is more text after its end: {text[found.end : found.end + 30].strip()!r}")
        if found.value is None:
            return Value({}, found.end, (*repairs, NULL_ARGUMENTS))
        if isinstance(found.value, dict):
            return Value(found.value, found.end, tuple(repairs))
        if not isinstance(found.value, str):
            break
        repairs.append(ENCODED_TWICE)
        text = found.value
    return Broken("the arguments are not a JSON object")


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        for key, value in pairs:
            if found[key] != value:
                raise ValueError(f"it holds two different values for {key!r}")
    return found


def _reject(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON value")


_STRICT = json.JSONDecoder(object_pairs_hook=_distinct, parse_constant=_reject)
_LENIENT = json.JSONDecoder(object_pairs_hook=_distinct, parse_constant=_reject, strict=False)


def _is_cut(text: str, error: json.JSONDecodeError) -> bool:
    rest = text[error.pos : error.pos + 12].strip()
    if error.msg.startswith("Invalid \\uXXXX"):
        return len(text) - error.pos <= len("\\uXXXX") and '"' not in rest
    return (
        not rest
        or error.msg.startswith("Unterminated string")
        or any(literal.startswith(rest) for literal in _LITERALS)
    )


def _explain(text: str, error: json.JSONDecodeError) -> str:
    message = error.msg[:1].lower() + error.msg[1:]
    message = message.removesuffix(" at")
    near = text[max(0, error.pos - 20) : error.pos + 20]
    return f"{message}, near {near!r}"
