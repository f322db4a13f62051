"""The tools that the model was offered, as the parser needs to know them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

# Names longer than this are noise; they are neither compared nor repeated in full.
LONGEST_NAME = 80


class Offered:
    """Names, parameters and aliases of the OpenAI tool dicts of a request."""

    def __init__(self, tools: Sequence[Mapping[str, Any]], aliases: Mapping[str, str]) -> None:
        functions = [tool.get("function") or {} for tool in tools]
        self._parameters: dict[str, Mapping[str, Any]] = {
            function["name"]: function.get("parameters") or {} for function in functions if "name" in function
        }
        self._aliases = aliases

    def resolve(self, name: str) -> tuple[str, tuple[str, ...]] | None:
        """The name of an offered tool and the repairs it took, or None."""
        if name in self._parameters:
            return name, ()
        target = self._aliases.get(name)
        if target in self._parameters:
            return target, (f"name {name} -> {target}",)
        return None

    def accepts(self, name: str, arguments: Mapping[str, Any]) -> bool:
        """Whether all required parameters of the tool are present and none is unknown to it."""
        parameters = self._parameters[name]
        if any(required not in arguments for required in parameters.get("required") or ()):
            return False
        known = parameters.get("properties")
        return known is None or all(argument in known for argument in arguments)

    def starts_with_name(self, text: str) -> bool:
        return any(text.startswith(name) for name in self._parameters)

    def unknown(self, name: str) -> str:
        """What to tell the model about a name that is no tool's."""
        names = sorted(self._parameters)
        if not names:
            return f"There is no tool {name[:LONGEST_NAME]!r}: no tools are offered now. Answer in words."
        near = difflib.get_close_matches(name[:LONGEST_NAME], names, n=1)
        guess = f" Did you mean {near[0]}?" if near else ""
        return f"There is no tool {name[:LONGEST_NAME]!r}.{guess} The tools are: {', '.join(names)}."
