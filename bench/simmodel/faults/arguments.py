"""Faults in a call's name and arguments."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from ..action import Call, Reply
from ..offered import role_of
from .base import Fault, Moment, names_parameters, names_tools, path_parameter, required, with_arguments

# Names that models know from other harnesses, by what is wanted.
FOREIGN_TOOLS: Mapping[str, tuple[str, ...]] = {
    "read": ("cat", "open_file", "view_file", "get_file_contents"),
    "edit": ("str_replace_editor", "edit_file", "replace_in_file", "apply_diff"),
    "write": ("create_file", "save_file", "write_to_file"),
    "append": ("append_to_file", "insert_at_end"),
    "list": ("list_dir", "list_directory", "ls"),
    "search": ("grep_search", "search_files", "codebase_search"),
    "run": ("execute_command", "run_terminal_cmd", "shell_exec", "run_shell_command"),
}
FOREIGN_PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "path": ("file", "filename", "file_path", "filePath"),
    "old": ("search", "old_text", "old_string"),
    "new": ("replace", "new_text", "new_string"),
    "content": ("text", "contents", "file_text"),
    "command": ("cmd", "script", "bash_command"),
    "pattern": ("query", "regex", "search_term"),
}
INVENTED_ROOTS = ("/home/user/project", "/workspace", "/app/src", "/path/to", "/repo")


def unknown_tool(reply: Reply, moment: Moment) -> Reply | None:
    if not reply.calls or not moment.native:
        return None
    foreign = FOREIGN_TOOLS.get(reply.action.do, ())
    others = [name for name in foreign if name not in moment.offered.names]
    if not others:
        return None
    return replace(reply, calls=(replace(reply.calls[0], name=moment.choose(others)),))


def wrong_argument(reply: Reply, moment: Moment) -> Reply | None:
    """A parameter has a name of another harness, or a value is of another type."""
    found = required(moment, reply.calls[0]) if reply.calls else None
    if not found or not found[1]:
        return None
    tool, wanted = found
    name = moment.choose(wanted)
    others = [one for one in FOREIGN_PARAMETERS.get(role_of(name), ()) if one not in tool.properties]
    arguments = dict(reply.calls[0].arguments)
    value = arguments.pop(name)
    if others:
        renamed = {moment.choose(others): value}
        return with_arguments(reply, renamed | arguments)
    return with_arguments(reply, {name: [value] if isinstance(value, str) else str(value)} | arguments)


def missing_argument(reply: Reply, moment: Moment) -> Reply | None:
    """One required parameter is left out, or all of them are."""
    found = required(moment, reply.calls[0]) if reply.calls else None
    if not found or not found[1]:
        return None
    left_out = moment.choose((*found[1], "*"))
    kept = {name: value for name, value in reply.calls[0].arguments.items() if left_out not in (name, "*")}
    return with_arguments(reply, kept)


def double_escape(reply: Reply, moment: Moment) -> Reply | None:
    """Line ends and quotes of the texts are escaped once more; without any, the arguments are a string."""
    if not reply.calls or not moment.native:
        return None
    call = reply.calls[0]
    arguments = {name: _escaped(value) for name, value in call.arguments.items()}
    if arguments != call.arguments:
        return with_arguments(reply, arguments)
    encoded = json.dumps(json.dumps(call.arguments, ensure_ascii=False), ensure_ascii=False)
    return replace(reply, calls=(Call(call.name, call.arguments, encoded),))


def _escaped(value: object) -> object:
    if isinstance(value, str) and "\n" in value:
        return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    if isinstance(value, list):
        return [_escaped(one) for one in value]
    if isinstance(value, dict):
        return {name: _escaped(one) for name, one in value.items()}
    return value


def bad_path(reply: Reply, moment: Moment) -> Reply | None:
    """An invented absolute path, a folder that is not there, or a slip in the name."""
    path = reply.action.path
    parameter = path_parameter(reply.calls[0]) if reply.calls else None
    if not path or (parameter is None and reply.action.do == "run"):
        return None
    pure = PurePosixPath(path)
    slips = (
        f"{moment.choose(INVENTED_ROOTS)}/{path}",
        f"src/{path}" if pure.parts[0] != "src" else "/".join(pure.parts[1:]),
        str(pure.with_name(f"{pure.stem}s{pure.suffix}")),
    )
    wrong = moment.choose(slips)
    if wrong in moment.script.files or reply.action.do in ("write", "append"):
        wrong = slips[0]
    return moment.encode(replace(reply.action, path=wrong))


def _names_path(text: str, moment: Moment) -> bool:
    """The right path stands by itself, not as the end of a wrong one."""
    path = moment.intent.action.path
    if not path:
        return False
    absolute = f"{moment.offered.cwd}/{path}" if moment.offered.cwd else path
    return (
        re.search(rf"(?<![\w/.-])(?:\./)?(?:{re.escape(path)}|{re.escape(absolute)})(?![\w/])", text)
        is not None
    )


def _says_parameters(text: str, moment: Moment) -> bool:
    return names_parameters(text, moment)


def _says_escape(text: str, moment: Moment) -> bool:
    step = moment.intent.step
    real = bool(step and step.old) and step is not None and step.old.strip("\n") in text
    return real or re.search(r"escap|\\\\n|json|must be (?:an )?object", text, re.I) is not None


FAULTS = (
    Fault("unknown_tool", unknown_tool, names_tools),
    Fault("wrong_argument", wrong_argument, _says_parameters),
    Fault("missing_argument", missing_argument, _says_parameters),
    Fault("double_escape", double_escape, _says_escape),
    Fault("bad_path", bad_path, _names_path),
)
