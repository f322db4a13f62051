"""``cargo check``: the compiler's errors, types and borrows among them. It runs build scripts and macros."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..checkers.base import Verdict
from ..programs import Programs
from .base import Place, ProjectChecker

NAME = "cargo"

# Without the network: an edit is no reason to fetch anything.
_ARGS = ("check", "--quiet", "--offline", "--message-format", "json")


async def check(place: Place, programs: Programs) -> Verdict:
    folder = place.nearest("Cargo.toml")
    if folder is None:
        return None
    done = await programs.run("cargo", _ARGS, folder=folder)
    if done is None:
        return None
    messages = list(_messages(done.stdout))
    if done.status != 0 and not messages:
        # It has not come as far as compiling.
        return None
    # The names of a workspace's member are relative to the workspace.
    folders = [folder, *folder.parents]
    found = []
    for message in messages:
        for span in message["spans"]:
            if span["is_primary"] and any(place.is_named(span["file_name"], each) for each in folders):
                found.append(place.problem(span["line_start"], message["message"], NAME))
    return found


def _messages(stdout: str) -> Iterator[Mapping[str, Any]]:
    """The errors among the lines of JSON that cargo prints (its documentation, "External tools")."""
    for line in stdout.splitlines():
        try:
            entry = json.loads(line)
        except json.JSONDecodeError:
            continue
        if isinstance(entry, dict) and entry.get("reason") == "compiler-message":
            message = entry["message"]
            if message["level"] == "error" and message["spans"]:
                yield message


CARGO = ProjectChecker(NAME, ("rust",), check)
