"""A governor judges; the loop carries out. Governors are pure and keep no reference to the world."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..core.diagnosis import Question
from ..core.reply import Task
from ..core.trust import Trust
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
    """The call does not run; the model is given this result again, and after it ``note``, which says so."""

    result: ToolResult
    note: str = ""


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


@dataclass(frozen=True, slots=True)
class Consult:
    """A micro-prompt is to be asked by its ``prompt`` name; the model is told its answer."""

    prompt: str
    question: Question


Advice = str | Consult
"""What the model is told after a result: "" for nothing, or what a micro-prompt finds."""

Verdict = Allow | Refuse | Reuse | Ask | Stop


@dataclass(frozen=True, slots=True)
class Given:
    """What a governor may know of the turn before it begins. ``writers`` are the offered tools that change
    files; ``trust`` is the session's, ``root`` the workspace's."""

    task: Task = field(default_factory=lambda: Task(""))
    writers: tuple[str, ...] = ()
    trust: Trust = field(default_factory=Trust)
    root: str = ""


class Governor:
    """Base with hooks that allow everything; one instance lives for one turn."""

    name = "governor"

    def __init__(self, given: Given | None = None) -> None:
        self.given = given or Given()

    def before_call(self, planned: PlannedCall) -> Verdict:
        """The first verdict of the list that is not Allow wins."""
        return Allow()

    def after_call(self, planned: PlannedCall, result: ToolResult) -> Advice:
        """What the model is told after the result of a call that ran, or that was answered from an earlier
        result. Hints take 80 tokens at most."""
        return ""

    def denied(self, planned: PlannedCall) -> None:
        """The user did not allow the call."""

    @property
    def temperature_shift(self) -> float:
        """Added to the temperature of the next request."""
        return 0.0
