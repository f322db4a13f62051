"""The shape of a call in JSON: ``{"name", "arguments"}``, or the same under ``function``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .json_body import ENCODED_TWICE, Broken, Value, read_object
from .offered import Offered
from .values import Draft

# "parameters" is what Llama 3 was trained to write.
ARGUMENT_KEYS = ("arguments", "parameters")
_KEYS = frozenset({"name", "id", "type", "function", *ARGUMENT_KEYS})

FORM = '{"name": "TOOL", "arguments": {"NAME": VALUE}}'


def read_call(value: Any, offered: Offered) -> Draft | str:
    """The call that a marked JSON value means, or a sentence for the model about what is wrong with it."""
    body = _body(value)
    if body is None or not isinstance(body.get("name"), str):
        return f"A tool call has no name. Write it as {FORM}."
    known = offered.resolve(body["name"].strip())
    if known is None:
        return offered.unknown(body["name"])
    arguments = _arguments(body)
    if isinstance(arguments, Broken):
        if arguments.cut:
            return cut_call(known[0])
        return f"The arguments of {known[0]} could not be read: {arguments.why}. Write {FORM}."
    return Draft(known[0], arguments.value, (*known[1], *arguments.repairs))


def read_plain_call(value: Any, offered: Offered) -> Draft | None:
    """The call that an unmarked JSON value is beyond doubt, else None."""
    body = _body(value)
    if body is None or not _KEYS.issuperset(body) or not isinstance(body.get("name"), str):
        return None
    if sum(key in body for key in ARGUMENT_KEYS) != 1:
        return None
    draft = read_call(value, offered)
    if isinstance(draft, str) or not offered.accepts(draft.name, draft.arguments):
        return None
    return draft


def cut_call(name: str) -> str:
    """What to tell the model about a call that ended too early; such a call is never run."""
    call = f"The call of {name}" if name else "A tool call"
    return f"{call} broke off before its end and did not run. Do it in smaller steps: less text in one call."


def _body(value: Any) -> Mapping[str, Any] | None:
    if not isinstance(value, dict):
        return None
    inner = value.get("function")
    if isinstance(inner, dict) and "name" not in value:
        return inner if _KEYS.issuperset(value) else None
    return value


def _arguments(body: Mapping[str, Any]) -> Value | Broken:
    for key in ARGUMENT_KEYS:
        given = body.get(key)
        if isinstance(given, dict):
            return Value(given, 0)
        if isinstance(given, str):
            found = read_object(given)
            if isinstance(found, Broken):
                return found
            return Value(found.value, 0, (ENCODED_TWICE, *found.repairs))
        if given is not None:
            return Broken(f"{key} is not a JSON object")
    return Value({}, 0)
