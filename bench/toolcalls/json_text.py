"""JSON as models write it: well-formed in several layouts, or with one fault throughout."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class JsonForm:
    """The layout, and at most one fault: everything but ``indent``, ``tight`` and ``ascii`` is one.

    ``quotes`` are the opening and the closing quote of strings. ``escapes`` false leaves quotes inside of
    strings bare; ``invalid_escapes`` leaves backslashes single. ``literals`` stand for true, false and null.
    ``comment`` follows each value of the outermost object.
    """

    indent: int = 0
    tight: bool = False
    ascii: bool = False
    quotes: tuple[str, str] = ('"', '"')
    bare_keys: bool = False
    trailing_comma: bool = False
    raw_newlines: bool = False
    inner_quotes: bool = False
    invalid_escapes: bool = False
    literals: tuple[str, str, str] = ("true", "false", "null")
    comment: str = ""


PLAIN = JsonForm()


def json_text(value: Any, form: JsonForm, depth: int = 0) -> str:
    """``value`` holds None, bool, int, float, str, lists and dicts with string keys."""
    if isinstance(value, Mapping):
        keys = (str(key) if form.bare_keys else _string(str(key), form) for key in value)
        colon = ":" if form.tight else ": "
        items = [
            f"{key}{colon}{json_text(item, form, depth + 1)}"
            for key, item in zip(keys, value.values(), strict=True)
        ]
        return _joined("{", items, "}", form, depth)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _joined("[", [json_text(item, form, depth + 1) for item in value], "]", form, depth)
    if isinstance(value, str):
        return _string(value, form)
    if value is None or isinstance(value, bool):
        return form.literals[2 if value is None else int(not value)]
    return json.dumps(value)


def _joined(opener: str, items: Sequence[str], closer: str, form: JsonForm, depth: int) -> str:
    if not items:
        return opener + closer
    comment = form.comment if depth == 0 and opener == "{" else ""
    comma = "," if form.trailing_comma else ""
    if form.indent or comment:
        pad = "\n" + " " * ((form.indent or 2) * (depth + 1))
        last = len(items) - 1
        lines = [
            item + ("," if number < last else comma) + (f" {comment}" if comment else "")
            for number, item in enumerate(items)
        ]
        return opener + pad + pad.join(lines) + "\n" + " " * ((form.indent or 2) * depth) + closer
    separator = "," if form.tight else ", "
    return opener + separator.join(items) + comma + closer


def _string(text: str, form: JsonForm) -> str:
    opener, closer = form.quotes
    body = json.dumps(text, ensure_ascii=form.ascii)[1:-1]
    if form.invalid_escapes:
        body = body.replace("\\\\", "\\")
    if form.inner_quotes or opener != '"':
        body = body.replace('\\"', '"')
    if opener == "'":
        body = body.replace("'", "\\'")
    if form.raw_newlines:
        body = _bare_line_ends(body)
    return opener + body + closer


def _bare_line_ends(body: str) -> str:
    """The escapes of line ends and tabs as the characters themselves; escaped backslashes stay."""
    pieces = body.split("\\\\")
    return "\\\\".join(piece.replace("\\n", "\n").replace("\\t", "\t") for piece in pieces)
