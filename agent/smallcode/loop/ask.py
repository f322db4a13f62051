"""Ask the model for one reply, as often as it takes to get a whole one."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import fields

from .. import events as ev
from ..core import tokens, transcript
from ..core.budget import answer_tokens
from ..core.reply import Change
from ..errors import ContextOverflow, ModelRefused, StreamDropped
from ..messages import Usage
from ..ports import ModelInfo, ModelRequest, Thinking
from .read import read, screen
from .stream import Limits, Reply, follow
from .suit import widen
from .turn import TurnState

# How often a prompt is cut and sent again: as many times as transcript.shrink has steps, three that leave
# something out and seven that halve the newest results, which takes 50,000 characters down to 400. A refusal
# costs the server next to nothing, and a count in it corrects the estimate, so that few are needed.
MAX_OVERFLOWS = 10

# Share of the longest reply that is left for the answer, whatever the budget says.
ANSWER_SHARE = 0.25

# What a server draws from unless it is told, and from where a retry gets warmer.
USUAL_TEMPERATURE = 0.2
HIGHEST_TEMPERATURE = 1.0

REPETITION = "repetition"


async def ask_model(turn: TurnState, step: int, reply: Reply) -> AsyncGenerator[ev.Event, None]:
    """Send the transcript, yield what comes back, and leave the outcome in ``reply``.

    A reply that breaks off is asked for again, a prompt that is too large is made smaller and sent again,
    both a bounded number of times. Raises ModelError.
    """
    drops = overflows = 0
    while True:
        # Anew for each attempt: a refusal may have told that the window is smaller.
        info = await turn.client.info()
        answer = answer_tokens(info.window, turn.context.settings.max_answer_tokens)
        limits = _limits(turn, step, answer)
        estimated, shrunk = await _fit(turn, info.window - answer)
        if shrunk:
            yield ev.Notice(
                level="info", message="Older results were left out of the prompt to keep it small."
            )
        request = _request(turn, info, answer)
        yield ev.RequestStarted(step=step, messages=len(request.messages), estimated_tokens=estimated)
        turn.offering.begun = True
        try:
            async with aclosing(follow(turn.client, request, reply, screen(turn), limits)) as following:
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
    info = await _seen(turn, info, reply, estimated)
    for settled in _settle(turn, info, reply, step, estimated):
        yield settled
    read(turn, reply)


def _limits(turn: TurnState, step: int, answer: int) -> Limits:
    """A server may end thoughts before the harness does; a model that thinks although it should not is given
    what the answer leaves."""
    settings = turn.context.settings
    room = int(answer * (1 - ANSWER_SHARE))
    cut_circles = REPETITION not in settings.disable
    return Limits(step, min(settings.thinking_budget or room, room), cut_circles)


def _request(turn: TurnState, info: ModelInfo, answer: int) -> ModelRequest:
    """The transcript and its tail, asked for in the way that the last correction calls for."""
    change = turn.recovery.change
    off = change.thinking_off or turn.recovery.no_thoughts
    think = Thinking(enabled=False) if off else None
    return ModelRequest(
        tuple(turn.prompt),
        [tool.schema for tool in turn.tools],
        answer,
        _temperature(turn, info, change),
        think,
        change.constraint,
    )


def _temperature(turn: TurnState, info: ModelInfo, change: Change) -> float | None:
    """The settings', as the governors shift it and a correction warms it; None leaves it to the profile."""
    base = turn.context.settings.temperature
    shift = sum(governor.temperature_shift for governor in turn.governors)
    if not (shift or change.warmer):
        return base
    if base is None:
        base = info.profile.sampling.get("temperature", USUAL_TEMPERATURE)
    base = round(max(0.0, base + shift), 3)
    if not change.warmer:
        return base
    return max(base, min(base + change.warmer, HIGHEST_TEMPERATURE))


def _broke_off(reply: Reply, error: StreamDropped | ModelRefused) -> bool:
    """Whether it was the reply that failed: it had begun. What fails before, the client has tried again
    already. A server may also give up a reply with an error, as llama.cpp does where the model's next token
    does not fit the grammar of a call; the model will say something else."""
    return reply.begun and (isinstance(error, StreamDropped) or error.status >= 500)


async def _seen(turn: TurnState, info: ModelInfo, reply: Reply, estimated: int) -> ModelInfo:
    """What is known of the server after a reply: one that dropped a part of the prompt has a smaller window
    than it told. Raises ModelError."""
    if reply.usage and tokens.truncated(estimated, reply.usage.prompt_tokens):
        return await turn.client.lower_window(reply.usage.prompt_tokens)
    return info


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
    return events


def _truncation(info: ModelInfo, estimated: int, counted: int) -> ev.Notice:
    return ev.Notice(
        level="warning",
        message=f"{info.address} read {counted} tokens of a prompt of about {estimated}: it drops the "
        "front of a prompt that is too large, instructions and tools first.",
        remedy="Give the model a larger context in the server (Ollama: num_ctx), or set context_window to "
        "what it really has.",
    )


async def _fit(turn: TurnState, limit: int) -> tuple[int, bool]:
    """Shrink the transcript until it is within ``limit`` tokens, and an estimate with its margin, as far as
    it goes. Returns its size and whether something was given up. Each round gives something up, so the loop
    ends."""
    shrunk = False
    while True:
        size, margin = await _size(turn, limit)
        if size + margin <= limit:
            break
        smaller = transcript.shrink(turn.messages)
        if smaller is None:
            break
        turn.messages[:] = smaller
        shrunk = True
        await widen(turn)
    return size, shrunk


async def _size(turn: TurnState, limit: int) -> tuple[int, int]:
    """Prompt tokens, and how many more they may be: by the server's own count where that matters and the
    server can count, else estimated.

    An estimate below half of ``limit`` is not worth a request: the prior is never off by a factor of two.
    """
    schemas = [tool.schema for tool in turn.tools]
    estimated = turn.counter.estimate(turn.prompt, schemas)
    if estimated < limit // 2:
        return estimated, 0
    counted = await turn.client.count(ModelRequest(tuple(turn.prompt), schemas))
    if counted is None:
        return estimated, turn.counter.margin(estimated)
    turn.counter.learn(estimated, counted)
    return counted, 0


def _clear(reply: Reply) -> None:
    fresh = Reply()
    for entry in fields(Reply):
        setattr(reply, entry.name, getattr(fresh, entry.name))
