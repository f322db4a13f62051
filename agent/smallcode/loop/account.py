"""What a reply cost, what its count teaches, and whether the server read all that it was sent."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .. import events as ev
from ..core import tokens
from ..errors import ModelError
from ..messages import Usage
from ..ports import ModelInfo
from .fit import Fitted
from .stream import Reply
from .turn import TurnState

# Of the tokens that a reply was allowed, fewer mean that something else ended it.
FULL = 0.98


@dataclass(frozen=True, slots=True)
class Settled:
    """``cut``: the server dropped a part of the prompt, and its window is a smaller one from now on."""

    events: tuple[ev.Event, ...]
    cut: bool = False


async def settle(turn: TurnState, info: ModelInfo, reply: Reply, step: int, fitted: Fitted) -> Settled:
    """Count what the reply cost and learn from it."""
    usage = reply.usage or Usage()
    size = usage.prompt_tokens or fitted.size
    usage = replace(
        usage,
        requests=1,
        common_tokens=int(fitted.prefix.common * size),
        avoidable_tokens=int(fitted.prefix.avoidable * size),
    )
    turn.usage += usage
    told: list[ev.Event] = []
    cut = _was_cut(turn, fitted, usage)
    if cut:
        told.append(_truncation(info, fitted.size, usage.prompt_tokens))
        lowered, failed = await _lowered(turn, info, usage.prompt_tokens)
        cut, info = lowered.window < info.window, lowered
        told += failed
    elif usage.prompt_tokens:
        turn.counter.learn(fitted.size, usage.prompt_tokens)
        turn.prefix.counted(usage.prompt_tokens)
        if _ran_full(fitted, reply, usage):
            info, failed = await _lowered(turn, info, tokens.just_below(size + usage.completion_tokens))
            told += failed
    finished = ev.RequestFinished(step=step, finish_reason=reply.finish_reason, usage=ev.UsageInfo.of(usage))
    updated = ev.UsageUpdated(
        usage=ev.UsageInfo.of(turn.usage), window=info.window, budget=turn.budget_info(info)
    )
    return Settled((finished, updated, *told), cut)


def _was_cut(turn: TurnState, fitted: Fitted, usage: Usage) -> bool:
    """Whether the server dropped a part of the prompt: it counted far fewer tokens than were sent, or fewer
    than of the request that this one goes on with. One that counts only what it had not read before looks
    the same, but for the figure: the prompt without what it may have known."""
    counted, estimated = usage.prompt_tokens, fitted.size
    if counted <= 0:
        return False
    if not tokens.truncated(estimated, counted) and not tokens.shrank(counted, fitted.prefix.least):
        return False
    known = int(fitted.prefix.common * estimated) or turn.context.budget.fixed
    return not tokens.about(counted, estimated - known)


def _ran_full(fitted: Fitted, reply: Reply, usage: Usage) -> bool:
    """Whether the reply ended at the end of a window that is smaller than was told, and not at a limit that
    the server has for replies."""
    early = reply.finish_reason == "length" and 0 < usage.completion_tokens < fitted.answer * FULL
    return early and tokens.at_window_end(usage.prompt_tokens + usage.completion_tokens)


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
