"""What the agent asks of the world. Each Protocol has an adapter that does it and a fake that ships."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from . import messages
from .core.outline import Definition
from .core.profile import GENERIC, Profile, ThinkingSwitch
from .events import Event
from .messages import Edit, Message, Problem, Text, ToolCall, Usage

# --- the model ---------------------------------------------------------------------------------------

ToolSchema = Mapping[str, Any]
"""One entry of the ``tools`` list of an OpenAI request: ``{"type": "function", "function": {...}}``."""


@dataclass(frozen=True, slots=True)
class Thinking:
    """Whether the model should think before it answers, and for how many tokens at most (None: no limit)."""

    enabled: bool
    budget: int | None = None


Constraint = Literal["free", "required", "shaped"]
"""How firmly a call is asked for: not at all; ``tool_choice: required``; a grammar or schema that admits
nothing but one call of an offered tool (the reply then holds it as text)."""


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """None leaves ``max_tokens`` to the server, ``thinking`` to the settings, ``temperature`` to the settings
    and then the profile. ``sampling`` are further request fields, before the profile's. A ``constraint`` that
    the server does not honour becomes the next weaker one."""

    messages: Sequence[Message]
    tools: Sequence[ToolSchema] = ()
    max_tokens: int | None = None
    temperature: float | None = None
    thinking: Thinking | None = None
    constraint: Constraint = "free"
    sampling: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TextDelta:
    text: str


@dataclass(frozen=True, slots=True)
class ThoughtDelta:
    text: str


@dataclass(frozen=True, slots=True)
class CallDelta:
    """A piece of a native tool call; pieces of one call share ``index``."""

    index: int
    id: str = ""
    name: str = ""
    arguments: str = ""


@dataclass(frozen=True, slots=True)
class ProgressDelta:
    """Prompt tokens read so far, of ``total``; ``cached`` of them were reused."""

    processed: int
    total: int
    cached: int = 0


@dataclass(frozen=True, slots=True)
class UsageDelta:
    usage: Usage


@dataclass(frozen=True, slots=True)
class FinishDelta:
    """The server's ``finish_reason``: stop, length, tool_calls, content_filter, …"""

    reason: str


@dataclass(frozen=True, slots=True)
class NoticeDelta:
    """Something the client did or saw that the user should know: a retry, a stripped field, truncation."""

    level: Literal["info", "warning", "error"]
    message: str
    remedy: str = ""


Delta = TextDelta | ThoughtDelta | CallDelta | ProgressDelta | UsageDelta | FinishDelta | NoticeDelta


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What is known of the server and its model.

    ``window`` is the context in tokens that one request really gets; ``window_source`` says who told it.
    ``native_tools`` is None where it was not told. ``template`` is the chat template where the server shows
    it. ``profile`` was chosen for what ``profile_why`` says. ``constraints`` are those worth asking for: the
    server honours them, or nobody has tried yet (``untried``). ``tools_as_text`` is whether the tools stand
    in the prompt, ``thinking_switch`` what turns thoughts off as far as is known.
    """

    address: str
    model: str
    window: int
    window_source: Literal["server", "settings", "assumed"]
    server: str = "openai"
    native_tools: bool | None = None
    models: tuple[str, ...] = ()
    template: str = ""
    profile: Profile = GENERIC
    profile_why: str = ""
    constraints: tuple[Constraint, ...] = ("free",)
    tools_as_text: bool = False
    thinking_switch: ThinkingSwitch = "none"
    untried: tuple[Constraint, ...] = ()


class ModelClient(Protocol):
    """A model behind an address."""

    @property
    def address(self) -> str: ...

    async def info(self) -> ModelInfo:
        """Discovered once and kept. Raises ModelError."""
        ...

    def stream(self, request: ModelRequest) -> AsyncGenerator[Delta, None]:
        """The reply, piece by piece, FinishDelta last but for UsageDelta; closing the generator cancels it.

        Passing faults are retried until the first piece of the reply. Raises ModelError.
        """
        ...

    async def count(self, request: ModelRequest) -> int | None:
        """Exact prompt tokens where the server can count, else None. Never raises ModelError."""
        ...

    async def aclose(self) -> None: ...


class TokenCounter(Protocol):
    """Estimates prompt tokens and learns from what the server counted."""

    def estimate(self, messages: Sequence[Message], tools: Sequence[ToolSchema]) -> int: ...

    def learn(self, estimated: int, counted: int) -> None:
        """``counted`` is the server's figure for what was estimated as ``estimated``."""
        ...


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


class Outliner(Protocol):
    """Tells what a file defines."""

    async def outline(self, path: str, content: str) -> Sequence[Definition]:
        """In the order of the file, the outer before the inner; empty where nobody can read it. Never raises;
        bounded in time."""
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
