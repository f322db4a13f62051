"""The shape of a call in JSON: ``{"name", "arguments"}`` and what else models make of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from .arguments import fit, missing
from .context import Context
from .json_body import Broken, Value, read_object
from .repairs import BESIDE_NAME, ENCODED_TWICE, NEAR_PARAMETER, NULL_ARGUMENTS
from .values import CallProblem, Draft

NAME_KEYS = (
    "name", "tool_name", "tool", "function_name", "function", "action", "recipient_name", "toolName",
    "functionName", "tool_call_name", "api_name", "fn", "api", "command_name",
)  # fmt: skip
# "parameters" is what Llama 3 and Command-R were trained to write, "args" Inkling, "action_input" ReAct.
ARGUMENT_KEYS = (
    "arguments", "parameters", "args", "input", "params", "action_input", "tool_input", "kwargs",
    "tool_args", "function_args", "tool_parameters", "tool_arguments", "argument", "parameter", "inputs",
)  # fmt: skip
BESIDE_KEYS = frozenset(
    {"id", "type", "index", "tool_call_id", "call_id", "role", "content", "thought", "thoughts", "reasoning",
     "explanation", "function_call_id", "status", "thinking"}
)  # fmt: skip
INNER_KEYS = ("function", "function_call", "tool_call", "tool_calls", "function_calls", "tool_uses", "calls")

FORM = '{"name": "TOOL", "arguments": {"NAME": VALUE}}'
# Calls inside calls inside calls are not followed further.
MAX_NESTING = 3


def read_calls(found: Value, context: Context) -> Iterator[Draft | CallProblem | None]:
    """What the JSON value means: a call each, or what is wrong with it; None where it is no call."""
    for item in _items(found.value, 0):
        made = _read_call(item, found, context)
        if isinstance(made, Draft):
            repairs = tuple(dict.fromkeys((*made.repairs, *found.repairs)))
            if found.open and missing(made.name, made.arguments, context.offered):
                yield cut_call(made.name)
                continue
            made = replace(made, repairs=repairs)
        yield made


def named_call(
    name: str,
    given: Value | Broken,
    context: Context,
    repairs: tuple[str, ...] = (),
    *,
    text: bool = False,
) -> Draft | CallProblem | None:
    """The call of a tool whose name stood apart from its arguments."""
    known = context.offered.resolve(name, exactly=context.plain)
    if known is None:
        return None if context.plain else context.offered.unknown(name)
    if isinstance(given, Broken):
        return None if context.plain and not given.cut else _broken(known[0], given)
    made = fit(known[0], given.value, context.offered, (*known[1], *given.repairs, *repairs), text=text)
    if isinstance(made, Draft) and given.open and missing(made.name, made.arguments, context.offered):
        return cut_call(made.name)
    return _plainly(made, context)


def cut_call(name: str) -> CallProblem:
    """What to tell the model about a call that ended too early; such a call is never run."""
    call = f"The call of {name}" if name else "A tool call"
    said = f"{call} broke off before its end and did not run. Do it in smaller steps: less text in one call."
    return CallProblem("cut", said)


def unreadable(why: str) -> CallProblem:
    said = f"A tool call could not be read: {why.rstrip('.')}. Write it as <tool_call>{FORM}</tool_call>."
    return CallProblem("unreadable", said)


def _plainly(made: Draft | CallProblem, context: Context) -> Draft | CallProblem | None:
    if not context.plain:
        return made
    if isinstance(made, CallProblem):
        return None
    properties = context.offered.schema(made.name).get("properties") or {}
    guessed = any(repair.startswith(NEAR_PARAMETER) for repair in made.repairs)
    if guessed and any(key not in properties for key in made.arguments):
        return None
    return made if context.offered.accepts(made.name, made.arguments) else None


def _broken(name: str, broken: Broken) -> CallProblem:
    if broken.cut:
        return cut_call(name)
    said = f"The arguments of {name} could not be read: {broken.why.rstrip('.')}. Write {FORM}."
    return CallProblem("unreadable", said)


def _items(value: Any, depth: int) -> Iterator[Any]:
    """The calls of a value: of a list each, and of an object that only wraps calls those inside."""
    if isinstance(value, list) and depth <= MAX_NESTING:
        for item in value:
            yield from _items(item, depth + 1)
        return
    inner = _inner(value)
    if inner is not None and depth <= MAX_NESTING:
        yield from _items(inner, depth + 1)
    else:
        yield value


def _inner(value: Any) -> Any:
    if not isinstance(value, Mapping) or isinstance(value.get("name"), str):
        return None
    for key in INNER_KEYS:
        inner = value.get(key)
        rest = [name for name in value if name != key]
        if isinstance(inner, dict | list) and inner and BESIDE_KEYS.issuperset(rest):
            return inner
    return None


def _read_call(value: Any, found: Value, context: Context) -> Draft | CallProblem | None:
    if not isinstance(value, dict):
        return None if context.plain else _no_name()
    name = _name(value)
    if name is None:
        return _by_key(value, context)
    key, said = name
    known = context.offered.resolve(said.strip(), exactly=context.plain)
    if known is None:
        return None if context.plain else context.offered.unknown(said)
    given = _arguments(value, key, known[0], context)
    if given is None:
        return None
    if isinstance(given, Broken):
        return None if context.plain else _broken(known[0], given)
    return _plainly(fit(known[0], given.value, context.offered, (*known[1], *given.repairs)), context)


def _name(value: Mapping[str, Any]) -> tuple[str, str] | None:
    for key in NAME_KEYS:
        said = value.get(key)
        if isinstance(said, str) and said.strip():
            return key, said
    return None


def _no_name() -> CallProblem:
    return CallProblem("unreadable", f"A tool call has no name. Write it as {FORM}.")


def _by_key(value: Mapping[str, Any], context: Context) -> Draft | CallProblem | None:
    """``{"read_file": {"path": …}}``, as Apertus was trained to write."""
    if len(value) == 1:
        said, given = next(iter(value.items()))
        known = context.offered.resolve(said, exactly=context.plain)
        inner = _given(given) if known is not None and isinstance(given, str) else None
        if isinstance(inner, Value) and isinstance(inner.value, dict) and known is not None:
            made = fit(known[0], inner.value, context.offered, (*known[1], *inner.repairs))
            return _plainly(made, context)
        if known is not None and isinstance(given, dict):
            return _plainly(fit(known[0], given, context.offered, known[1]), context)
    return None if context.plain else _no_name()


def _arguments(value: Mapping[str, Any], name_key: str, tool: str, context: Context) -> Value | Broken | None:
    """What the call gives its tool. None in a plain context where an object says more than a call does."""
    for key in ARGUMENT_KEYS:
        if key in value and key != name_key:
            beside = [name for name in value if name not in (key, name_key) and name not in BESIDE_KEYS]
            if context.plain and beside:
                return None
            return _given(value[key])
    rest = {key: item for key, item in value.items() if key != name_key}
    properties = context.offered.schema(tool).get("properties") or {}
    beside_name = {key: item for key, item in rest.items() if key in properties or key not in BESIDE_KEYS}
    if beside_name and (not context.plain or all(key in properties for key in beside_name)):
        return Value(beside_name, 0, (BESIDE_NAME,))
    return None if context.plain else Value({}, 0)


def _given(given: Any) -> Value | Broken:
    if isinstance(given, str) and given.strip():
        found = read_object(given) if given.lstrip()[:1] in ("{", '"', "`", "[") else Value(given, 0)
        if isinstance(found, Broken):
            return found
        if isinstance(found.value, dict):
            return Value(found.value, 0, (ENCODED_TWICE, *found.repairs), found.open)
        return Value(given, 0)
    if given is None or given in ("", []):
        return Value({}, 0, (NULL_ARGUMENTS,) if given is None else ())
    return Value(given, 0)
