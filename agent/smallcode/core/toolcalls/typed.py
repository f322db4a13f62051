"""Values as the types of a JSON schema: text of XML dialects, and JSON of another type than was asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from .json_body import Broken, read_json, skip_space

# Schemas nested deeper than this are taken as they come.
MAX_DEPTH = 4

_NUMBER = re.compile(r"[+-]?\d{1,300}(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")
_WORDS = {"true": True, "false": False, "True": True, "False": False, "TRUE": True, "FALSE": False}
_NULLS = frozenset({"null", "None", "NULL", "Null"})
_OTHER_NAMES = {"str": "string", "int": "integer", "float": "number", "bool": "boolean", "dict": "object"}
# In these a list of strings is the lines of a text; elsewhere it might be words of a command.
LINES = frozenset(
    {"content", "contents", "text", "code", "body", "old_str", "new_str", "old_string", "new_string"}
)


class NoReadingError(Exception):
    """Raised and caught within the parser: a value that is not of the schema's type in one way only."""


def types_of(schema: Any, depth: int = 0) -> frozenset[str]:
    """The type names that a property's schema allows; empty where it says nothing about them."""
    if not isinstance(schema, Mapping) or depth > MAX_DEPTH:
        return frozenset()
    given = schema.get("type")
    if isinstance(given, str):
        return frozenset({_OTHER_NAMES.get(given, given)})
    if isinstance(given, list):
        return frozenset(_OTHER_NAMES.get(name, name) for name in given if isinstance(name, str))
    found: set[str] = set()
    for key in ("anyOf", "oneOf"):
        options = schema.get(key)
        for option in options if isinstance(options, list) else ():
            types = types_of(option, depth + 1)
            if not types:
                return frozenset()
            found |= types
    if not found and isinstance(schema.get("enum"), list):
        found = {_type_name(value) for value in schema["enum"]}
    return frozenset(found)


def from_text(text: str, types: frozenset[str]) -> Any:
    """What bare text means under a schema of these types. Text stays text where the schema says string or
    where it is nothing else; without a type, only a JSON object or array is taken for one."""
    if types == {"string"}:
        return text
    bare = text.strip()
    if "null" in types and "string" not in types and bare in _NULLS:
        return None
    if "boolean" in types and bare in _WORDS:
        return _WORDS[bare]
    if types & {"integer", "number"} and _NUMBER.fullmatch(bare):
        return _number(bare, types)
    if bare[:1] in ("{", "[") and (not types or types & {"object", "array"}):
        found = read_json(bare, 0)
        strict_enough = types or not getattr(found, "repairs", ("broken",))
        if not isinstance(found, Broken) and skip_space(bare, found.end) == len(bare) and strict_enough:
            return found.value
    return text


def fitted(value: Any, schema: Any, name: str, depth: int = 0) -> Any:
    """A JSON value as the schema's type, or as it is where it fits already, or cannot be made to. Raises
    NoReadingError where it could be made to fit in two ways."""
    types = types_of(schema)
    if depth > MAX_DEPTH or not types:
        return value
    kind = _type_name(value)
    if kind in types or (kind == "integer" and "number" in types):
        return _inside(value, schema, name, depth)
    if isinstance(value, str):
        made = _from_string(value, schema, types)
        return made if isinstance(made, str) else _inside(made, schema, name, depth)
    if "string" in types:
        return _as_string(value, name)
    if isinstance(value, float) and "integer" in types and value.is_integer():
        return int(value)
    return value


def _inside(value: Any, schema: Mapping[str, Any], name: str, depth: int) -> Any:
    properties, items = schema.get("properties"), schema.get("items")
    if isinstance(value, dict) and isinstance(properties, Mapping):
        return {key: fitted(item, properties.get(key), key, depth + 1) for key, item in value.items()}
    if isinstance(value, list) and isinstance(items, Mapping):
        return [fitted(item, items, name, depth + 1) for item in value]
    return value


def _from_string(value: str, schema: Mapping[str, Any], types: frozenset[str]) -> Any:
    made = from_text(value, types)
    if isinstance(made, str) and "array" in types and types_of(schema.get("items")) <= {"string"}:
        return [made] if made and not any(letter in made for letter in ",\n[]") else made
    return made


def _as_string(value: Any, name: str) -> Any:
    if value is None:
        return value
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False, indent=2 if isinstance(value, dict) else None)
    if value and all(isinstance(item, str) for item in value):
        if len(value) == 1:
            return value[0]
        if name in LINES:
            ended = all(item.endswith("\n") for item in value[:-1])
            broken = any("\n" in item for item in value)
            if ended or not broken:
                return ("" if ended else "\n").join(value)
        raise NoReadingError(f"{name} must be one string, not a list of them")
    return json.dumps(value, ensure_ascii=False, indent=2)


def _number(bare: str, types: frozenset[str]) -> Any:
    if bare.lstrip("+-").isdigit():
        return int(bare)
    value = float(bare)
    if "number" not in types:
        return int(value) if value.is_integer() else bare
    return value if abs(value) != float("inf") else bare


def _type_name(value: Any) -> str:
    if value is None:
        return "null"
    for kind, name in _KINDS:
        if isinstance(value, kind):
            return name
    return "string"


_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "boolean"),
    (int, "integer"),
    (float, "number"),
    (list, "array"),
    (dict, "object"),
)
