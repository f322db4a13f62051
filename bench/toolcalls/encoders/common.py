"""What several encoders need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..json_text import PLAIN, json_text
from ..values import Call, Style


def raw(value: Any) -> str:
    """A value between tags: a string as it is, anything else as JSON."""
    return value if isinstance(value, str) else json_text(value, PLAIN)


def own_lines(value: Any) -> str:
    """As ``raw``, on lines of its own."""
    return f"\n{raw(value)}\n"


def flat(call: Call) -> bool:
    """Whether no argument is nested or null: some formats know nothing else."""
    return not any(value is None or isinstance(value, list | Mapping) for value in call.arguments.values())


def holds(call: Call, *texts: str) -> bool:
    """Whether a text occurs anywhere in the arguments."""
    written = json_text(call.arguments, PLAIN).replace('\\"', '"').replace("\\n", "\n")
    return any(text in written for text in texts)


def without(*texts: str) -> Any:
    """For ``Family.accepts``: formats without escapes cannot hold their own delimiters."""
    return lambda call: not holds(call, *texts)


def gap(style: Style) -> str:
    """Between two calls."""
    return style.variants.choice(("\n", "\n", "", "\n\n"))


def line(style: Style) -> str:
    """Around the body of a tag: mostly a line end."""
    return style.variants.choice(("\n", "\n", ""))
