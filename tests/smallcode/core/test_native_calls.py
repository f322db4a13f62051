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
        (json.dumps(json.dumps('{"path": "a"}')), {"path": "a"}, ("arguments encoded as a string",)),
        ("{'path': 'a',}", {"path": "a"}, ("quotes other than JSON's", "commas too many or too few")),
        ('{path: "a"}', {"path": "a"}, ("quotes other than JSON's",)),
        ('{"path": "a"', {"path": "a"}, ("missing closing brackets",)),
        ('{"path": "a"}}', {"path": "a"}, ("extra closing brackets",)),
        ('```json\n{"path": "a"}\n```', {"path": "a"}, ("a fence inside the call",)),
        ('{"path": "a" /* here */}', {"path": "a"}, ("comments in JSON",)),
        (
            '{"path": "a", "start_line": None}',
            {"path": "a"},
            ("literals other than JSON's", "null for a parameter left out: start_line"),
        ),
        ('{"file_path": "a"}', {"path": "a"}, ("parameter name by resemblance: file_path -> path",)),
        ('{"pth": "a"}', {"pth": "a"}, ()),
        ('{"arguments": {"path": "a"}}', {"path": "a"}, ("arguments one level too deep",)),
        ('[{"path": "a"}]', {"path": "a"}, ("arguments one level too deep",)),
        ('"a"', {"path": "a"}, ("a bare value for the sole parameter",)),
        ("a.py", {"path": "a.py"}, ("a bare value for the sole parameter",)),
        ('{"path": {"a": 1}}', {"path": '{\n  "a": 1\n}'}, ("value as the schema's type: path",)),
        ('{"path": "say "hi" now"}', {"path": 'say "hi" now'}, ("inner quotes not escaped",)),
        ("<parameter=path>a</parameter>", {"path": "a"}, ()),
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
        ("write_file", '{"path": "a", "content": "one",', "smaller steps"),
        ("write_file", '{"path": "a"', "smaller steps"),
        ("bash", '{"command": ["ls", "-la"]}', "must be one string"),
        ("bash", '{"command": "a" "b"}', "inner quotes"),
        ("write_file", '{"path": "a", "content":', "smaller steps"),
        ("write_file", '{"path": "a", "content": "\\u00', "smaller steps"),
        ("write_file", '{"path": "a", "content": "one"}{"x": 1}', "more text"),
        ("write_file", "{'path'}", "one valid JSON object"),
        ("write_file", '["a"]', "not an object"),
        ("write_file", json.dumps('{"path": "a'), "smaller steps"),
        ("write_file", "[" * 100_000, "nested too deep"),
        ("nothing", "{}", "The tools are: bash, ping, read_file, write_file."),
        ("", "{}", "no name"),
    ],
)
def test_native_calls_that_cannot_run(name: str, arguments: str, told: str) -> None:
    parsed = read_native([NativeCall(0, "id1", name, arguments)], TOOLS)
    assert parsed.calls == ()
    assert told in parsed.problems[0].message


def test_native_names_by_alias() -> None:
    parsed = read_native([NativeCall(0, "x", "cat", '{"path": "a"}')], TOOLS, ALIASES)
    assert calls(parsed) == [("read_file", {"path": "a"})]
    assert parsed.calls[0].repairs == ("name cat -> read_file",)


@pytest.mark.parametrize(
    "name",
    ["functions.read_file", "read_file:0", "functions.read_file:12",
     "read_file<|channel|>commentary", "readFile",
     "read-file", "raed_file", " read_file\n", "default_api.read_file", "read_file<|call|>"],
)  # fmt: skip
def test_native_names_with_junk_or_slips(name: str) -> None:
    parsed = read_native([NativeCall(0, "x", name, '{"path": "a"}')], TOOLS)
    assert calls(parsed) == [("read_file", {"path": "a"})]


@pytest.mark.parametrize("name", ["rite_read", "file", "rm", "x", "wread_file_and_more"])
def test_native_names_that_no_tool_has(name: str) -> None:
    parsed = read_native([NativeCall(0, "x", name, '{"path": "a"}')], TOOLS, ALIASES)
    assert parsed.calls == ()
    assert parsed.problems[0].kind == "unknown tool"


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
