"""Lines of ``key: value`` as models write YAML: unquoted strings over several lines, indentation amiss.

Real YAML would reject most of it. The keys are the tool's parameters, so that a line which begins with none
of them belongs to the value before it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from typing import Any

from .json_body import Broken, read_json
from .resemblance import folded

_LINE = re.compile(r"[ \t]*(?:-[ \t]+)?[\"']?([^\W\d][\w-]{0,80})[\"']?[ \t]*:(?:[ \t]+(.*)|)$")
_BLOCK = re.compile(r"[|>][+-]?\d?\s*$")


def read_yaml(body: str, properties: Mapping[str, Any]) -> dict[str, Any] | None:
    """The pairs of the lines, or None where the first line begins with no parameter."""
    known = {folded(name): name for name in properties}
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in body.strip("\r\n").splitlines():
        pair = _LINE.match(line)
        name = (known.get(folded(pair[1])) if known else pair[1]) if pair else None
        if pair and name and name not in found:
            current = found[name] = [pair[2] or ""]
        elif current is not None:
            current.append(line)
        elif line.strip():
            return None
    return {name: _value(lines) for name, lines in found.items()} or None


def _value(lines: list[str]) -> Any:
    first, rest = lines[0].strip(), "\n".join(lines[1:])
    if _BLOCK.fullmatch(first):
        return _block(rest, first)
    if not rest.strip():
        return _scalar(first)
    if not first:
        return _list(rest) or textwrap.dedent(rest).strip("\n")
    return _scalar("\n".join([first, textwrap.dedent(rest)]).strip())


def _block(rest: str, mark: str) -> str:
    text = textwrap.dedent(rest).rstrip("\n ")
    if mark[0] == ">":
        text = " ".join(text.split())
    return text if "-" in mark or not text else f"{text}\n"


def _list(rest: str) -> list[Any] | None:
    lines = [line.strip() for line in rest.splitlines() if line.strip()]
    if not lines or not all(line.startswith("- ") for line in lines):
        return None
    return [_scalar(line[2:].strip()) for line in lines]


def _scalar(text: str) -> Any:
    if text[:1] in ('"', "'") and text[-1:] == text[:1] and len(text) > 1:
        found = read_json(text, 0)
        if not isinstance(found, Broken) and found.end == len(text):
            return found.value
    return text
