"""Tags named after the tool, with tags or YAML in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..json_text import PLAIN, json_text
from ..values import Call, Family, Style
from .common import flat, holds, own_lines, raw


def xml_by_name(calls: Sequence[Call], style: Style) -> str:
    """Cline and Roo Code system prompts: a tag for the tool, one for each parameter; text on own lines."""
    return "\n\n".join(_xml(call, style) for call in calls)


def _xml(call: Call, style: Style) -> str:
    if not call.arguments:
        return f"<{call.name}/>" if style.variants.random() < 0.5 else f"<{call.name}>\n</{call.name}>"
    body = "".join(
        f"<{key}>{own_lines(value) if chr(10) in raw(value) else raw(value)}</{key}>\n"
        for key, value in call.arguments.items()
    )
    return f"<{call.name}>\n{body}</{call.name}>"


def yaml_xml(calls: Sequence[Call], style: Style) -> str:
    """ai-sdk-tool-call-middleware, YAML protocol: YAML lines in a tag named after the tool."""
    return "\n".join(f"<{call.name}>\n{_yaml(call)}</{call.name}>" for call in calls)


def _yaml(call: Call) -> str:
    return "".join(f"{key}: {_yaml_value(value)}\n" for key, value in call.arguments.items())


# Words that some version of YAML reads as something else than text.
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def _yaml_value(value: Any) -> str:
    """Flow style, which is JSON, but for text: plain where that is safe, a block where it has lines."""
    if not isinstance(value, str):
        return json_text(value, PLAIN)
    if re.fullmatch(r"[A-Za-z./][\w./-]*", value) and value.lower() not in _WORDS:
        return value
    # A block scalar cannot begin with a space, and a tab or an odd end is safer in quotes.
    if "\n" in value and not value.startswith((" ", "\n", "\t")) and not value.endswith("\n\n"):
        keep = "" if value.endswith("\n") else "-"
        lines = value.removesuffix("\n").split("\n")
        return f"|{keep}\n" + "\n".join(f"  {line}" if line else "" for line in lines)
    return json_text(value, PLAIN)


FAMILIES = (
    Family(
        "xml_by_name",
        "Cline system prompt",
        xml_by_name,
        syntax="tags",
        marked=False,
        value_end="</",
        prose_after=False,
        accepts=lambda call: flat(call) and not holds(call, *(f"</{key}>" for key in call.arguments)),
    ),
    Family(
        "yaml_xml",
        "ai-sdk-tool-call-middleware",
        yaml_xml,
        syntax="lines",
        marked=False,
        value_end="",
        prose_after=False,
        accepts=lambda call: bool(call.arguments),
    ),
)
