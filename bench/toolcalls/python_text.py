"""Python literals and calls as models write them."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from .json_text import PLAIN, JsonForm, json_text
from .values import Call


def python_text(value: Any, quote: str = '"', form: JsonForm = PLAIN) -> str:
    """``repr`` would choose the quote itself and escape characters outside of ASCII at its own will.

    Of ``form`` two faults count: line ends left raw, and literals that are not JSON's own, which here means
    that Python's are not written.
    """
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace(quote, "\\" + quote).replace("\r", "\\r")
        if not form.raw_newlines:
            escaped = escaped.replace("\n", "\\n").replace("\t", "\\t")
        return f"{quote}{escaped}{quote}"
    if isinstance(value, Mapping):
        items = (
            f"{python_text(str(key), quote, form)}: {python_text(item, quote, form)}"
            for key, item in value.items()
        )
        return "{" + ", ".join(items) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(python_text(item, quote, form) for item in value) + "]"
    return repr(value) if form.literals == PLAIN.literals else json_text(value, PLAIN)


def python_call(call: Call, quote: str = '"', form: JsonForm = PLAIN) -> str:
    inner = ", ".join(f"{key}={python_text(value, quote, form)}" for key, value in call.arguments.items())
    return f"{call.name}({inner})"


def a_quote(variants: Random) -> str:
    return variants.choice(('"', '"', "'"))
