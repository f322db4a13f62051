"""A reply as it streams: what is shown of it, and when it is cut short."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Protocol

from .. import events as ev
from ..core.reply import Repetition, ReplyFacts
from ..core.reply.facts import Cut
from ..core.tokens import BYTES_PER_TOKEN, utf8_size
from ..core.toolcalls import NativeCall
from ..messages import ToolCall, Usage
from ..ports import (
    CallDelta,
    Delta,
    FinishDelta,
    ModelClient,
    ModelRequest,
    NoticeDelta,
    ProgressDelta,
    TextDelta,
    ThoughtDelta,
    UsageDelta,
)

THOUGHTS_FIRST = "what it began with were thoughts"


@dataclass(frozen=True, slots=True)
class Piece:
    """What a piece of the raw text comes to for those who watch. ``discard``: what they were shown of the
    reply so far was something else, and this stands in its place."""

    text: str = ""
    thoughts: str = ""
    discard: bool = False


class Screen(Protocol):
    """Decides what of the raw text may be shown now, and as what: the markup of calls never may, and thoughts
    in the text are no answer."""

    def feed(self, raw: str) -> Piece: ...

    def finish(self) -> Piece:
        """What was held back and turned out to be prose."""
        ...


class ClearScreen:
    """Shows the text as it comes."""

    def feed(self, raw: str) -> Piece:
        return Piece(raw)

    def finish(self) -> Piece:
        return Piece()


@dataclass(slots=True)
class Reply:
    """What the model said. ``calls`` can run; ``problems`` are what the model has to be told of those that
    cannot. ``sound`` is how many of the calls came before the first that cannot be read. ``cut`` says why
    the stream was closed here. ``raw`` is the text as it came, ``text`` what is left of it for the user.
    ``valid``, ``forms`` and ``spare`` are filled in as the calls are carried out."""

    raw: str = ""
    text: str = ""
    thoughts: str = ""
    calls: tuple[ToolCall, ...] = ()
    problems: tuple[str, ...] = ()
    sound: int = 0
    finish_reason: str = ""
    cut: Cut = ""
    usage: Usage | None = None
    native: dict[int, NativeCall] = field(default_factory=dict)
    valid: int = 0
    forms: str = ""
    spare: int = 0

    @property
    def begun(self) -> bool:
        return bool(self.raw or self.thoughts or self.native)

    def facts(self) -> ReplyFacts:
        return ReplyFacts(
            self.text, self.thoughts, len(self.calls), self.problems, self.finish_reason, self.cut
        )


@dataclass(slots=True)
class Limits:
    """``thoughts`` is how many tokens of them a reply may have, 0 for any number; ``repetition`` is whether
    a reply that goes round in circles is cut; ``step`` is the turn's."""

    step: int = 0
    thoughts: int = 0
    repetition: bool = True


async def follow(
    client: ModelClient, request: ModelRequest, reply: Reply, screen: Screen, limits: Limits
) -> AsyncGenerator[ev.Event, None]:
    """Send the request, fill ``reply``, and yield what a watcher should see of it.

    The stream is closed before its end where the reply goes round in circles or thinks for too long;
    ``reply.cut`` then says so. Raises ModelError.
    """
    watch = _Watch(reply, screen, limits)
    async with aclosing(client.stream(request)) as stream:
        async for delta in stream:
            for event in watch.take(delta):
                yield event
            if reply.cut:
                reply.finish_reason = reply.cut
                break
    for event in watch.finish():
        yield event


class _Watch:
    def __init__(self, reply: Reply, screen: Screen, limits: Limits) -> None:
        self._screen = screen
        self._reply = reply
        self._limits = limits
        self._text, self._thoughts = Repetition(), Repetition()
        self._thought_bytes = 0

    def take(self, delta: Delta) -> list[ev.Event]:
        """Add one piece to the reply; what a watcher should see of it."""
        match delta:
            case TextDelta(text):
                self._reply.raw += text
                return self._show(self._screen.feed(text))
            case ThoughtDelta(text):
                self._reply.thoughts += text
                return self._show(Piece(thoughts=text))
            case CallDelta():
                self._take_call(delta)
            case ProgressDelta(processed, total, cached):
                return [ev.PromptProgress(processed=processed, total=total, cached=cached)]
            case UsageDelta(usage):
                self._reply.usage = usage
            case FinishDelta(reason):
                self._reply.finish_reason = reason
            case NoticeDelta(level, message, remedy):
                return [ev.Notice(level=level, message=message, remedy=remedy)]
        return []

    def finish(self) -> list[ev.Event]:
        return self._show(self._screen.finish())

    def _show(self, piece: Piece) -> list[ev.Event]:
        """Only what is shown can go round in circles: the arguments of a call may repeat what they like."""
        events: list[ev.Event] = []
        if piece.discard:
            self._text, self._thoughts, self._thought_bytes = Repetition(), Repetition(), 0
            events.append(ev.ReplyDiscarded(step=self._limits.step, reason=THOUGHTS_FIRST))
        self._thought_bytes += utf8_size(piece.thoughts)
        if self._limits.repetition and (self._text.feed(piece.text) or self._thoughts.feed(piece.thoughts)):
            self._reply.cut = "repetition"
        elif 0 < self._limits.thoughts < self._thought_bytes / BYTES_PER_TOKEN:
            self._reply.cut = "endless thoughts"
        if piece.thoughts:
            events.append(ev.ThoughtChunk(text=piece.thoughts))
        if piece.text:
            events.append(ev.MessageChunk(text=piece.text))
        return events

    def _take_call(self, delta: CallDelta) -> None:
        known = self._reply.native.get(delta.index, NativeCall(delta.index))
        self._reply.native[delta.index] = NativeCall(
            delta.index, known.id or delta.id, known.name + delta.name, known.arguments + delta.arguments
        )
