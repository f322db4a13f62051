"""Grammars and schemas that leave nothing but a call."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from call_tables import TOOLS
from gbnf import admits
from hypothesis import given
from hypothesis import strategies as st

from smallcode.core.grammar import call_grammar, call_schema
from smallcode.core.toolcalls import parse_tool_calls
from smallcode.tools import ALL

VALUES: Mapping[str, Any] = {
    "string": st.text(),
    "integer": st.integers(-(10**15), 10**15),
    "number": st.integers(-(10**6), 10**6) | st.just(1.5) | st.just(-2.25e-7),
    "boolean": st.booleans(),
    "null": st.none(),
}


def tool(properties: Mapping[str, Any], required: Sequence[str] = (), **more: Any) -> dict[str, Any]:
    parameters = {"type": "object", "properties": properties, "required": list(required), **more}
    return {"type": "function", "function": {"name": "f", "description": "", "parameters": parameters}}


def written(arguments: Any, name: str = "f", *, ascii_only: bool = False) -> str:
    return json.dumps({"name": name, "arguments": arguments}, ensure_ascii=ascii_only)


@given(st.text(), st.booleans())
def test_any_text_can_be_written_with_its_escapes(text: str, ascii_only: bool) -> None:
    grammar = call_grammar([tool({"s": {"type": "string"}}, ["s"])])
    assert admits(grammar, written({"s": text}, ascii_only=ascii_only))


@given(st.data())
def test_required_come_first_and_others_may_be_missing(data: st.DataObject) -> None:
    kinds = data.draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=5))
    properties = {f"p{number}": {"type": kind} for number, kind in enumerate(kinds)}
    required = [name for name in properties if data.draw(st.booleans())]
    grammar = call_grammar([tool(properties, required)])
    given_names = [*required, *(n for n in properties if n not in required and data.draw(st.booleans()))]
    arguments = {name: data.draw(VALUES[properties[name]["type"]]) for name in given_names}
    assert admits(grammar, written(arguments))
    for name in required:
        fewer = {key: value for key, value in arguments.items() if key != name}
        assert not admits(grammar, written(fewer))
    assert not admits(grammar, written(arguments | {"unknown": 1}))


ENUM = tool({"mode": {"enum": ["a", 'b"', 3]}}, ["mode"])
LIST = tool({"names": {"type": "array", "items": {"type": "string"}}}, ["names"])
MAYBE = tool({"n": {"anyOf": [{"type": "integer"}, {"type": "null"}]}}, ["n"])
KINDS = tool({"n": {"type": ["integer", "boolean"]}}, ["n"])
REFERRED = tool({"e": {"$ref": "#/$defs/E"}}, ["e"], **{"$defs": {"E": {"enum": ["x"]}}})
CIRCLE = tool({"e": {"$ref": "#/$defs/E"}}, ["e"], **{"$defs": {"E": {"$ref": "#/$defs/E"}}})
NESTED = tool({"o": {"type": "object", "properties": {"x": {"type": "integer"}}, "required": ["x"]}}, ["o"])
FREE = tool({"o": {"type": "object"}, "v": {}}, ["o", "v"])


@pytest.mark.parametrize(
    ("offered", "arguments", "expected"),
    [
        (ENUM, {"mode": "a"}, True),
        (ENUM, {"mode": 'b"'}, True),
        (ENUM, {"mode": 3}, True),
        (ENUM, {"mode": "c"}, False),
        (LIST, {"names": []}, True),
        (LIST, {"names": ["x", "y\n"]}, True),
        (LIST, {"names": ["x", 1]}, False),
        (MAYBE, {"n": None}, True),
        (MAYBE, {"n": -7}, True),
        (MAYBE, {"n": "7"}, False),
        (KINDS, {"n": True}, True),
        (KINDS, {"n": None}, False),
        (REFERRED, {"e": "x"}, True),
        (REFERRED, {"e": "y"}, False),
        (CIRCLE, {"e": {"any": [1, "thing"]}}, True),
        (NESTED, {"o": {"x": 1}}, True),
        (NESTED, {"o": {}}, False),
        (FREE, {"o": {"a": [1, {"b": None}]}, "v": "x"}, True),
        (tool({}), {}, True),
        (tool({}), {"a": 1}, False),
        (tool({"a b": {"type": "string"}, "a-b": {"type": "integer"}}), {"a-b": 1}, True),
    ],
)  # fmt: skip
def test_schemas(offered: dict[str, Any], arguments: Any, expected: bool) -> None:
    assert admits(call_grammar([offered]), written(arguments)) is expected


@pytest.mark.parametrize(
    "text",
    [
        "Hello.",
        "",
        "{}",
        'I call it: {"name": "ping", "arguments": {}}',
        '{"name": "rm", "arguments": {}}',
        '{"name": "ping", "arguments": {}}{"name": "ping", "arguments": {}}',
        '{"name":   "ping", "arguments": {}}',
        '{"name": "read_file", "arguments": {}}',
    ],
)
def test_nothing_but_one_call_of_an_offered_tool(text: str) -> None:
    assert not admits(call_grammar(TOOLS), text)


def test_a_call_of_every_tool_that_ships_is_admitted_and_parsed() -> None:
    schemas = [one.schema for one in ALL]
    grammar = call_grammar(schemas)
    samples = {"string": "x", "integer": 3, "number": 1.5, "boolean": True, "array": ["x"], "object": {}}
    for schema in schemas:
        function = schema["function"]
        properties = function["parameters"].get("properties", {})
        arguments = {
            name: properties[name].get("enum", [samples[properties[name]["type"]]])[0]
            for name in function["parameters"]["required"]
        }
        text = written(arguments, function["name"])
        assert admits(grammar, text)
        (call,) = parse_tool_calls(text, schemas).calls
        assert (call.name, dict(call.arguments)) == (function["name"], arguments)


def test_no_tools_make_no_grammar() -> None:
    with pytest.raises(ValueError, match="needs a tool"):
        call_grammar([])


def test_the_schema_names_each_tool_with_its_parameters() -> None:
    schema = call_schema(TOOLS)
    shown = {one["properties"]["name"]["enum"][0]: one["properties"]["arguments"] for one in schema["anyOf"]}
    assert shown == {one["function"]["name"]: one["function"]["parameters"] for one in TOOLS}  # type: ignore[index]
    assert call_schema(TOOLS[:1]) == schema["anyOf"][0], "one tool needs no choice"
