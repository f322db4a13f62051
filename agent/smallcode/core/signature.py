"""A tool's form in one line, for a model that got its arguments wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def signature(schema: Mapping[str, Any]) -> str:
    """Of an entry of the ``tools`` list: ``read_file(path: string, start_line?: integer)``, where a question
    mark means that the argument may be left out."""
    function = schema["function"]
    parameters = function.get("parameters", {})
    required = parameters.get("required", ())
    parts = [
        f"{name}{'' if name in required else '?'}: {_kind(entry)}"
        for name, entry in parameters.get("properties", {}).items()
    ]
    return f"{function['name']}({', '.join(parts)})"


def _kind(entry: Mapping[str, Any]) -> str:
    if "enum" in entry:
        return " or ".join(f'"{value}"' for value in entry["enum"])
    if "anyOf" in entry:
        kinds = dict.fromkeys(_kind(one) for one in entry["anyOf"])
        return " or ".join(kind for kind in kinds if kind != "null")
    if entry.get("type") == "array":
        return f"list of {_kind(entry.get('items', {}))}"
    return str(entry.get("type", "value"))
