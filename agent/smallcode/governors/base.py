"""A governor judges; the loop carries out. Governors are pure and keep no reference to the world."""

from __future__ import annotations

from dataclasses import dataclass

from ..messages import ToolResult
from ..ports import PermissionRequest, PlannedCall


@dataclass(frozen=True, slots=True)
class Allow:
    pass


@dataclass(frozen=True, slots=True)
class Refuse:
    """The call does not run; the model reads ``why``."""

    why: str


@dataclass(frozen=True, slots=True)
class Reuse:
    """The call does not run; the model is given this result."""

    result: ToolResult


@dataclass(frozen=True, slots=True)
class Ask:
    """The user decides."""

    request: PermissionRequest


@dataclass(frozen=True, slots=True)
class Stop:
    """The turn ends here; the user reads ``why``. With ``take_back``, its edits are taken back where the user
    has set that."""

    why: str
    take_back: bool = False


Verdict = Allow | Refuse | Reuse | Ask | Stop


class Governor:
    """Base with hooks that allow everything; one instance lives for one turn."""

    name = "governor"

    def before_call(self, planned: PlannedCall) -> Verdict:
        """The first verdict of the list that is not Allow wins."""
        return Allow()

    def after_call(self, planned: PlannedCall, result: ToolResult) -> str:
        """What the model is told after the result of a call that ran, "" for nothing."""
        return ""

    @property
    def temperature_shift(self) -> float:
        """Added to the temperature of the next request."""
        return 0.0
