"""Tools and helpers for the tables of tool calls."""

from smallcode.core.toolcalls import Parsed, parse_tool_calls


def tool(
    name: str, required: list[str], optional: tuple[str, ...] = (), types: dict[str, object] | None = None
) -> dict[str, object]:
    properties = {argument: {"type": "string"} for argument in [*required, *optional]}
    properties |= {argument: {"type": kind} for argument, kind in (types or {}).items()}
    parameters = {"type": "object", "properties": properties, "required": required}
    return {"type": "function", "function": {"name": name, "description": "", "parameters": parameters}}


TOOLS = [
    tool("read_file", ["path"], ("start_line",)),
    tool("write_file", ["path", "content"]),
    tool("bash", ["command"]),
    tool("ping", []),
]
TYPED = [
    *TOOLS,
    tool("patch", ["path", "old_str", "new_str"]),
    tool(
        "search",
        ["pattern"],
        (),
        {"limit": "integer", "regex": "boolean", "paths": "array", "near": "object"},
    ),
    tool("python", ["code"]),
]
ALIASES = {"cat": "read_file", "rm": "not_offered"}

READ = '{"name": "read_file", "arguments": {"path": "a.py"}}'
READ_CALL = [("read_file", {"path": "a.py"})]


def parse(text: str) -> Parsed:
    return parse_tool_calls(text, TOOLS, ALIASES)


def parse_typed(text: str) -> Parsed:
    return parse_tool_calls(text, TYPED, ALIASES)


def calls(parsed: Parsed) -> list[tuple[str, dict[str, object]]]:
    return [(call.name, dict(call.arguments)) for call in parsed.calls]
