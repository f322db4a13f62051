"""The turn from top to bottom: prompt, model, calls, results, and again, until the model answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

from .. import events as ev
from ..core import prompt, transcript
from ..errors import SmallCodeError
from ..messages import Message
from .calls import carry_out
from .reply import Reply, ask_model
from .turn import TurnState

# Replies in a row that held nothing to act on, before the turn stops and says so.
MAX_CORRECTIONS = 2

_ENDED: dict[ev.StopReason, str] = {
    "cancelled": "cancelled by the user",
    "failed": "ended by a failure",
    "step_limit": "ended by its step limit",
    "stopped": "stopped",
    "done": "done",
}


async def run_turn(turn: TurnState) -> AsyncGenerator[ev.Event, None]:
    """The events of one turn: TurnStarted first, TurnEnded last, always both.

    Cancelling the task that drives the generator ends the turn with ``stop_reason="cancelled"``; the
    transcript is valid afterwards, whatever happened.
    """
    yield ev.TurnStarted(prompt=turn.ask.prompt)
    try:
        async with aclosing(_steps(turn)) as steps:
            async for event in steps:
                yield event
        if turn.take_back_due and turn.take_back is not None:
            taken = await turn.take_back()
            turn.files_changed[:] = taken.kept
            turn.taken_back = True
            yield ev.Notice(level="warning", message=taken.message)
    except asyncio.CancelledError:
        turn.stop_reason = "cancelled"
        if (task := asyncio.current_task()) is not None:
            task.uncancel()
    except SmallCodeError as error:
        turn.stop_reason = "failed"
        turn.error = ev.ErrorInfo(code=type(error).__name__, message=error.message, remedy=error.remedy)
    finally:
        _leave_valid(turn)
    yield ev.TurnEnded(
        stop_reason=turn.stop_reason,
        text=turn.text,
        files_changed=turn.files_changed,
        usage=ev.UsageInfo.of(turn.usage),
        error=turn.error,
    )


async def _steps(turn: TurnState) -> AsyncGenerator[ev.Event, None]:
    turn.messages.append(prompt.user_message(turn.ask))
    profile = (await turn.client.info()).profile
    turn.messages[0] = prompt.for_profile(turn.messages[0], profile)
    turn.context = replace(turn.context, profile=profile)
    corrections = 0
    for step in range(turn.context.settings.max_steps):
        reply = Reply()
        async with aclosing(ask_model(turn, step, reply)) as replying:
            async for event in replying:
                yield event
        turn.text = reply.text
        if reply.calls:
            corrections = 0
            turn.messages.append(Message("assistant", reply.text, reply.calls, reasoning=reply.thoughts))
            async with aclosing(carry_out(turn, reply)) as calling:
                async for event in calling:
                    yield event
            if turn.stop_reason == "stopped":
                return
        elif not reply.problems:
            turn.messages.append(Message("assistant", reply.text, reasoning=reply.thoughts))
            turn.stop_reason = "done"
            return
        elif corrections < MAX_CORRECTIONS:
            corrections += 1
            turn.messages += reply.correction()
        else:
            turn.stop_reason = "stopped"
            turn.error = _unusable(reply)
            return
    turn.stop_reason = "step_limit"
    turn.error = ev.ErrorInfo(
        code="StepLimit",
        message=f"The turn was ended after {turn.context.settings.max_steps} requests to the model.",
        remedy="Ask to go on, or raise max_steps.",
    )


def _unusable(reply: Reply) -> ev.ErrorInfo:
    return ev.ErrorInfo(
        code="UnusableReply",
        message=f"The model gave {MAX_CORRECTIONS + 1} replies in a row that could not be used. "
        f"The last: {reply.problems[0]}",
        remedy="Ask in other words or for a smaller step, or take another model.",
    )


def _leave_valid(turn: TurnState) -> None:
    """A cancelled or failed turn leaves no call without a result and no request without an answer."""
    turn.messages += transcript.missing_results(turn.messages)
    if turn.messages and turn.messages[-1].role != "assistant":
        undone = " Its edits were taken back." if turn.taken_back else ""
        turn.messages.append(Message("assistant", f"(The turn was {_ENDED[turn.stop_reason]}.{undone})"))
