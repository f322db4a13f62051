"""Native calls: their pieces joined, their arguments read, their names looked up."""

import json

import pytest
from call_tables import ALIASES, READ_CALL, TOOLS, calls

from smallcode.core.toolcalls import NativeCall, read_native


@pytest.mark.parametrize(
    ("arguments", "expected", "repairs"),
    [
        ('{"path": "a"}', {"path": "a"}, ()),
        ("", {}, ()),
        ("  \n", {}, ()),
        ("{}", {}, ()),
        ("null", {}, ("null for no arguments",)),
        ('""', {}, ("arguments encoded as a string",)),
        (r'"{\"path\": \"a\"}"', {"path": "a"}, ("arguments encoded as a string",)),
        (json.dumps(json.dumps('{"path": "a"}')), {"path": "a"}, ("arguments encoded as a string",) * 2),
        ('{"path": "a\nb"}', {"path": "a\nb"}, ("raw line breaks or tabs in strings",)),
        ('{"path": "a", "path": "a"}', {"path": "a"}, ()),
    ],
)
def test_native_arguments(arguments: str, expected: dict[str, str], repairs: tuple[str, ...]) -> None:
    parsed = read_native([NativeCall(0, "id1", "read_file", arguments)], TOOLS)
    assert calls(parsed) == [("read_file", expected)]
    assert parsed.calls[0].repairs == repairs
    assert parsed.calls[0].id == "id1"
    assert parsed.problems == ()


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("write_file", '{"path": "a", "content": "one', "smaller steps"),
        ("write_file", '{"path": "a", "content": "one"', "smaller steps"),
        ("write_file", '{"path": "a", "content":', "smaller steps"),
        ("write_file", '{"path": "a", "content": "\\u00', "smaller steps"),
        ("write_file", '{"path": "a", "content": "one"}{"x": 1}', "more text"),
        ("write_file", "{'path': 'a'}", "one valid JSON object"),
        ("write_file", '["a"]', "not a JSON object"),
        ("write_file", json.dumps('{"path": "a'), "smaller steps"),
        ("write_file", "[" * 100_000, "nested too deep"),
        ("nothing", "{}", "The tools are: bash, ping, read_file, write_file."),
        ("", "{}", "no name"),
    ],
)
def test_native_calls_that_cannot_run(name: str, arguments: str, told: str) -> None:
    parsed = read_native([NativeCall(0, "id1", name, arguments)], TOOLS)
    assert parsed.calls == ()
    assert told in parsed.problems[0]


def test_native_names_by_alias() -> None:
    parsed = read_native([NativeCall(0, "x", "cat", '{"path": "a"}')], TOOLS, ALIASES)
    assert calls(parsed) == [("read_file", {"path": "a"})]
    assert parsed.calls[0].repairs == ("name cat -> read_file",)


@pytest.mark.parametrize(
    "pieces",
    [
        [NativeCall(0, "x", "read_file", '{"path": "a.py"}')],
        [
            NativeCall(0, "x", "read_file"),
            NativeCall(0, arguments='{"path": '),
            NativeCall(0, arguments='"a.py"}'),
        ],
        [NativeCall(0, "x", "read_file", '{"path":'), NativeCall(0, "x", "read_file", '"a.py"}')],
        [NativeCall(0, "", "read_"), NativeCall(0, "x", "file", '{"path": "a.py"}')],
    ],
)
def test_pieces_of_a_native_call_are_joined(pieces: list[NativeCall]) -> None:
    parsed = read_native(pieces, TOOLS)
    assert calls(parsed) == READ_CALL
    assert parsed.calls[0].id == "x"


def test_calls_that_share_index_or_id_stay_apart() -> None:
    parsed = read_native([NativeCall(0, "x", "ping", ""), NativeCall(0, "y", "ping", "")], TOOLS)
    assert [call.id for call in parsed.calls] == ["x", "y"]
    parsed = read_native([NativeCall(0, "x", "ping", ""), NativeCall(1, "x", "ping", "")], TOOLS)
    assert len({call.id for call in parsed.calls}) == 2
    parsed = read_native([NativeCall(0, "", "ping", ""), NativeCall(1, "", "ping", "")], TOOLS)
    assert len({call.id for call in parsed.calls}) == 2
