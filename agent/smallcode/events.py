"""The closed union of what a turn tells those who watch it.

A turn's only output is a stream of these, in order. They are shaped like the session updates of the Agent
Client Protocol, and go over the wire as they are: camel case, ``type`` as the discriminator.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, field_validator
from pydantic.alias_generators import to_camel

from .messages import Usage, well_formed

StopReason = Literal["done", "cancelled", "stopped", "step_limit", "failed"]


class Wire(BaseModel):
    """Base of everything that crosses a process: frozen, camel case outside, snake case inside."""

    model_config = ConfigDict(
        frozen=True, alias_generator=to_camel, populate_by_name=True, serialize_by_alias=True, extra="ignore"
    )

    @field_validator("*")
    @classmethod
    def _encodable(cls, value: Any) -> Any:
        """Half a character, as from a file name that is no text, has no form on the wire."""
        return well_formed(value) if isinstance(value, str) else value


class UsageInfo(Wire):
    """Tokens by the server's count; ``cached_tokens`` is null where the server does not say."""

    prompt_tokens: int = 0
    cached_tokens: int | None = None
    completion_tokens: int = 0
    requests: int = 0

    @classmethod
    def of(cls, usage: Usage) -> Self:
        return cls(
            prompt_tokens=usage.prompt_tokens,
            cached_tokens=usage.cached_tokens,
            completion_tokens=usage.completion_tokens,
            requests=usage.requests,
        )


class DiffInfo(Wire):
    """One file's unified diff."""

    path: str
    diff: str
    kind: Literal["created", "changed", "deleted"] = "changed"


class ErrorInfo(Wire):
    """``code`` is the name of the exception, ``remedy`` what the user can do."""

    code: str
    message: str
    remedy: str = ""


class TurnStarted(Wire):
    """The first event of a turn."""

    type: Literal["turn_started"] = "turn_started"
    prompt: str


class Routed(Wire):
    """What the request was taken for, before the first request to the model. ``confidence`` is 0 to 1,
    ``tools`` are the names of those that are offered."""

    type: Literal["routed"] = "routed"
    category: str
    confidence: float
    tools: list[str]


class RequestStarted(Wire):
    """A request goes to the model. ``estimated_tokens`` is the harness's estimate of the prompt."""

    type: Literal["request_started"] = "request_started"
    step: int
    messages: int
    estimated_tokens: int


class PromptProgress(Wire):
    """How much of the prompt the server has read. Tokens."""

    type: Literal["prompt_progress"] = "prompt_progress"
    processed: int
    total: int
    cached: int = 0


class MessageChunk(Wire):
    """A piece of the answer."""

    type: Literal["message_chunk"] = "message_chunk"
    text: str


class ThoughtChunk(Wire):
    """A piece of what the model thinks aloud."""

    type: Literal["thought_chunk"] = "thought_chunk"
    text: str


class ReplyDiscarded(Wire):
    """The text of this step so far does not count: the request is sent again."""

    type: Literal["reply_discarded"] = "reply_discarded"
    step: int
    reason: str


class ReplyCorrected(Wire):
    """The reply of this step was no progress, and the model is asked again. ``kind`` is what was wrong with
    it, ``attempt`` counts such replies in a row, ``detail`` is a sentence for people."""

    type: Literal["reply_corrected"] = "reply_corrected"
    step: int
    kind: str
    attempt: int
    detail: str


class RequestFinished(Wire):
    """The reply has ended. ``finish_reason`` is the server's word, or why the harness closed the stream;
    ``usage`` is this one request's."""

    type: Literal["request_finished"] = "request_finished"
    step: int
    finish_reason: str
    usage: UsageInfo


class ToolStarted(Wire):
    """A call is about to run. ``title`` is one line for people, ``kind`` the tool's category."""

    type: Literal["tool_call"] = "tool_call"
    call_id: str
    name: str
    title: str
    kind: str
    arguments: dict[str, Any]
    repairs: list[str] = Field(default_factory=list)


class ToolFinished(Wire):
    """What came of a call: ``content`` is what the model is told."""

    type: Literal["tool_call_update"] = "tool_call_update"
    call_id: str
    name: str
    status: Literal["completed", "failed"]
    content: str
    diffs: list[DiffInfo] = Field(default_factory=list)


class UsageUpdated(Wire):
    """Tokens of the whole turn so far, and the window they have to fit in."""

    type: Literal["usage"] = "usage"
    usage: UsageInfo
    window: int


class Notice(Wire):
    """Something the user should know that is not part of the answer."""

    type: Literal["notice"] = "notice"
    level: Literal["info", "warning", "error"]
    message: str
    remedy: str = ""


class SideRequest(Wire):
    """A small question was put to the model beside the turn. ``source`` is who answered it; ``reason`` says
    why it was not the model, "" where it was or where it was not asked."""

    type: Literal["side_request"] = "side_request"
    name: str
    tier: str
    source: Literal["model", "cache", "fallback"]
    attempts: int
    seconds: float
    usage: UsageInfo
    reason: str = ""


class TurnEnded(Wire):
    """The last event of a turn. ``text`` is the answer, ``files_changed`` are paths in the workspace."""

    type: Literal["turn_ended"] = "turn_ended"
    stop_reason: StopReason
    text: str
    files_changed: list[str]
    usage: UsageInfo
    error: ErrorInfo | None = None


Event = Annotated[
    TurnStarted
    | Routed
    | RequestStarted
    | PromptProgress
    | MessageChunk
    | ThoughtChunk
    | ReplyDiscarded
    | ReplyCorrected
    | RequestFinished
    | ToolStarted
    | ToolFinished
    | UsageUpdated
    | Notice
    | SideRequest
    | TurnEnded,
    Field(discriminator="type"),
]

EVENT: TypeAdapter[Event] = TypeAdapter(Event)
