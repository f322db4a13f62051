"""One reply of the model: asked for, followed as it streams, and read."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field

from .. import events as ev
from ..core import tokens, transcript
from ..core.toolcalls import NativeCall, Parsed, parse_tool_calls, read_native, without_repairs
from ..errors import ContextOverflow, ModelRefused, StreamDropped
from ..features import CALLS_IN_TEXT, TOOL_ALIASES
from ..messages import Message, ToolCall, Usage
from ..ports import (
    CallDelta,
    Delta,
    FinishDelta,
    ModelInfo,
    ModelRequest,
    NoticeDelta,
    ProgressDelta,
    TextDelta,
    ThoughtDelta,
    UsageDelta,
)
from .turn import TurnState

# How often a prompt is cut and sent again: as many times as transcript.shrink has steps, three that leave
# something out and seven that halve the newest results, which takes 50,000 characters down to 400. A refusal
# costs the server next to nothing, and a count in it corrects the estimate, so that few are needed.
MAX_OVERFLOWS = 10

EMPTY = "Your reply was empty. Call a tool, or answer in a sentence."
ONLY_THOUGHTS = "You thought until the reply was full and gave no answer. Think less; call a tool or answer."
UNREADABLE = "(a tool call that could not be read)"


@dataclass(slots=True)
class Reply:
    """What the model said. ``calls`` can run; ``problems`` are what the model has to be told."""

    text: str = ""
    thoughts: str = ""
    calls: tuple[ToolCall, ...] = ()
    problems: tuple[str, ...] = ()
    finish_reason: str = ""
    usage: Usage | None = None
    native: dict[int, NativeCall] = field(default_factory=dict)

    def correction(self) -> list[Message]:
        """The two messages that follow a reply without a usable call."""
        return [
            Message("assistant", self.text or UNREADABLE),
            Message("user", "\n".join(self.problems), by_harness=True),
        ]


async def ask_model(turn: TurnState, step: int, reply: Reply) -> AsyncGenerator[ev.Event, None]:
    """Send the transcript, yield what comes back, and leave the outcome in ``reply``.

    A reply that breaks off is asked for again, a prompt that is too large is made smaller and sent again,
    both a bounded number of times. Raises ModelError.
    """
    info = await turn.client.info()
    schemas = [tool.schema for tool in turn.tools]
    answer = answer_reserve(info, turn.context.settings.max_answer_tokens)
    drops = overflows = 0
    while True:
        estimated, shrunk = await _fit(turn, info.window - answer)
        if shrunk:
            yield ev.Notice(
                level="info", message="Older results were left out of the prompt to keep it small."
            )
        yield ev.RequestStarted(step=step, messages=len(turn.messages), estimated_tokens=estimated)
        request = ModelRequest(tuple(turn.messages), schemas, answer, turn.temperature)
        try:
            async with aclosing(_follow(turn, request, reply)) as following:
                async for event in following:
                    yield event
            break
        except ContextOverflow as error:
            overflows += 1
            smaller = transcript.shrink(turn.messages)
            if overflows > MAX_OVERFLOWS or smaller is None:
                raise
            if error.prompt_tokens is not None:
                turn.counter.learn(estimated, error.prompt_tokens)
            turn.messages[:] = smaller
            _clear(reply)
            yield ev.Notice(level="warning", message=f"{error.message} Sending less.")
        except (StreamDropped, ModelRefused) as error:
            drops += 1
            if drops > turn.context.settings.max_retries or not _broke_off(reply, error):
                raise
            _clear(reply)
            yield ev.ReplyDiscarded(step=step, reason=error.message)
    for settled in _settle(turn, info, reply, step, estimated):
        yield settled
    _read(turn, reply)


def answer_reserve(info: ModelInfo, wanted: int | None) -> int:
    """Tokens kept free for the answer: a quarter of the window, at least 1,024 where that leaves three
    quarters of a 4k window for the prompt."""
    reserve = max(info.window // 4, min(1024, info.window // 3))
    return min(reserve, wanted) if wanted else reserve


async def _follow(turn: TurnState, request: ModelRequest, reply: Reply) -> AsyncGenerator[ev.Event, None]:
    async with aclosing(turn.client.stream(request)) as stream:
        async for delta in stream:
            event = _take(reply, delta)
            if event is not None:
                yield event


def _take(reply: Reply, delta: Delta) -> ev.Event | None:
    """Add one piece to the reply; what a watcher should see of it, if anything."""
    match delta:
        case TextDelta(text):
            reply.text += text
            return ev.MessageChunk(text=text)
        case ThoughtDelta(text):
            reply.thoughts += text
            return ev.ThoughtChunk(text=text)
        case CallDelta(index):
            known = reply.native.get(index, NativeCall(index))
            reply.native[index] = NativeCall(
                index, known.id or delta.id, known.name + delta.name, known.arguments + delta.arguments
            )
        case ProgressDelta(processed, total, cached):
            return ev.PromptProgress(processed=processed, total=total, cached=cached)
        case UsageDelta(usage):
            reply.usage = usage
        case FinishDelta(reason):
            reply.finish_reason = reason
        case NoticeDelta(level, message, remedy):
            return ev.Notice(level=level, message=message, remedy=remedy)
    return None


def _broke_off(reply: Reply, error: StreamDropped | ModelRefused) -> bool:
    """Whether it was the reply that failed: it had begun. What fails before, the client has tried again
    already. A server may also give up a reply with an error, as llama.cpp does where the model's next token
    does not fit the grammar of a call; the model will say something else."""
    begun = bool(reply.text or reply.thoughts or reply.native)
    return begun and (isinstance(error, StreamDropped) or error.status >= 500)


def _settle(turn: TurnState, info: ModelInfo, reply: Reply, step: int, estimated: int) -> list[ev.Event]:
    """Count what the reply cost, learn from it, and say so if the server read less than it was sent."""
    usage = reply.usage or Usage(requests=1)
    turn.usage += Usage(usage.prompt_tokens, usage.cached_tokens, usage.completion_tokens, 1)
    events: list[ev.Event] = [
        ev.RequestFinished(step=step, finish_reason=reply.finish_reason, usage=ev.UsageInfo.of(usage)),
        ev.UsageUpdated(usage=ev.UsageInfo.of(turn.usage), window=info.window),
    ]
    if usage.prompt_tokens:
        if tokens.truncated(estimated, usage.prompt_tokens):
            events.append(_truncation(info, estimated, usage.prompt_tokens))
        else:
            turn.counter.learn(estimated, usage.prompt_tokens)
    if reply.finish_reason == "length" and reply.text and not reply.native:
        events.append(
            ev.Notice(
                level="warning",
                message="The reply was cut at its longest allowed length.",
                remedy="Ask to go on, or raise max_answer_tokens.",
            )
        )
    return events


def _truncation(info: ModelInfo, estimated: int, counted: int) -> ev.Notice:
    return ev.Notice(
        level="warning",
        message=f"{info.address} read {counted} tokens of a prompt of about {estimated}: it drops the "
        "front of a prompt that is too large, instructions and tools first.",
        remedy="Give the model a larger context in the server (Ollama: num_ctx), or set context_window to "
        "what it really has.",
    )


def _read(turn: TurnState, reply: Reply) -> None:
    """Find the calls: the native ones, else those printed in the text. Markup and thoughts leave the text."""
    # A call of a registered tool that was not offered is a call: the model knows it from somewhere.
    schemas = [tool.schema for tool in turn.registry]
    disable = turn.context.settings.disable
    aliases = {
        alias: tool.name for tool in turn.registry for alias in tool.aliases if TOOL_ALIASES not in disable
    }
    # Ids that the harness has to make up stay unique in the transcript by the place they stand in.
    salt = str(len(turn.messages))
    parsed = parse_tool_calls(reply.text, schemas, aliases, salt)
    if CALLS_IN_TEXT in disable and (parsed.calls or parsed.problems):
        parsed = Parsed(text=reply.text)
    meant = parsed
    if reply.native:
        pieces = [reply.native[index] for index in sorted(reply.native)]
        meant = read_native(pieces, schemas, aliases, salt)
    meant = without_repairs(meant, disable)
    reply.calls, reply.problems = meant.calls, meant.problems
    reply.text = parsed.text.strip()
    reply.thoughts += parsed.thoughts
    if not (reply.text or reply.calls or reply.problems):
        if reply.thoughts and reply.finish_reason != "length":
            reply.text = reply.thoughts.strip()
        else:
            reply.problems = (ONLY_THOUGHTS if reply.thoughts else EMPTY,)


async def _fit(turn: TurnState, limit: int) -> tuple[int, bool]:
    """Shrink the transcript until it is within ``limit`` tokens, as far as it goes. Returns its size and
    whether something was given up. Each round gives something up, so the loop ends."""
    shrunk = False
    while (size := await _size(turn, limit)) > limit:
        smaller = transcript.shrink(turn.messages)
        if smaller is None:
            break
        turn.messages[:] = smaller
        shrunk = True
    return size, shrunk


async def _size(turn: TurnState, limit: int) -> int:
    """Prompt tokens: by the server's own count where that matters and the server can count, else estimated.

    An estimate below half of ``limit`` is not worth a request: the prior is never off by a factor of two.
    """
    schemas = [tool.schema for tool in turn.tools]
    estimated = turn.counter.estimate(turn.messages, schemas)
    if estimated < limit // 2:
        return estimated
    counted = await turn.client.count(ModelRequest(tuple(turn.messages), schemas))
    if counted is None:
        return estimated
    turn.counter.learn(estimated, counted)
    return counted


def _clear(reply: Reply) -> None:
    reply.text = reply.thoughts = reply.finish_reason = ""
    reply.usage = None
    reply.native.clear()
