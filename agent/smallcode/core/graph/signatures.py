"""What a signature tells beside its name: whether a word is a parameter, and what is returned."""

from __future__ import annotations

import re
from functools import lru_cache

from .names import split_outside, type_name

_WORD = re.compile(r"[\w$]+")
_ARROW = re.compile(r"\s*->\s*(.+?)\s*:?\s*\Z", re.DOTALL)
_COLON = re.compile(r"\s*:\s*(.+?)\s*(?:=>|\{)?\s*;?\s*\Z", re.DOTALL)
_OPENING, _CLOSING = "([{", ")]}"

# Generic types of both families that stand for their argument, once it is awaited or found.
_TRANSPARENT = frozenset(
    {"Optional", "Final", "ClassVar", "Annotated", "Promise", "PromiseLike", "Readonly", "NonNullable"}
)

_KEPT = 20_000
"""Signatures whose reading is remembered: those of what is called, over and over."""


@lru_cache(maxsize=_KEPT)
def parameter_names(signature: str) -> frozenset[str]:
    """The names that the parameters bind, those in patterns (``{a, b: c}``) too; of their types and defaults
    none."""
    start, end = _parentheses(signature)
    names: set[str] = set()
    for parameter in split_outside(signature[start:end], ","):
        names.update(_bound(split_outside(split_outside(parameter, "=")[0], ":")[0]))
    return frozenset(names)


def _bound(pattern: str) -> list[str]:
    """The names that a parameter without its type binds; one in a pattern may follow its key."""
    pattern = pattern.strip()
    if not pattern.startswith(("{", "[")):
        # Modifiers and stars stand before the name, a mark that it may be left out behind it.
        return _WORD.findall(pattern)[-1:]
    parts = split_outside(pattern[1:-1], ",")
    return [name for part in parts for name in _bound(split_outside(split_outside(part, "=")[0], ":")[-1])]


@lru_cache(maxsize=_KEPT)
def returned_type(signature: str) -> str:
    """The one class that is declared to be returned, dotted; "" where there is none."""
    _, end = _parentheses(signature)
    behind = signature[end + 1 :]
    found = _ARROW.match(behind) or _COLON.match(behind)
    return type_name(found[1], (), _TRANSPARENT) if found else ""


def has_result(signature: str) -> bool:
    """Whether something is declared to be returned, one class or anything else."""
    _, end = _parentheses(signature)
    return bool(_WORD.search(signature, end))


def words_behind(signature: str) -> list[str]:
    """Every word behind the parameters: those of the declared result."""
    if signature.endswith((")", "):")):
        return []
    _, end = _parentheses(signature)
    return _WORD.findall(signature[end + 1 :])


def _parentheses(signature: str) -> tuple[int, int]:
    """Where the parameters stand: behind the opening parenthesis, and at the closing one."""
    start = signature.find("(")
    if start < 0:
        return len(signature), len(signature)
    depth = 0
    for place in range(start, len(signature)):
        char = signature[place]
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth -= 1
            if not depth:
                return start + 1, place
    return start + 1, len(signature)
