"""Which offered tool does what, by its name, description and parameters' names. No harness is known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

Role = Literal[
    "path", "folder", "old", "new", "content", "command", "pattern", "glob", "edits", "patch",
    "start", "end", "offset", "limit", "range", "text", "other",
]  # fmt: skip
Ability = Literal[
    "read", "edit", "edits", "patch", "write", "append", "list", "search", "shell", "tests", "finish",
    "symbols", "explain",
]  # fmt: skip

# Parameter names, in lower case and without separators, by what they mean.
_WORDS: Mapping[Role, str] = {
    "path": "path paths file files filepath filepaths filename targetfile fullpath absolutepath relativepath"
    " relpath uri target pathname inputpath",
    "folder": "dir directory folder dirpath cwd root searchpath",
    "old": "old oldstr oldstring oldtext oldcontent oldcode oldlines search searchtext searchstring find"
    " findtext original originaltext before needle strtoreplace",
    "new": "new newstr newstring newtext newcontent newcode newlines replace replacetext replacestring"
    " replacement replacewith updated after",
    "content": "content contents text filetext code data body filecontent filecontents newfilecontent",
    "command": "command cmd commands script shellcommand bashcommand commandline argv",
    "pattern": "pattern query regex regexp searchpattern searchterm term keyword",
    "glob": "glob globpattern include includepattern filepattern fileglob name",
    "edits": "edits changes replacements operations hunks modifications",
    "patch": "patch patchtext patchcontent diff difftext unifieddiff",
    "start": "startline start linestart fromline from firstline startlineoneindexed beginline line",
    "end": "endline end lineend toline to lastline endlineoneindexed endlineoneindexedinclusive",
    "offset": "offset lineoffset skip",
    "limit": "limit maxlines numlines linecount count maxresults nlines",
    "range": "viewrange linerange range lines",
    "text": "result answer summary message finalanswer response output",
}
_BY_NAME = {name: role for role, words in _WORDS.items() for name in words.split()}


def role_of(parameter: str) -> Role:
    return _BY_NAME.get(re.sub(r"[^a-z]", "", parameter.lower()), "other")


@dataclass(frozen=True)
class Tool:
    """One offered tool. ``properties`` are its parameters' schemas."""

    name: str
    description: str
    properties: Mapping[str, Mapping[str, Any]]
    required: tuple[str, ...]

    @cached_property
    def roles(self) -> Mapping[Role, str]:
        """The first parameter of each role, required ones before others."""
        ordered = sorted(self.properties, key=lambda name: name not in self.required)
        return {role_of(name): name for name in reversed(ordered)}

    @cached_property
    def words(self) -> frozenset[str]:
        """Of the name: "read_file" and "readFile" are read and file."""
        return frozenset(re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", self.name).lower()))

    def has(self, *roles: Role) -> bool:
        return all(role in self.roles for role in roles)

    def type_of(self, parameter: str) -> str:
        """The JSON type; of several, the first that is not null; "string" where none is given."""
        schema = self.properties.get(parameter, {})
        kind = schema.get("type")
        if kind is None:
            options = [one.get("type") for one in schema.get("anyOf", ()) if isinstance(one, dict)]
            kind = next((one for one in options if one and one != "null"), "string")
        if isinstance(kind, list):
            kind = next((one for one in kind if one != "null"), "string")
        return str(kind)

    def says(self, *words: str) -> bool:
        """Whether one of the words is in the name, or begins a sentence of the description."""
        opening = self.description.lower()[:120]
        return any(word in self.words or re.search(rf"\b{word}s?\b", opening) for word in words)


@dataclass(frozen=True)
class Offered:
    """What the request offers, by ability. ``cwd`` is the working directory if the prompt names one."""

    tools: tuple[Tool, ...]
    cwd: str = ""

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(tool.name for tool in self.tools)

    @cached_property
    def by_ability(self) -> Mapping[Ability, Tool]:
        found: dict[Ability, Tool] = {}
        for ability, fits in _FITS.items():
            if candidates := [tool for tool in self.tools if fits(tool)]:
                found[ability] = min(candidates, key=lambda tool: _distance(tool, ability))
        return found

    def tool(self, ability: Ability) -> Tool | None:
        return self.by_ability.get(ability)

    def named(self, name: str) -> Tool | None:
        return next((tool for tool in self.tools if tool.name == name), None)


def read_offered(tools: Sequence[Mapping[str, Any]], system: str = "") -> Offered:
    return Offered(tuple(_tool(entry.get("function") or {}) for entry in tools), _cwd(system))


def _tool(function: Mapping[str, Any]) -> Tool:
    schema = function.get("parameters") or {}
    properties = schema.get("properties") or {}
    return Tool(
        str(function.get("name", "")),
        str(function.get("description") or ""),
        {name: value if isinstance(value, dict) else {} for name, value in properties.items()},
        tuple(schema.get("required") or ()),
    )


_CWD = re.compile(
    r"(?:working directory|workspace|cwd|project root|root directory)\W{1,4}(/[^\s<>\"'`]+)", re.I
)


def _cwd(system: str) -> str:
    found = _CWD.search(system)
    return found[1].rstrip("/.,;") if found else ""


def _items(tool: Tool) -> Mapping[str, Any]:
    schema = tool.properties[tool.roles["edits"]]
    items = schema.get("items")
    return (items.get("properties") or {}) if isinstance(items, dict) else {}


def _edits(tool: Tool) -> bool:
    return tool.has("edits") and {"old", "new"} <= {role_of(name) for name in _items(tool)}


def item_names(tool: Tool) -> dict[Role, str]:
    """The parameters of one entry of a list of edits, by role."""
    return {role_of(name): name for name in reversed(list(_items(tool)))}


def _patch(tool: Tool) -> bool:
    if tool.has("old") or tool.has("new"):
        return False
    return tool.has("patch") or (bool({"patch", "diff"} & tool.words) and len(tool.required) == 1)


def several(tool: Tool) -> bool:
    """One tool that views, creates and replaces, as its command says."""
    commands = tool.properties.get(tool.roles.get("command", ""), {}).get("enum") or ()
    return "view" in commands and "str_replace" in commands


def _read(tool: Tool) -> bool:
    if several(tool):
        return True
    if tool.has("new") or tool.has("edits") or tool.has("content") or tool.has("command"):
        return False
    reading = {"read", "view", "cat", "open", "show"} & tool.words
    return tool.has("path") and bool(reading or (tool.says("read", "view") and not tool.has("pattern")))


def _write(tool: Tool) -> bool:
    if several(tool):
        return tool.has("content")
    writing = tool.says("write", "create", "save", "overwrite") and "append" not in tool.words
    return tool.has("path", "content") and writing and not tool.has("old")


def _list(tool: Tool) -> bool:
    listing = {"list", "ls", "glob", "find", "tree"} & tool.words
    return bool(listing) and not tool.has("command") and not {"grep", "content", "todo"} & tool.words


def _search(tool: Tool) -> bool:
    searching = {"grep", "search", "rg", "ripgrep"} & tool.words
    return (
        tool.has("pattern")
        and bool(searching)
        and not {"web", "glob", "files", "graph", "symbols"} & tool.words
    )


def _symbols(tool: Tool) -> bool:
    """Finds definitions by name, with what is connected."""
    return tool.has("pattern") and bool({"graph", "symbol", "symbols"} & tool.words)


def _explain(tool: Tool) -> bool:
    """Tells who uses a symbol."""
    named = tool.has("pattern") or tool.has("glob")
    return named and bool({"symbol", "references"} & tool.words) and tool.says("explain", "references")


_FITS: Mapping[Ability, Any] = {
    "edit": lambda tool: tool.has("old", "new") and tool.has("path"),
    "edits": lambda tool: tool.has("path") and _edits(tool),
    "patch": _patch,
    "read": _read,
    "write": _write,
    "append": lambda tool: tool.has("path", "content") and "append" in tool.words,
    "list": _list,
    "search": _search,
    "symbols": _symbols,
    "explain": _explain,
    "shell": lambda tool: tool.has("command") and not tool.has("old"),
    "tests": lambda tool: {"test", "tests"} & tool.words and not tool.has("content"),
    "finish": lambda tool: (
        tool.words
        in ({"attempt", "completion"}, {"finish"}, {"submit"}, {"task", "complete"}, {"final", "answer"})
    ),
}

# Of several that fit, the one whose name says it best; then the one that comes first.
_BEST: Mapping[Ability, tuple[str, ...]] = {
    "read": ("read", "view", "cat"),
    "edit": ("edit", "patch", "replace", "str"),
    "write": ("write", "create"),
    "list": ("glob", "find", "list", "ls"),
    "search": ("grep", "search"),
    "shell": ("bash", "shell", "command", "terminal"),
}


def _distance(tool: Tool, ability: Ability) -> int:
    best = _BEST.get(ability, ())
    return next((index for index, word in enumerate(best) if word in tool.words), len(best))
