"""Google's formats with bare keys and delimiters of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..json_text import PLAIN, json_text
from ..values import Call, Family, Style
from .common import without


def functiongemma(calls: Sequence[Call], style: Style) -> str:
    """Google, FunctionGemma formatting guide: ``<escape>`` on both sides of a string."""
    return _calls(calls, "<start_function_call>", "<end_function_call>", "<escape>")


def gemma4(calls: Sequence[Call], style: Style) -> str:
    """Google, Gemma 4 chat template: ``<|"|>`` on both sides of a string."""
    return _calls(calls, "<|tool_call>", "<tool_call|>", '<|"|>')


def _calls(calls: Sequence[Call], opener: str, closer: str, delimiter: str) -> str:
    return "".join(f"{opener}call:{call.name}{_value(call.arguments, delimiter)}{closer}" for call in calls)


def _value(value: Any, delimiter: str) -> str:
    if isinstance(value, str):
        return f"{delimiter}{value}{delimiter}"
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{key}:{_value(item, delimiter)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_value(item, delimiter) for item in value) + "]"
    return json_text(value, PLAIN)


FAMILIES = (
    Family(
        "functiongemma",
        "FunctionGemma formatting guide",
        functiongemma,
        syntax="custom",
        value_end="<escape>",
        openers=("<start_function_call>",),
        closers=("<end_function_call>",),
        think=None,
        accepts=without("<escape>"),
    ),
    Family(
        "gemma4",
        "Gemma 4 chat template",
        gemma4,
        syntax="custom",
        value_end='<|"|>',
        openers=("<|tool_call>",),
        closers=("<tool_call|>",),
        think=("<|channel>thought\n", "<channel|>"),
        accepts=without('<|"|>'),
    ),
)
