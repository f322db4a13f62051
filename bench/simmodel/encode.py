"""An action as a call of the tools that the request offers, with their names for things.

Where no tool does it, the shell does; where there is no shell either, the model says in words what it would
have done, as such a model must.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from . import shell
from .action import Action, Call, Reply
from .offered import Ability, Offered, Tool, item_names

# Lines that are asked for with a limit, where the end is not known.
PAGE = 80


def encode(action: Action, offered: Offered) -> Reply:
    """The reply that carries ``action`` out."""
    call = _call(action, offered)
    if call is not None:
        return Reply(action.say, (call,), action=action)
    return Reply(_in_words(action), action=action)


def _call(action: Action, offered: Offered) -> Call | None:
    for ability in (*_by_symbol(action), *_WAYS.get(action.do, ())):
        tool = offered.tool(ability)
        arguments = _arguments(ability, action, tool, offered) if tool else None
        if tool and arguments is not None:
            return Call(tool.name, _filled(tool, arguments, action))
    return None


_WAYS: Mapping[str, tuple[Ability, ...]] = {
    "read": ("read", "shell"),
    "edit": ("edits", "edit", "patch", "shell"),
    "write": ("write", "edit", "patch", "shell"),
    "append": ("append", "shell"),
    "list": ("list", "shell"),
    "search": ("search", "shell"),
    "run": ("shell", "tests"),
    "answer": ("finish",),
}


def _by_symbol(action: Action) -> tuple[Ability, ...]:
    """Who looks for a symbol asks the tool that knows symbols, where one is offered."""
    if not action.symbol:
        return ()
    return ("explain", "symbols") if action.asks == "callers" else ("symbols",)


def _arguments(ability: Ability, action: Action, tool: Tool, offered: Offered) -> dict[str, Any] | None:
    if ability == "shell":
        return {tool.roles["command"]: _listed(tool, tool.roles["command"], _command(action))}
    arguments: dict[str, Any] | None = _MAKERS[ability](action, tool, offered)
    return arguments


def _command(action: Action) -> str:
    match action.do:
        case "read":
            return shell.read(action.path, action.first, action.last)
        case "edit":
            return shell.edit(action.path, action.old, action.new)
        case "write":
            return shell.write(action.path, action.text)
        case "append":
            return shell.append(action.path, action.text)
        case "list":
            return shell.listing(action.path, action.text)
        case "search":
            return shell.search(action.text, action.path)
        case _:
            return action.text


def _listed(tool: Tool, parameter: str, value: str) -> Any:
    """In a list where the tool wants one; a command becomes an argument vector of a shell."""
    if tool.type_of(parameter) != "array":
        return value
    return ["bash", "-lc", value] if parameter == tool.roles.get("command") else [value]


def _path(action: Action, tool: Tool, offered: Offered, role: str = "path") -> dict[str, Any]:
    parameter = tool.roles.get(role)  # type: ignore[call-overload]
    if not parameter or not (action.path or parameter in tool.required):
        return {}
    path = action.path or "."
    described = str(tool.properties[parameter].get("description", "")).lower()
    wants_absolute = "absolute" in described
    either = "relative" in described.replace("not relative", "")
    if wants_absolute and not either and offered.cwd and not path.startswith("/"):
        path = offered.cwd if path == "." else f"{offered.cwd}/{path}"
    return {parameter: _listed(tool, parameter, path)}


def _read(action: Action, tool: Tool, offered: Offered) -> dict[str, Any]:
    arguments = _path(action, tool, offered)
    roles = tool.roles
    first = max(action.first, 1)
    if not (action.first or action.last):
        return arguments
    last = action.last or first + PAGE
    if "range" in roles and tool.type_of(roles["range"]) == "array":
        return arguments | {roles["range"]: [first, last]}
    for role, value in (("start", first), ("offset", first), ("end", last), ("limit", last - first + 1)):
        if role in roles:
            arguments[roles[role]] = value  # type: ignore[index]
    return arguments


def _edit(action: Action, tool: Tool, offered: Offered) -> dict[str, Any] | None:
    if action.do == "write":  # Some edit tools create a file where the old text is empty.
        if not ({"create", "empty"} & set(tool.description.lower().split())):
            return None
        action = Action("edit", action.path, "", action.text)
    arguments = _path(action, tool, offered)
    return arguments | {tool.roles["old"]: action.old, tool.roles["new"]: action.new}


def _edits(action: Action, tool: Tool, offered: Offered) -> dict[str, Any]:
    names = item_names(tool)
    entry = {names["old"]: action.old, names["new"]: action.new}
    return _path(action, tool, offered) | {tool.roles["edits"]: [entry]}


def _patch(action: Action, tool: Tool, offered: Offered) -> dict[str, Any]:
    parameter = tool.roles.get("patch") or tool.required[0]
    unified = "unified" in tool.description.lower() and "*** " not in tool.description
    return _path(action, tool, offered) | {parameter: patch_text(action, unified=unified)}


def patch_text(action: Action, *, unified: bool) -> str:
    """The change as a patch that finds its place by the old lines."""
    before, after = action.lines or (action.old, action.new)
    old = before.strip("\n").split("\n") if before else []
    new = (action.text if action.do == "write" else after).strip("\n").split("\n")
    body = "".join(f"-{line}\n" for line in old) + "".join(f"+{line}\n" for line in new)
    if unified:
        source = "/dev/null" if action.do == "write" else f"a/{action.path}"
        start = "0,0" if action.do == "write" else f"1,{len(old)}"
        return f"--- {source}\n+++ b/{action.path}\n@@ -{start} +1,{len(new)} @@\n{body}"
    verb = "Add" if action.do == "write" else "Update"
    place = "" if action.do == "write" else "@@\n"
    return f"*** Begin Patch\n*** {verb} File: {action.path}\n{place}{body}*** End Patch"


def _write(action: Action, tool: Tool, offered: Offered) -> dict[str, Any]:
    return _path(action, tool, offered) | {tool.roles["content"]: action.text}


def _list(action: Action, tool: Tool, offered: Offered) -> dict[str, Any]:
    roles = tool.roles
    arguments = _path(action, tool, offered, "path" if "path" in roles else "folder")
    parameter = roles.get("pattern") or roles.get("glob")
    if parameter and (action.text or parameter in tool.required):
        arguments[parameter] = action.text or "**/*"
    return arguments


def _search(action: Action, tool: Tool, offered: Offered) -> dict[str, Any]:
    arguments = _path(action, tool, offered, "path" if "path" in tool.roles else "folder")
    parameter = tool.roles["pattern"]
    described = f"{tool.description} {tool.properties[parameter].get('description', '')}".lower()
    regular = "regex" in described or "regular expression" in described
    return arguments | {parameter: re.escape(action.text).replace(r"\ ", " ") if regular else action.text}


def _symbol(action: Action, tool: Tool, offered: Offered) -> dict[str, Any]:
    return {tool.roles["pattern" if "pattern" in tool.roles else "glob"]: action.symbol}


def _tests(action: Action, tool: Tool, offered: Offered) -> dict[str, Any]:
    return {tool.roles["command"]: action.text} if "command" in tool.roles else {}


def _finish(action: Action, tool: Tool, offered: Offered) -> dict[str, Any]:
    parameter = tool.roles.get("text") or next(iter(tool.required or tool.properties), "")
    return {parameter: action.text} if parameter else {}


_MAKERS: Mapping[Ability, Any] = {
    "read": _read,
    "edit": _edit,
    "edits": _edits,
    "patch": _patch,
    "write": _write,
    "append": _write,
    "list": _list,
    "search": _search,
    "symbols": _symbol,
    "explain": _symbol,
    "tests": _tests,
    "finish": _finish,
}


def _filled(tool: Tool, arguments: dict[str, Any], action: Action) -> dict[str, Any]:
    """With something plausible for required parameters that the action says nothing of."""
    for name in tool.required:
        if name not in arguments:
            arguments[name] = _plausible(tool, name, action)
    return arguments


def _plausible(tool: Tool, name: str, action: Action) -> Any:
    schema = tool.properties.get(name, {})
    if schema.get("enum"):
        wanted = {"read": "view", "write": "create", "edit": "str_replace"}.get(action.do)
        return wanted if wanted in schema["enum"] else schema["enum"][0]
    if "default" in schema:
        return schema["default"]
    kind = tool.type_of(name)
    plausible = {"integer": 1, "number": 1, "boolean": False, "array": [], "object": {}}
    return plausible.get(kind, f"{action.do} {action.path}".strip())


def _in_words(action: Action) -> str:
    if action.do == "answer":
        return action.text
    lead = f"{action.say}\n\n" if action.say else ""
    if action.do in ("edit", "write", "append"):
        return f"{lead}{action.path}:\n```\n{action.new or action.text}\n```"
    return f"{lead}I would {action.do} {action.path or action.text}, but I have no tool for it."
