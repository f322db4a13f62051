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
    ``pure`` calls change nothing."""

    call: ToolCall
    category: str
    pure: bool
    permission: PermissionRequest | None = None
