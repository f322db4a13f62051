"""What the agent asks of the world. Each Protocol has an adapter that does it and a fake that ships."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from . import messages, model_port
from .events import Event
from .messages import Edit, Problem, Text, ToolCall

# --- the model ---------------------------------------------------------------------------------------

ToolSchema = model_port.ToolSchema
Thinking = model_port.Thinking
Constraint = model_port.Constraint
ModelRequest = model_port.ModelRequest
TextDelta = model_port.TextDelta
ThoughtDelta = model_port.ThoughtDelta
CallDelta = model_port.CallDelta
ProgressDelta = model_port.ProgressDelta
UsageDelta = model_port.UsageDelta
FinishDelta = model_port.FinishDelta
NoticeDelta = model_port.NoticeDelta
Delta = model_port.Delta
ModelInfo = model_port.ModelInfo
ModelClient = model_port.ModelClient
TokenCounter = model_port.TokenCounter


# --- files -------------------------------------------------------------------------------------------


# Values of core.textmatch, which may not know the ports; the Workspace speaks of them.
SearchQuery = messages.SearchQuery
SearchMatch = messages.SearchMatch


class Workspace(Protocol):
    """The files under one root. Paths given may be relative or absolute; paths returned are relative,
    with forward slashes."""

    @property
    def root(self) -> str:
        """Absolute real path of the root, in the platform's own form."""
        ...

    def locate(self, path: str) -> str:
        """The path relative to the root. Raises OutsideWorkspace."""
        ...

    async def read(self, path: str) -> Text:
        """Raises WorkspaceError."""
        ...

    async def apply_edit(self, edit: Edit) -> Text:
        """Make the change and return the text as it stands after. Raises WorkspaceError, PermissionDenied;
        nothing is changed then. A missing folder is made."""
        ...

    async def remove(self, base: Text) -> None:
        """Delete the file if it still is ``base``. Raises WorkspaceError."""
        ...

    async def files(self, under: str = "") -> Sequence[str]:
        """Sorted paths of the files below a folder that git does not ignore. Raises WorkspaceError."""
        ...

    async def search(self, query: SearchQuery) -> Sequence[SearchMatch]:
        """Matching lines by path and line, of open buffers as they stand and of the disk for the rest.
        Raises WorkspaceError, and SmallCodeError for a pattern that is no regular expression."""
        ...

    async def save(self) -> None:
        """Bring what this agent changed in open buffers onto the disk. Raises EditRejected, naming what
        could not be saved."""
        ...


class RestorableWorkspace(Workspace, Protocol):
    """A workspace that can bring back the very bytes that stood at a path."""

    async def capture(self, path: str) -> messages.FileState:
        """What stands there, text or not; ``data`` None where there is nothing. Raises WorkspaceError."""
        ...

    async def restore(self, current: messages.FileState, wanted: messages.FileState) -> None:
        """Put ``wanted.data`` on the disk if ``current.data`` still is what stands there; None deletes, and
        takes ``wanted.folders`` along where they are empty. Raises WorkspaceError."""
        ...


class GuardedWorkspace(Workspace, Protocol):
    """A workspace that knows which text the model has seen and refuses blind writes, once."""

    def shown(self, text: Text) -> None:
        """The model is shown this version now."""
        ...


class Validator(Protocol):
    """Looks at a file after a change."""

    async def new_problems(self, before: Text | None, after: Text) -> Sequence[Problem]:
        """Errors that ``after`` has and ``before`` (None for a new file) had not, by line. Only errors;
        empty also where nobody can judge the file. Never raises; bounded in time."""
        ...


# --- the shell ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShellResult:
    """``exit_status`` is None where the deadline ended the command. ``output`` is stdout and stderr as
    they came, capped; ``cwd`` is relative to the root ("." at the root); ``notes`` are for the model."""

    exit_status: int | None
    output: str
    timed_out: bool
    cwd: str
    notes: tuple[str, ...] = ()


class Shell(Protocol):
    """One shell per session: folder, variables and functions persist from command to command."""

    async def run(self, command: str, timeout: float) -> ShellResult:
        """``timeout`` in seconds. Raises ShellError."""
        ...

    async def aclose(self) -> None: ...


# --- permission --------------------------------------------------------------------------------------

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


# --- time --------------------------------------------------------------------------------------------


class Clock(Protocol):
    def monotonic(self) -> float:
        """Seconds, for durations."""
        ...

    def now(self) -> float:
        """Seconds since the epoch."""
        ...


# --- what governors see ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """A validated call before it runs. ``permission`` is what it needs, None where it needs none;
    ``pure`` calls change nothing."""

    call: ToolCall
    category: str
    pure: bool
    permission: PermissionRequest | None = None


# --- those who watch ---------------------------------------------------------------------------------


class Listener(Protocol):
    """Sees every event of every turn of a session; cannot alter the flow. Must not raise."""

    def on_event(self, turn_id: str, event: Event) -> None: ...
