import json

import pytest

from smallcode.tools import ALL, aliases, by_name, offered
from smallcode.tools.base import Tool


def test_names_and_aliases_are_unique() -> None:
    names = [tool.name for tool in ALL] + [alias for tool in ALL for alias in tool.aliases]
    assert len(names) == len(set(names))
    assert set(by_name) >= {"read_file", "patch", "write_file", "append_file", "search", "find_files", "bash"}
    assert aliases["cat"] == "read_file"
    assert aliases["str_replace_editor"] == "patch"


def test_the_schemas_of_what_is_offered_are_small() -> None:
    names = ["read_file", "patch", "write_file", "append_file", "search", "find_files", "bash"]
    assert [tool.name for tool in offered()] == names
    # About 4 characters a token: 700 tokens of every prompt, whatever the window.
    assert len(json.dumps([tool.schema for tool in offered()])) < 2800


@pytest.mark.parametrize("tool", ALL, ids=lambda tool: tool.name)
def test_schemas_are_flat(tool: Tool) -> None:
    function = tool.schema["function"]
    assert function["description"]
    for prop in function["parameters"]["properties"].values():
        assert prop["type"] in {"string", "integer", "boolean", "array"}
        assert set(prop) <= {"type", "description", "default", "items", "enum"}
        assert "properties" not in prop.get("items", {})


@pytest.mark.parametrize(
    ("name", "arguments", "title"),
    [
        ("read_file", {"path": "a.py"}, "read a.py"),
        ("patch", {"path": "a.py", "old_str": "a", "new_str": "b"}, "edit a.py"),
        ("write_file", {"path": "a.py", "content": ""}, "write a.py"),
        ("append_file", {"path": "a.py", "content": ""}, "append to a.py"),
        ("search", {"pattern": "x"}, "search x"),
        ("find_files", {"pattern": "*.py"}, "find files *.py"),
        ("find_files", {"path": "src"}, "find files src"),
        ("find_files", {}, "find files"),
        ("read_and_patch", {"path": "a.py", "old_str": "a", "new_str": "b"}, "edit a.py"),
        ("create_and_run", {"path": "a.py", "content": "", "command": "ls\nx"}, "create a.py and run ls …"),
        ("find_and_read", {"name": "a"}, "find and read a"),
        ("search_and_read", {"pattern": "x"}, "search x and read"),
        ("replace_in_files", {"pattern": "x", "replacement": "y"}, "replace x in files"),
        ("insert_at_line", {"path": "a.py", "line": 3, "content": ""}, "insert into a.py at line 3"),
    ],
)
def test_titles(name: str, arguments: dict[str, str], title: str) -> None:
    tool = by_name[name]
    assert tool.title is not None
    assert tool.title(tool.arguments.model_validate(arguments)) == title


def test_null_means_not_given() -> None:
    read = by_name["read_file"].arguments
    assert read.model_validate({"path": "a", "start_line": None, "end_line": "7"}).model_dump() == {
        "path": "a",
        "start_line": 1,
        "end_line": 7,
    }
