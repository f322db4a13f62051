"""Grammars and schemas that admit nothing but one call of an offered tool.

``call_schema`` is for servers that take a JSON schema, ``call_grammar`` for llama.cpp, in its GBNF
(https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md). The grammar leaves no choice of white
space, and asks for the required parameters first, in the order of the schema: a small model can neither run
on in blanks or digits nor forget one. A schema's own limits of lengths and numbers are not in it; the tool
checks its arguments.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

ToolSchema = Mapping[str, Any]

# Objects within objects deeper than this may hold any JSON.
DEEPEST = 6

_COMMON = r"""
string ::= "\"" char* "\""
char ::= [^"\\\x00-\x1F] | "\\" (["\\/bfnrt] | "u" [0-9a-fA-F] [0-9a-fA-F] [0-9a-fA-F] [0-9a-fA-F])
integer ::= "-"? ("0" | [1-9] [0-9]{0,15})
number ::= integer ("." [0-9]{1,16})? ([eE] [-+]? [0-9]{1,3})?
boolean ::= "true" | "false"
null ::= "null"
value ::= object | array | string | number | boolean | null
object ::= "{" (string ": " value (", " string ": " value)*)? "}"
array ::= "[" (value (", " value)*)? "]"
"""

_SIMPLE = frozenset({"string", "integer", "number", "boolean", "null"})


def call_schema(tools: Sequence[ToolSchema]) -> dict[str, Any]:
    """A JSON schema of ``{"name", "arguments"}`` for one of the tools."""
    options = [
        {
            "type": "object",
            "properties": {
                "name": {"type": "string", "enum": [function.get("name", "")]},
                "arguments": dict(function.get("parameters") or {"type": "object"}),
            },
            "required": ["name", "arguments"],
            "additionalProperties": False,
        }
        for function in _functions(tools)
    ]
    return options[0] if len(options) == 1 else {"anyOf": options}


def call_grammar(tools: Sequence[ToolSchema]) -> str:
    """GBNF for ``{"name": NAME, "arguments": {…}}``, one of the tools. Raises ValueError for no tools."""
    functions = list(_functions(tools))
    if not functions:
        raise ValueError("a grammar of calls needs a tool")
    rules = _Rules()
    calls = [_call(rules, number, function) for number, function in enumerate(functions)]
    return "\n".join([f"root ::= {' | '.join(calls)}", *rules.lines]) + _COMMON


def _functions(tools: Sequence[ToolSchema]) -> Iterator[Mapping[str, Any]]:
    return (tool.get("function") or {} for tool in tools)


def _call(rules: _Rules, number: int, function: Mapping[str, Any]) -> str:
    schema = function.get("parameters") or {"type": "object"}
    arguments = rules.of(schema, schema.get("$defs") or {}, f"arguments-{number}", 0)
    head = f'{{"name": {_json(function.get("name", ""))}, "arguments": '
    return rules.add(f"call-{number}", f"{literal(head)} {arguments} {literal('}')}")


def literal(text: str) -> str:
    """A text as GBNF writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


class _Rules:
    """The rules of one grammar, each added once under a name of its own."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, name: str, body: str) -> str:
        self.lines.append(f"{name} ::= {body}")
        return name

    def of(self, schema: Mapping[str, Any], defs: Mapping[str, Any], name: str, depth: int) -> str:
        """The name of a rule that admits what the schema does, or a little more."""
        schema = _resolved(schema, defs)
        if "const" in schema:
            return literal(_json(schema["const"]))
        if "enum" in schema:
            return f"({' | '.join(literal(_json(value)) for value in schema['enum'])})"
        options = schema.get("anyOf") or schema.get("oneOf") or _kinds(schema)
        if options and depth < DEEPEST:
            rules = [
                self.of(option, defs, f"{name}-{number}", depth + 1) for number, option in enumerate(options)
            ]
            return f"({' | '.join(dict.fromkeys(rules))})"
        return self._of_type(schema, defs, name, depth)

    def _of_type(self, schema: Mapping[str, Any], defs: Mapping[str, Any], name: str, depth: int) -> str:
        kind = schema.get("type")
        if kind in _SIMPLE:
            return str(kind)
        if kind == "array" and isinstance(schema.get("items"), Mapping) and depth < DEEPEST:
            item = self.of(schema["items"], defs, f"{name}-item", depth + 1)
            return self.add(name, f'"[" ({item} (", " {item})*)? "]"')
        if kind == "object" and schema.get("properties") and depth < DEEPEST:
            return self._object(schema, defs, name, depth)
        if kind == "object" and schema.get("properties") == {}:
            return literal("{}")
        return str(kind) if kind in {"array", "object"} else "value"

    def _object(self, schema: Mapping[str, Any], defs: Mapping[str, Any], name: str, depth: int) -> str:
        """Required members in their order, then any of the others in theirs."""
        wanted = schema.get("required") or ()
        required: list[str] = []
        optional: list[str] = []
        for key, inner in schema["properties"].items():
            rule = self.of(inner, defs, f"{name}-{_rule_word(key)}{len(required) + len(optional)}", depth + 1)
            (required if key in wanted else optional).append(f"{literal(_json(key) + ': ')} {rule}")
        comma = literal(", ")
        if required:
            members = f" {comma} ".join(required) + "".join(f" ({comma} {member})?" for member in optional)
        else:
            members = f"({' | '.join(_some(optional, comma))})?"
        return self.add(name, f'"{{" {members} "}}"')


def _some(members: Sequence[str], comma: str) -> Iterator[str]:
    """All ways to begin a list of members of which each may be missing."""
    for first in range(len(members)):
        rest = "".join(f" ({comma} {member})?" for member in members[first + 1 :])
        yield members[first] + rest


def _kinds(schema: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A schema for each of the types, where several are given as a list."""
    kind = schema.get("type")
    return [dict(schema) | {"type": one} for one in kind] if isinstance(kind, list) else []


def _resolved(schema: Mapping[str, Any], defs: Mapping[str, Any]) -> Mapping[str, Any]:
    """Where a schema refers to a definition, that definition; a chain of them is followed once through."""
    for _ in range(len(defs) + 1):
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return schema
        target = defs.get(reference.rsplit("/", 1)[-1])
        schema = target if isinstance(target, Mapping) else {}
    return {}


def _rule_word(name: str) -> str:
    """Letters and digits of a name, as rules are called."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
