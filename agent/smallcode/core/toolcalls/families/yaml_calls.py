"""YAML: ``name: f`` and indented arguments, or the name of a tool as the key over them."""

from __future__ import annotations

import re
import textwrap

from ..context import Context, plainly
from ..json_body import Value
from ..shape import named_call
from ..values import Draft, PlainFamily, Reading
from ..yaml_body import read_yaml

_NAMED = re.compile(
    r"\s*(?:-[ \t]+)?(?:name|tool|tool_name|function|action)[ \t]*:[ \t]*"
    r"[\"']?([^\W\d][\w.\-]{0,80})[\"']?[ \t]*\r?\n"
    r"(?:[ \t]*(?:arguments|parameters|args|params|input|action_input)[ \t]*:"
    r"[ \t]*(?:\{\}[ \t]*)?(?:\r?\n|$))?"
)
_KEY = re.compile(r"\s*([^\W\d][\w.\-]{0,80})[ \t]*:[ \t]*\r?\n(?=[ \t]+\S)")


def read_plain(text: str, start: int, context: Context) -> Reading | None:
    """The call that the rest of the text is."""
    named = _NAMED.match(text, start) or _KEY.match(text, start)
    if named is None or context.budget.spent:
        return None
    known = context.offered.resolve(named[1], exactly=True)
    if known is None:
        return None
    context.budget.spend(len(text) - start)
    properties = context.offered.schema(known[0]).get("properties") or {}
    body = textwrap.dedent(text[named.end() :])
    found = read_yaml(body, properties) if body.strip() else {}
    if found is None:
        return None
    call = named_call(named[1], Value(found, len(text)), plainly(context), text=True)
    return Reading(len(text), (call,)) if isinstance(call, Draft) else None


YAML = PlainFamily(
    "YAML",
    r"^(?:name|tool|tool_name|function|action)[ \t]*:[ \t]*[\"']?[^\W\d]|"
    r"^[^\W\d][\w.\-]{0,80}[ \t]*:[ \t]*\r?\n[ \t]+\S",
    frozenset({"", "yaml", "yml", "tool_call", "tool", "tool_code"}),
    read_plain,
    whole=True,
)
