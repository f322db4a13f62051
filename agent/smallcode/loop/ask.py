"""Ask the model for one reply, as often as it takes to get a whole one."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field, fields

from .. import events as ev
from ..core.reply import Change
from ..errors import ContextOverflow, ModelRefused, PromptTooLarge, StreamDropped
from ..ports import ModelInfo, ModelRequest, Thinking
from .account import settle
from .fit import Fitted, fit
from .read import read, screen
from .stream import Limits, Reply, follow
from .suit import divide
from .turn import TurnState

# How often a prompt that the server refused is made smaller and sent again, and to which shares of the limit.
AFTER_OVERFLOW = (0.8, 0.6, 0.4)

# How often a reply to a prompt that the server had cut is asked for again, each time for a smaller window.
MOST_CUTS = 2

# What an answer gets at least where the prompt cannot be made any smaller.
LEAST_ANSWER = 256

# Share of the longest reply that is left for the answer, whatever the budget says.
ANSWER_SHARE = 0.25

# What a server draws from unless it is told, and from where a retry gets warmer.
USUAL_TEMPERATURE = 0.2
HIGHEST_TEMPERATURE = 1.0

REPETITION = "repetition"


@dataclass(slots=True)
class _Tries:
    """How often what went wrong with the reply of a step; ``refused`` is the size of the prompt that was
    refused first, ``fitted`` the newest prompt."""

    step: int
    drops: int = 0
    overflows: int = 0
    cuts: int = 0
    refused: int = 0
    fitted: Fitted = field(default_factory=Fitted)


async def ask_model(turn: TurnState, step: int, reply: Reply) -> AsyncGenerator[ev.Event, None]:
    """Send the transcript, yield what comes back, and leave the outcome in ``reply``.

    A reply that breaks off is asked for again, a prompt that is too large is made smaller and sent again,
    both a bounded number of times. Raises ModelError, WindowTooSmall, PromptTooLarge.
    """
    tries = _Tries(step)
    whole = False
    while not whole:
        # Anew for each attempt: a refusal may have told that the window is smaller.
        info = await turn.client.info()
        divide(turn, info)
        fitted = tries.fitted = await _fitted(turn, info, tries)
        for event in fitted.events:
            yield event
        request = _request(turn, info, fitted.answer)
        fitted.prefix = turn.prefix.next(turn.messages, request.messages, request.tools)
        yield ev.RequestStarted(step=step, messages=len(request.messages), estimated_tokens=fitted.size)
        turn.offering.begun = True
        limits = _limits(turn, step, fitted.answer)
        try:
            async with aclosing(follow(turn.client, request, reply, screen(turn), limits)) as following:
                async for event in following:
                    yield event
        except ModelRefused as error:
            yield _after_refusal(turn, info, reply, tries, error)
        except StreamDropped as error:
            yield _after_drop(turn, reply, tries, error)
        else:
            settled = await settle(turn, info, reply, step, fitted)
            for event in settled.events:
                yield event
            whole = not settled.cut or tries.cuts == MOST_CUTS
            if not whole:
                # It was said without the instructions, or without a part of what it is about.
                tries.cuts += 1
                _clear(reply)
                yield ev.ReplyDiscarded(step=step, reason="The server had dropped a part of the prompt.")
    read(turn, reply)


async def _fitted(turn: TurnState, info: ModelInfo, tries: _Tries) -> Fitted:
    answer = turn.context.budget.answer
    limit = info.window - answer
    if tries.overflows:
        limit = int(min(limit, tries.refused) * AFTER_OVERFLOW[tries.overflows - 1])
    fitted = await fit(turn, limit, again=tries.overflows > 0)
    fitted.answer = _answer_beside(fitted, info, answer)
    return fitted


def _after_refusal(
    turn: TurnState, info: ModelInfo, reply: Reply, tries: _Tries, error: ModelRefused
) -> ev.Event:
    """What is told where it is tried again; raises the error where it is not."""
    if not isinstance(error, ContextOverflow):
        return _after_drop(turn, reply, tries, error)
    tries.overflows += 1
    if tries.overflows > len(AFTER_OVERFLOW):
        raise error
    tries.refused = tries.refused or tries.fitted.size
    turn.counter.learn(tries.fitted.size, _counted(error, info, tries.fitted.size))
    _clear(reply)
    return ev.Notice(level="warning", message=f"{error.message} Sending less.")


def _after_drop(
    turn: TurnState, reply: Reply, tries: _Tries, error: StreamDropped | ModelRefused
) -> ev.Event:
    tries.drops += 1
    if tries.drops > turn.context.settings.max_retries or not _broke_off(reply, error):
        raise error
    _clear(reply)
    return ev.ReplyDiscarded(step=tries.step, reason=error.message)


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


def _clear(reply: Reply) -> None:
    fresh = Reply()
    for entry in fields(Reply):
        setattr(reply, entry.name, getattr(fresh, entry.name))
