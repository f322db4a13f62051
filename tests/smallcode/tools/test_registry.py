import json

import pytest

from smallcode.tools import ALL, aliases, by_name, schemas
from smallcode.tools.base import Tool


def test_names_and_aliases_are_unique() -> None:
    names = [tool.name for tool in ALL] + [alias for tool in ALL for alias in tool.aliases]
    assert len(names) == len(set(names))
    assert set(by_name) == {"read_file", "patch", "write_file", "append_file", "search", "find_files", "bash"}
    assert aliases["cat"] == "read_file"
    assert aliases["str_replace_editor"] == "patch"


def test_all_schemas_together_are_small() -> None:
    # About 4 characters a token: 700 tokens of every prompt, whatever the window.
    assert len(json.dumps(schemas())) < 2800


@pytest.mark.parametrize("tool", ALL, ids=lambda tool: tool.name)
def test_schemas_are_flat(tool: Tool) -> None:
    function = tool.schema["function"]
    assert function["description"]
    for prop in function["parameters"]["properties"].values():
        assert prop["type"] in {"string", "integer", "boolean", "array"}
        assert set(prop) <= {"type", "description", "default", "items"}
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
