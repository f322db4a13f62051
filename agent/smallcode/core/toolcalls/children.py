"""Parameters as tags of their own names: ``<path>a.py</path>``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .arguments import meant
from .json_body import Broken, Value, read_json
from .params import Ends, Params, clean
from .resemblance import folded
from .tags import FLAGS, NOISE
from .typed import types_of

_OPEN = re.compile(rf"{NOISE}<(?P<name>[^\W\d][\w.-]{{0,80}})(?P<empty>\s*/)?>", FLAGS)
# Values made of tags nested deeper than this are taken as text.
MAX_DEPTH = 6


def read_children(
    text: str,
    start: int,
    properties: Mapping[str, Any],
    depth: int = 0,
    parent: re.Pattern[str] | None = None,
) -> Params:
    """All parameters from ``start`` on; where the tool says which it has, only those. ``parent`` closes the
    tag that they stand in."""
    params = Params(start)
    known_ends: dict[str, Ends] = {}
    while not params.cut:
        at = params.end
        while at < len(text) and text[at].isspace():
            at += 1
        opened = _OPEN.match(text, at)
        name = _named(opened["name"], properties, params.values) if opened else None
        if opened is None or name is None:
            return params
        if opened["empty"]:
            params.end = opened.end()
            continue
        ends = known_ends.get(opened["name"])
        if ends is None:
            closer = re.compile(rf"{NOISE}</{re.escape(opened['name'])}\s*>", FLAGS)
            ends = Ends(
                text, closer, _OPEN, lambda other: _known(other["name"], properties) is not None, parent
            )
            known_ends[opened["name"]] = ends
        value, params.end, params.cut = ends.value(opened.end())
        if not params.cut:
            spec = properties.get(name)
            params.add(name, _value(value, spec, depth), types_of(spec))
            params.end = _past_stray(text, params.end, ends)
    return params


def _past_stray(text: str, at: int, ends: Ends) -> int:
    """Past the same end tag written twice."""
    again = ends.closer.match(text, at)
    return again.end() if again else at


def _named(said: str, properties: Mapping[str, Any], given: Mapping[str, Any]) -> str | None:
    """The parameter, or the name as it was said where it is meant for one that is not given yet."""
    known = _known(said, properties)
    if known is not None:
        return known
    free = [name for name in properties if name not in given]
    return said if meant(said, free) else None


def _known(said: str, properties: Mapping[str, Any]) -> str | None:
    if said in properties or not properties:
        return said
    alike = [name for name in properties if folded(name) == folded(said)]
    return alike[0] if len(alike) == 1 else None


def _value(value: str, spec: Any, depth: int) -> Any:
    """Nested tags where the schema asks for an object or a list; else text, without the white space around
    one line, which templates put there."""
    types = types_of(spec)
    bare = value.strip()
    if depth < MAX_DEPTH and types & {"object", "array"} and "string" not in types:
        nested = _nested(bare, spec, depth)
        if nested is not None:
            return nested
    cleaned = clean(value)
    return cleaned if "\n" in cleaned else cleaned.strip()


def _nested(bare: str, spec: Mapping[str, Any], depth: int) -> Any:
    if not _OPEN.match(bare):
        return None
    items = spec.get("items")
    properties = spec.get("properties")
    if isinstance(properties, Mapping):
        inner = read_children(bare, 0, properties, depth + 1)
        return inner.values if inner.values and not inner.cut and inner.end == len(bare) else None
    if not items or not isinstance(items, Mapping):
        return _element(bare, types_of(spec), depth)
    found = [_item(part, items, depth) for part in re.findall(_ITEM, bare)]
    return found or None


def _element(bare: str, types: frozenset[str], depth: int) -> Any:
    """Nested tags where the schema does not say which: an object, or where it asks for a list the values of
    equal tags, or a list of one object."""
    inner = read_children(bare, 0, {}, depth + 1)
    if not inner.values or inner.cut or inner.end != len(bare):
        return None
    found = {
        name: _element(value, frozenset({"object"}), depth + 1) or value
        if isinstance(value, str) and depth < MAX_DEPTH and value.startswith("<")
        else value
        for name, value in inner.values.items()
    }
    if "object" in types:
        return found
    return list(found.values()) if set(found) == {"item"} else [found]


def _item(part: str, spec: Mapping[str, Any], depth: int) -> Any:
    value = _value(part, spec, depth + 1)
    if isinstance(value, str) and types_of(spec) and "string" not in types_of(spec):
        found = read_json(value, 0) if value else Broken("nothing")
        return found.value if isinstance(found, Value) and found.end == len(value) else value
    return value


_ITEM = re.compile(rf"{NOISE}<item>(.*?){NOISE}</item>", re.DOTALL | FLAGS)
