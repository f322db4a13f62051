"""The tools that the corpus offers, as OpenAI tool dicts, and other names that models use for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

Schema = dict[str, Any]

STRING: Schema = {"type": "string"}
INTEGER: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
BOOLEAN: Schema = {"type": "boolean"}


def _tool(name: str, description: str, required: Mapping[str, Schema], **optional: Schema) -> Schema:
    parameters = {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }
    function = {"name": name, "description": description, "parameters": parameters}
    return {"type": "function", "function": function}


_PERSON: Schema = {
    "type": "object",
    "properties": {"name": STRING, "email": STRING, "optional": BOOLEAN},
    "required": ["name"],
}
_PLACE: Schema = {"type": ["object", "null"], "properties": {"room": STRING, "floor": INTEGER}}

_ALL: tuple[Schema, ...] = (
    _tool("read_file", "Read a file.", {"path": STRING}, start_line=INTEGER, end_line=INTEGER),
    _tool("write_file", "Create or overwrite a file.", {"path": STRING, "content": STRING}),
    _tool("patch", "Replace a text of a file.", {"path": STRING, "old_str": STRING, "new_str": STRING}),
    _tool("bash", "Run a shell command.", {"command": STRING}, timeout=INTEGER),
    _tool(
        "search", "Search by regular expression.", {"pattern": STRING}, path=STRING, case_sensitive=BOOLEAN
    ),
    _tool("find_files", "Find files by glob.", {"pattern": STRING}),
    _tool("git_status", "The state of the working tree.", {}),
    _tool(
        "get_weather",
        "The weather forecast of a place.",
        {"location": STRING},
        unit={"type": "string", "enum": ["celsius", "fahrenheit"]},
        days=INTEGER,
    ),
    _tool(
        "create_event",
        "Enter an appointment.",
        {"title": STRING, "start": STRING},
        attendees={"type": "array", "items": _PERSON},
        place=_PLACE,
        all_day=BOOLEAN,
        reminders={"type": "array", "items": INTEGER},
        priority=NUMBER,
        note={"type": ["string", "null"]},
    ),
    _tool(
        "convert_units",
        "Convert a quantity.",
        {"value": NUMBER, "source": STRING, "target": STRING},
        exact=BOOLEAN,
    ),
)

TOOLS: Mapping[str, Schema] = {tool["function"]["name"]: tool for tool in _ALL}

# What models call these tools after other harnesses (Cline, Claude Code, OpenHands, Aider, Qwen Code).
ALIASES: Mapping[str, str] = {
    "cat": "read_file",
    "view_file": "read_file",
    "open_file": "read_file",
    "create_file": "write_file",
    "write_to_file": "write_file",
    "str_replace": "patch",
    "str_replace_editor": "patch",
    "replace_in_file": "patch",
    "execute_command": "bash",
    "run_command": "bash",
    "run_shell_command": "bash",
    "grep": "search",
    "search_files": "search",
    "glob": "find_files",
    "list_files": "find_files",
}

# What models call parameters after the same harnesses.
PARAMETER_ALIASES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("read_file", "path"): ("file_path", "filename", "file"),
    ("write_file", "path"): ("file_path", "filename"),
    ("write_file", "content"): ("contents", "text"),
    ("patch", "path"): ("file_path",),
    ("patch", "old_str"): ("old_string", "search"),
    ("patch", "new_str"): ("new_string", "replace"),
    ("bash", "command"): ("cmd",),
    ("search", "pattern"): ("query", "regex"),
}


def offered(names: Iterable[str], chance: Random) -> tuple[Schema, ...]:
    """The tools of these names among others, in the order of the list."""
    wanted = set(names)
    others = [name for name in TOOLS if name not in wanted]
    wanted.update(chance.sample(others, k=min(len(others), chance.randint(3, 6))))
    return tuple(tool for name, tool in TOOLS.items() if name in wanted)
