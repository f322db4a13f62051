"""The tools that the model was offered, as the parser needs to know them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .repairs import NEAR_TOOL
from .resemblance import folded, nearest
from .values import CallProblem

# Names longer than this are noise; they are neither compared nor repeated in full.
LONGEST_NAME = 80

# What templates write around a name: namespaces before it, an index, an id or a token behind it.
_NAMESPACE = re.compile(
    r"^(?:functions?|tools?|default_api|api|multi_tool_use|namespace)[.:/]+", re.IGNORECASE
)
_BEHIND = re.compile(r"(?:<[|｜].*|:\d+|#\d+|\(\s*\)|\[(?:ARGS|CALL_ID)\].*)$", re.DOTALL)
_WRAPPING = "\"'`“”*:= \t\r\n"


class Offered:
    """Names, parameters and aliases of the OpenAI tool dicts of a request."""

    def __init__(self, tools: Sequence[Mapping[str, Any]], aliases: Mapping[str, str]) -> None:
        functions = [_function(tool) for tool in tools]
        self._parameters: dict[str, Mapping[str, Any]] = {
            function["name"]: _merged(_mapping(function.get("parameters") or function.get("input_schema")))
            for function in functions
            if isinstance(function.get("name"), str)
        }
        self._aliases = aliases
        self._folded: dict[str, str] | None = None
        self._known: dict[str, tuple[str, tuple[str, ...]] | None] = {}

    def resolve(self, name: str, *, exactly: bool = False) -> tuple[str, tuple[str, ...]] | None:
        """The name of an offered tool and the repairs it took, or None. ``exactly`` allows for junk around
        the name, aliases and other separators, not for slips."""
        if name in self._parameters:
            return name, ()
        if len(name) > 2 * LONGEST_NAME:
            return None
        if name not in self._known:
            self._known[name] = self._search(name)
        found = self._known[name]
        if found is not None or exactly or not self._parameters:
            return found
        plain = _plain(name)
        if plain in self._aliases:
            # The name of a tool that is not offered now is no slip.
            return None
        near = nearest(plain, self._parameters)
        return (near, (f"{NEAR_TOOL}: {name[:LONGEST_NAME]} -> {near}",)) if near else None

    def _search(self, name: str) -> tuple[str, tuple[str, ...]] | None:
        plain = _plain(name)
        leaf = re.split(r"[./]|__|::", plain)[-1]
        for candidate in dict.fromkeys((name.strip(), _bare(name), plain, leaf)):
            if candidate in self._parameters:
                return candidate, () if candidate == name else (_renamed(name, candidate),)
            target = self._aliases.get(candidate)
            if target in self._parameters:
                return target, (f"name {candidate} -> {target}",)
        same = self._spelled_alike().get(folded(plain)) if plain else None
        return (same, (_renamed(name, same),)) if same else None

    def _spelled_alike(self) -> dict[str, str]:
        """Tools by their folded names and aliases; one that two tools share belongs to none."""
        if self._folded is None:
            found: dict[str, str] = {}
            for alias, target in self._aliases.items():
                if target in self._parameters:
                    found[folded(alias)] = target if found.get(folded(alias), target) == target else ""
            own: dict[str, str] = {}
            for name in self._parameters:
                own[folded(name)] = "" if folded(name) in own else name
            self._folded = {**found, **own}
        return self._folded

    def spellings(self) -> Iterable[str]:
        """The names of the tools, and the aliases that lead to them."""
        yield from self._parameters
        yield from (alias for alias, target in self._aliases.items() if target in self._parameters)

    def schema(self, name: str) -> Mapping[str, Any]:
        """The JSON schema of the tool's parameters; empty where the tool has none."""
        return self._parameters[name]

    def accepts(self, name: str, arguments: Mapping[str, Any]) -> bool:
        """Whether all required parameters of the tool are present and, where there are others that it does
        not know, at least one that it knows. A schema without properties says nothing about them."""
        parameters = self._parameters[name]
        if any(required not in arguments for required in _names(parameters.get("required"))):
            return False
        known = _mapping(parameters.get("properties"))
        return not known or not arguments or any(argument in known for argument in arguments)

    def unknown(self, name: str) -> CallProblem:
        """What to tell the model about a name that is no tool's."""
        names = sorted(self._parameters)
        if not names:
            said = f"There is no tool {name[:LONGEST_NAME]!r}: no tools are offered now. Answer in words."
            return CallProblem("unknown tool", said)
        said = f"There is no tool {name[:LONGEST_NAME]!r}. The tools are: {', '.join(names)}."
        return CallProblem("unknown tool", said)


def _plain(name: str) -> str:
    """The name without what templates write around it."""
    return _NAMESPACE.sub("", _bare(name))


def _bare(name: str) -> str:
    """The name without what stands behind it, its namespace kept."""
    return _BEHIND.sub("", name.strip(_WRAPPING)).strip(_WRAPPING)


def _renamed(name: str, tool: str) -> str:
    return f"{NEAR_TOOL}: {name.strip()[:LONGEST_NAME]} -> {tool}"


def _function(tool: Any) -> Mapping[str, Any]:
    whole = _mapping(tool)
    return _mapping(whole.get("function")) or whole


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _merged(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """A schema that is put together with allOf, as one."""
    parts = schema.get("allOf")
    if "properties" in schema or not isinstance(parts, list):
        return schema
    properties: dict[str, Any] = {}
    required: list[str] = []
    for part in map(_mapping, parts):
        properties.update(_mapping(part.get("properties")))
        required += _names(part.get("required"))
    return {**schema, "properties": properties, "required": required}


def _names(value: Any) -> list[str]:
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []
