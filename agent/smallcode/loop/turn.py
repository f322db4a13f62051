"""What one turn works with, and what it comes to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from .. import events as ev
from ..governors.base import Governor
from ..messages import Ask, Message, Usage
from ..ports import Approver, ModelClient, TokenCounter
from ..tools.base import Tool, ToolContext


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of the edits of a turn that were to be undone; ``kept`` are the files that stay changed."""

    message: str
    kept: tuple[str, ...] = ()


@dataclass(slots=True)
class TurnState:
    """``messages`` is the session's transcript: the turn appends to it, and replaces its contents only
    where they have to shrink. ``tools`` are offered in each request; every tool of ``registry`` runs when it
    is called. ``side_usage`` gives, once, what questions beside the turn have cost; ``take_back`` undoes the
    turn's edits, None where the user wants them kept. The fields after it are filled in
    by the turn."""

    ask: Ask
    messages: list[Message]
    client: ModelClient
    counter: TokenCounter
    tools: Sequence[Tool]
    registry: Sequence[Tool]
    context: ToolContext
    governors: Sequence[Governor]
    approver: Approver
    side_usage: Callable[[], Usage] = Usage
    take_back: Callable[[], Awaitable[TakenBack]] | None = None
    usage: Usage = field(default_factory=Usage)
    files_changed: list[str] = field(default_factory=list)
    text: str = ""
    stop_reason: ev.StopReason = "failed"
    error: ev.ErrorInfo | None = None
    take_back_due: bool = False
    taken_back: bool = False

    @property
    def temperature(self) -> float:
        """For the next request: the setting's, shifted by the governors."""
        shift = sum(governor.temperature_shift for governor in self.governors)
        return round(max(0.0, self.context.settings.temperature + shift), 3)

    def by_name(self, name: str) -> Tool | None:
        return next((tool for tool in self.registry if tool.name == name), None)
