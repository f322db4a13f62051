"""Ask the model for one reply, as often as it takes to get a whole one."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import fields, replace

from .. import events as ev
from ..core import tokens
from ..core.reply import Change
from ..errors import ContextOverflow, ModelError, ModelRefused, PromptTooLarge, StreamDropped
from ..messages import Usage
from ..ports import ModelInfo, ModelRequest, Thinking
from .fit import Fitted, fit
from .read import read, screen
from .stream import Limits, Reply, follow
from .turn import TurnState
from .window import divide

# How often a prompt that the server refused is made smaller and sent again, and to which shares of the limit.
AFTER_OVERFLOW = (0.8, 0.6, 0.4)

# What an answer gets at least where the prompt cannot be made any smaller.
LEAST_ANSWER = 256

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
    drops = overflows = refused = 0
    while True:
        # Anew for each attempt: a refusal may have told that the window is smaller.
        info = await turn.client.info()
        divide(turn, info)
        answer = turn.context.budget.answer
        limit = info.window - answer
        if overflows:
            limit = int(min(limit, refused) * AFTER_OVERFLOW[overflows - 1])
        fitted = await fit(turn, limit, again=overflows > 0)
        for event in fitted.events:
            yield event
        answer = _answer_beside(fitted, info, answer)
        limits = _limits(turn, step, answer)
        request = _request(turn, info, answer)
        fitted.prefix = turn.prefix.next(turn.messages, request.messages, request.tools)
        yield ev.RequestStarted(step=step, messages=len(request.messages), estimated_tokens=fitted.size)
        try:
            async with aclosing(follow(turn.client, request, reply, screen(turn), limits)) as following:
                async for event in following:
                    yield event
            break
        except ContextOverflow as error:
            overflows += 1
            if overflows > len(AFTER_OVERFLOW):
                raise
            refused = refused or fitted.size
            turn.counter.learn(fitted.size, _counted(error, info, fitted.size))
            _clear(reply)
            yield ev.Notice(level="warning", message=f"{error.message} Sending less.")
        except (StreamDropped, ModelRefused) as error:
            drops += 1
            if drops > turn.context.settings.max_retries or not _broke_off(reply, error):
                raise
            _clear(reply)
            yield ev.ReplyDiscarded(step=step, reason=error.message)
    for settled in await _settle(turn, info, reply, step, fitted):
        yield settled
    read(turn, reply)


def _counted(error: ContextOverflow, info: ModelInfo, estimated: int) -> int:
    """Tokens of a prompt that was refused, 0 where nothing is known of them. Without a figure it is known all
    the same that there are more than the window has, if that is the window; where the estimate is far below
    it, it may not be."""
    if error.prompt_tokens is not None:
        return error.prompt_tokens
    return info.window if 2 * estimated >= info.window else 0


def _answer_beside(fitted: Fitted, info: ModelInfo, answer: int) -> int:
    """What the answer may take. Raises PromptTooLarge where nothing more can be given up and the rest of the
    window is too little for one."""
    left = info.window - fitted.most
    if left < LEAST_ANSWER:
        raise PromptTooLarge(
            f"The request takes about {fitted.size:,} of the {info.window:,} tokens of the model's window, "
            "and nothing more can be left out of it."
        )
    return min(answer, left)


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


async def _settle(
    turn: TurnState, info: ModelInfo, reply: Reply, step: int, fitted: Fitted
) -> list[ev.Event]:
    """Count what the reply cost, learn from it, and say so if the server read less than it was sent."""
    usage = reply.usage or Usage()
    size = usage.prompt_tokens or fitted.size
    usage = replace(
        usage,
        requests=1,
        common_tokens=int(fitted.prefix.common * size),
        avoidable_tokens=int(fitted.prefix.avoidable * size),
    )
    turn.usage += usage
    events: list[ev.Event] = []
    if usage.prompt_tokens:
        if _was_cut(turn, fitted.size, usage):
            events.append(_truncation(info, fitted.size, usage.prompt_tokens))
            info, failed = await _lowered(turn, info, usage.prompt_tokens)
            events += failed
        else:
            turn.counter.learn(fitted.size, usage.prompt_tokens)
    return [
        ev.RequestFinished(step=step, finish_reason=reply.finish_reason, usage=ev.UsageInfo.of(usage)),
        ev.UsageUpdated(usage=ev.UsageInfo.of(turn.usage), window=info.window, budget=turn.budget_info(info)),
        *events,
    ]


def _was_cut(turn: TurnState, estimated: int, usage: Usage) -> bool:
    """Whether the server dropped a part of the prompt. One that counts only what it had not read before
    looks the same, but for the figure: the prompt without what it may have known."""
    if not tokens.truncated(estimated, usage.prompt_tokens):
        return False
    known = (usage.common_tokens * estimated // max(usage.prompt_tokens, 1), turn.context.budget.fixed)
    return not any(tokens.about(usage.prompt_tokens, estimated - one) for one in known if one)


async def _lowered(turn: TurnState, info: ModelInfo, read: int) -> tuple[ModelInfo, list[ev.Event]]:
    """The window that is in force from now on. A server that does not answer costs no reply that came."""
    try:
        return await turn.client.lower_window(read), []
    except ModelError as error:
        return info, [ev.Notice(level="warning", message=error.message, remedy=error.remedy)]


def _truncation(info: ModelInfo, estimated: int, counted: int) -> ev.Notice:
    return ev.Notice(
        level="warning",
        message=f"{info.address} read {counted} tokens of a prompt of about {estimated}: it drops the "
        "front of a prompt that is too large, instructions and tools first.",
        remedy="Give the model a larger context in the server (Ollama: num_ctx), or set context_window to "
        "what it really has.",
    )


def _clear(reply: Reply) -> None:
    fresh = Reply()
    for entry in fields(Reply):
        setattr(reply, entry.name, getattr(fresh, entry.name))
