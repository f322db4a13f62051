"""The params and results of the custom methods.

They stand apart from the methods' names because pydantic and what it builds here take a good part of what the
whole start takes, and nothing before the first custom request needs them.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from smallcode.events import ErrorInfo, Event, StopReason, UsageInfo, Wire

from .protocol import PROTOCOL_VERSION


class Position(Wire):
    """As in LSP: zero-based; ``character`` counts in the negotiated position encoding."""

    line: int = Field(ge=0)
    character: int = Field(ge=0)


class Range(Wire):
    start: Position
    end: Position


class TextDocument(Wire):
    uri: str


class WireDiagnostic(Wire):
    """The part of an LSP Diagnostic that is used; other fields are ignored."""

    range: Range
    message: str
    severity: int | None = None
    source: str | None = None


class WireImage(Wire):
    """A picture: the file that a ``uri`` names, or ``data`` in base64, with a ``name`` for people."""

    uri: str | None = None
    data: str | None = Field(default=None, repr=False)
    name: str | None = None


class TurnParams(Wire):
    """``sessionId`` unset takes the session used last, or a new one."""

    prompt: str = Field(pattern=r"\S")
    session_id: str | None = None
    text_document: TextDocument | None = None
    range: Range | None = None
    mentions: list[str] = Field(default_factory=list)
    diagnostics: list[WireDiagnostic] = Field(default_factory=list)
    cursor: Position | None = None
    images: list[WireImage] = Field(default_factory=list, max_length=8)
    work_done_token: int | str | None = None


class TurnResult(Wire):
    """``filesChanged`` are paths relative to the workspace's root."""

    session_id: str
    turn_id: str
    stop_reason: StopReason
    text: str
    files_changed: list[str]
    usage: UsageInfo
    error: ErrorInfo | None = None


class UpdateParams(Wire):
    """``seq`` counts from 0 in each turn, without gaps."""

    session_id: str
    turn_id: str
    seq: int
    event: Event


class PermissionParams(Wire):
    """``detail`` is exactly what will run, or the unified diff of what will change."""

    session_id: str
    turn_id: str
    kind: Literal["shell", "edit", "write_outside", "network", "escalate", "mcp"]
    title: str
    detail: str
    options: list[Literal["allow_once", "allow_always", "deny"]]


class PermissionResult(Wire):
    outcome: Literal["allow_once", "allow_always", "deny"]


class SaveParams(Wire):
    uris: list[str]


class SaveResult(Wire):
    saved: list[str]


class Nothing(Wire):
    """Params of a request that takes none."""


class SessionNewResult(Wire):
    session_id: str


class SessionInfo(Wire):
    """``title`` is the first prompt, cut; ``busy`` while a turn is under way."""

    session_id: str
    title: str
    turns: int
    busy: bool


class SessionListResult(Wire):
    sessions: list[SessionInfo]


class UndoParams(Wire):
    """Unset: the session used last, its last turn that changed something and is not undone yet."""

    session_id: str | None = None
    turn_id: str | None = None


class UndoConflict(Wire):
    """``diff`` is what was changed since the turn, shortened."""

    path: str
    reason: str
    diff: str = ""


class UndoResult(Wire):
    """Nothing is changed in a file that is listed under ``conflicts``."""

    turn_id: str | None
    files_restored: list[str]
    conflicts: list[UndoConflict]


class StatusParams(Wire):
    session_id: str | None = None


class StatusResult(Wire):
    """``window`` is what the server really gives to one request, in tokens; 0 while it is unknown.
    ``health`` is "unknown" until the model server was asked for the first time."""

    model: str | None
    endpoint: str | None
    window: int
    window_source: Literal["server", "settings", "assumed", "unknown"]
    native_tools: bool | None
    health: Literal["ok", "unreachable", "unknown"]
    problem: str | None = None
    last_usage: UsageInfo | None = None
    running_turns: int = 0
    sessions: int = 0
    version: str


class CommandParams(Wire):
    name: str
    args: dict[str, Any] = Field(default_factory=dict)


class CommandResult(Wire):
    """``text`` is Markdown for the user; ``data`` the same for programs."""

    text: str
    data: dict[str, Any] = Field(default_factory=dict)


class DiagnosticsParams(Wire):
    """What the editor's other language servers say about a document; replaces what was sent before."""

    uri: str
    diagnostics: list[WireDiagnostic]
    version: int | None = None


class ClientFeatures(Wire):
    """``experimental.smallcode`` of the client's capabilities: what it serves."""

    protocol_version: int = PROTOCOL_VERSION
    save: bool = False
    permission: bool = False
    update: bool = False
