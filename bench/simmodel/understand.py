"""A call that stands in the prompt as what it did, read from its arguments' names; no harness is known."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .chat import Called
from .offered import role_of
from .texts import path_in

Kind = Literal["read", "edit", "write", "append", "list", "search", "run", "other"]

_READING = re.compile(r"^\s*(?:cat|sed -n|head|tail|nl|less|more|bat)\b")
_SEARCHING = re.compile(r"^\s*(?:grep|rg|git grep|ag)\b")
_LISTING = re.compile(r"^\s*(?:ls|find|tree|fd|git ls-files)\b")
_APPENDING = re.compile(r"append", re.I)


@dataclass(frozen=True, slots=True)
class Op:
    """``pairs`` are old and new texts. ``path`` is a name the task knows, or "". ``whole`` says that a read
    asked for no part of the file."""

    kind: Kind
    path: str = ""
    pairs: tuple[tuple[str, str], ...] = ()
    content: str = ""
    command: str = ""
    pattern: str = ""
    whole: bool = True


def understand(call: Called, files: Sequence[str]) -> Op:
    """``files`` are the names the task knows, longest first."""
    values = {role_of(name): value for name, value in reversed(list(call.arguments.items()))}
    path = path_in(_text(values.get("path", "")), files)
    view = (
        values.get("command") if values.get("command") in ("view", "create", "str_replace", "insert") else ""
    )
    if "command" in values and not view:
        return _shell(_text(values["command"]), files)
    pairs = tuple(_pairs(values))
    if pairs:
        return Op("edit", path, pairs)
    patch = next((text for text in (values.get("patch"), *values.values()) if _is_patch(text)), None)
    if patch is not None:
        return _patched(str(patch), files)
    if "content" in values and "path" in values:
        kind: Kind = "append" if _APPENDING.search(call.name) else "write"
        return Op(kind, path, content=_text(values["content"]))
    if re.search(r"graph|symbol", call.name, re.I) and ("pattern" in values or "glob" in values):
        return Op("search", path, pattern=_text(values.get("pattern", values.get("glob"))))
    if "pattern" in values and not re.search(r"glob|find_files|list", call.name, re.I):
        return Op("search", path, pattern=_text(values["pattern"]))
    if re.search(r"glob|find|list|\bls\b|tree", call.name, re.I):
        return Op("list", path)
    if "path" in values:
        parts = {"start", "end", "offset", "limit", "range"} & values.keys()
        return Op("read", path, whole=not parts)
    return Op("run", command="") if re.search(r"test", call.name, re.I) else Op("other")


def _text(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value[2:] if value[:1] in (["bash"], ["sh"]) and len(value) > 2 else value))
    return value if isinstance(value, str) else str(value)


def _pairs(values: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    if "old" in values and "new" in values:
        yield _text(values["old"]), _text(values["new"])
    edits = values.get("edits")
    for entry in edits if isinstance(edits, list) else ():
        if isinstance(entry, dict):
            yield from _pairs({role_of(name): value for name, value in entry.items()})


def _is_patch(text: Any) -> bool:
    return isinstance(text, str) and (
        "*** Begin Patch" in text or re.search(r"^\+\+\+ ", text, re.M) is not None
    )


def _patched(patch: str, files: Sequence[str]) -> Op:
    """One file's hunks as pairs; a file added is a write."""
    named = re.search(r"^(?:\*\*\* (?:Add|Update) File: |\+\+\+ (?:b/)?)(.+)$", patch, re.M)
    path = path_in(named[1].strip(), files) if named else ""
    old, new = [], []
    for line in patch.splitlines():
        if line.startswith(("---", "+++", "***", "@@")):
            continue
        if line[:1] in ("-", " "):
            old.append(line[1:])
        if line[:1] in ("+", " "):
            new.append(line[1:])
    if not old:
        return Op("write", path, content="\n".join(new) + "\n")
    return Op("edit", path, (("\n".join(old), "\n".join(new)),))


_SCRIPT = re.compile(r"^(path, old, new|path, content) = (.+)$", re.M)


def _shell(command: str, files: Sequence[str]) -> Op:
    if found := _SCRIPT.search(command):
        return _script(command, found, files)
    path = path_in(command, files)
    if _SEARCHING.match(command):
        return Op("search", path, command=command, pattern=_pattern(command))
    if _LISTING.match(command):
        return Op("list", path, command=command)
    if _READING.match(command) and path:
        return Op("read", path, command=command, whole=command.lstrip().startswith(("cat", "nl")))
    return Op("run", path, command=command)


def _pattern(command: str) -> str:
    try:
        words = shlex.split(command)
    except ValueError:
        return command
    return next((word for word in words[1:] if not word.startswith("-")), "")


def _script(command: str, found: re.Match[str], files: Sequence[str]) -> Op:
    """One of the small scripts of `shell`: its texts are Python literals."""
    try:
        values = ast.literal_eval(f"({found[2]})")
    except (ValueError, SyntaxError):
        return Op("run", command=command)
    path = path_in(str(values[0]), files)
    if len(values) == 3:
        return Op("edit", path, ((str(values[1]), str(values[2])),), command=command)
    kind: Kind = "append" if "'a'" in command else "write"
    return Op(kind, path, content=str(values[1]), command=command)
