"""What is asked of the user before it is done, and what governors see of a call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from ..messages import ToolCall

PermissionKind = Literal["shell", "edit", "write_outside", "network", "escalate", "mcp"]
Outcome = Literal["allow_once", "allow_always", "deny"]


@dataclass(frozen=True, slots=True)
class PermissionRequest:
    """``detail`` shows exactly what will happen: the command, or the unified diff. ``subject`` is what
    "always" is remembered for: the very command, or "" for every request of the kind. A ``protected``
    request needs a person's answer, whatever the policy says."""

    kind: PermissionKind
    title: str
    detail: str
    subject: str = ""
    protected: bool = False


class Approver(Protocol):
    async def ask(self, request: PermissionRequest) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """A validated call before it runs. ``permission`` is what it needs, None where it needs none;
    ``pure`` calls change nothing, and those of ``core`` tools are offered in every request.

    ``path`` is the file that it names as the workspace calls it and ``version`` that file's, ``command``
    what a shell command runs, "" for others. ``stamp`` is another one after whatever may have changed what a
    pure call shows: an edit, a command that may write, typing in the editor, another version of the file.
    ``revision`` counts what was done in the editor alone. ``in_sight`` are the ids of the calls whose results
    stand in the next prompt as they were given. ``reused``: the result is an earlier call's, and says so."""

    call: ToolCall
    category: str
    pure: bool
    permission: PermissionRequest | None = None
    core: bool = True
    path: str = ""
    version: str = ""
    command: str = ""
    stamp: str = ""
    revision: int = 0
    in_sight: frozenset[str] = frozenset()
    reused: bool = False
