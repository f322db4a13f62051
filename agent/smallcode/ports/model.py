"""A model behind an address, and what is said to it and comes back."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from ..core.profile import GENERIC, Profile, ThinkingSwitch
from ..messages import Message, Usage

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
    the server does not honour becomes the next weaker one. ``session`` names the conversation that the
    request goes on with, so that it gets the server's cache of it; "" is a request beside them."""

    messages: Sequence[Message]
    tools: Sequence[ToolSchema] = ()
    max_tokens: int | None = None
    temperature: float | None = None
    thinking: Thinking | None = None
    constraint: Constraint = "free"
    sampling: Mapping[str, float] = field(default_factory=dict)
    session: str = ""


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

    ``asked_window`` is the context that the server is asked for, None where it cannot be asked. ``slots`` is
    how many requests are sent at once, None for any number. ``counting`` is who counts a prompt before it is
    sent. ``vision`` is whether the model can be shown pictures, None where nobody tells.
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
    asked_window: int | None = None
    slots: int | None = None
    counting: Literal["server", "estimate"] = "estimate"
    vision: bool | None = None


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

    def counter(self) -> TokenCounter:
        """A new one for a conversation, calibrated by what is known of this server and model."""
        ...

    async def lower_window(self, read: int) -> ModelInfo:
        """The server was seen to read only ``read`` tokens of a longer prompt: from now on the window is what
        it really gives. Raises ModelError."""
        ...

    async def aclose(self) -> None: ...


class TokenCounter(Protocol):
    """Estimates prompt tokens and learns from what the server counted."""

    def estimate(self, messages: Sequence[Message], tools: Sequence[ToolSchema]) -> int: ...

    def margin(self, estimated: int) -> int:
        """Tokens by which the real count may be above what was estimated as ``estimated``."""
        ...

    def added(self, tokens: int) -> int:
        """Tokens of the model by which a prompt grows where text is added to it that has so many of our
        vocabulary's."""
        ...

    def learn(self, estimated: int, counted: int) -> None:
        """``counted`` is the server's figure for what was estimated as ``estimated``."""
        ...
