"""The turn from top to bottom: prompt, model, calls, results, and again, until the model answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from .. import events as ev
from ..core import prompt, transcript
from ..core.reply import Act, Answer, AskUser, Continue, Correct, classify
from ..core.reply.joining import join
from ..errors import SmallCodeError
from ..messages import Message
from .ask import ask_model
from .calls import carry_out
from .correct import correct, doubted, go_on
from .ends import end_by_limit, limit_reached, told_of
from .planning import begin, heard, settle
from .stream import Reply
from .suit import hint, suit_to_model
from .turn import TurnState

_ENDED: dict[ev.StopReason, str] = {
    "cancelled": "cancelled by the user",
    "failed": "ended by a failure",
    "step_limit": "ended by a limit",
    "stopped": "stopped",
    "done": "done",
}


async def run_turn(turn: TurnState) -> AsyncGenerator[ev.Event, None]:
    """The events of one turn: TurnStarted first, TurnEnded last, always both.

    Cancelling the task that drives the generator ends the turn with ``stop_reason="cancelled"``; the
    transcript is valid afterwards, whatever happened.
    """
    turn.started = turn.clock.monotonic()
    yield ev.TurnStarted(prompt=turn.ask.prompt)
    try:
        async with aclosing(_steps(turn)) as steps:
            async for event in steps:
                yield event
        if turn.take_back_due and turn.take_back is not None:
            taken = await turn.take_back()
            if taken.kept is not None:
                turn.progress.files_changed[:] = taken.kept
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


async def _opened(turn: TurnState) -> list[ev.Event]:
    """Suit the turn to its model and complete the request; what the watchers are told of that."""
    await suit_to_model(turn)
    gathered = await turn.gather(turn.context, await turn.client.info()) if turn.gather else None
    turn.messages[-1] = prompt.user_message(turn.ask, turn.context.budget, gathered, hint(turn))
    turn.test_command = await _test_command(turn)
    notes = gathered.notes if gathered else ()
    told: list[ev.Event] = [ev.Notice(level="warning", message=note) for note in notes]
    if turn.routing is not None:
        routing, names = turn.routing, [tool.name for tool in turn.tools]
        told.append(ev.Routed(category=routing.category, confidence=routing.confidence, tools=names))
    return [*told, *await begin(turn)]


async def _test_command(turn: TurnState) -> str:
    project = turn.context.project
    known = await project.facts() if project is not None else ()
    return next((one.tests.command for one in known if one.tests is not None), "")


async def _steps(turn: TurnState) -> AsyncGenerator[ev.Event, None]:
    # Before the window is known: a turn that fails because it is not leaves the request in the transcript.
    turn.messages.append(prompt.user_message(turn.ask))
    if turn.question:
        yield _ask_back(turn)
        return
    for event in await _opened(turn):
        yield event
    turn.stop_reason = "step_limit"
    for step in range(turn.context.settings.max_steps):
        if limit_reached(turn):
            return
        reply = Reply()
        async with aclosing(ask_model(turn, step, reply)) as replying:
            async for event in replying:
                yield event
        for planned in heard(turn, reply):
            yield planned
        async with aclosing(_respond(turn, reply, step)) as responding:
            async for event in responding:
                yield event
        if turn.stop_reason != "step_limit" or turn.error is not None:
            return
    end_by_limit(turn, "StepLimit", f"{turn.context.settings.max_steps} requests to the model", "max_steps")


async def _respond(turn: TurnState, reply: Reply, step: int) -> AsyncGenerator[ev.Event, None]:
    """Do what the reply calls for. Sets ``turn.stop_reason`` where it ends the turn."""
    outcome = classify(reply.facts(), turn.facts())
    if not isinstance(outcome, Continue):
        reply.text = join(turn.recovery.begun, reply.text).strip()
    turn.text = reply.text or turn.text
    match outcome:
        case Act():
            async with aclosing(_act(turn, reply, step)) as acting:
                async for event in acting:
                    yield event
        case Continue():
            yield go_on(turn, reply, step)
        case Correct():
            for event in await _correct(turn, reply, step, outcome):
                yield event
        case Answer() | AskUser():
            _answer(turn, reply)
            if doubt := _doubt(turn, outcome):
                yield doubted(doubt)


def _doubt(turn: TurnState, outcome: Answer | AskUser) -> str:
    """What the user should know of an answer that is taken, "" for nothing."""
    if isinstance(outcome, AskUser):
        return ""
    return outcome.doubt or turn.planning.remaining(turn.files.known)


async def _act(turn: TurnState, reply: Reply, step: int) -> AsyncGenerator[ev.Event, None]:
    """Carry out the calls. Where none of them could run, or the governors let none through, the exchange
    leaves the transcript and becomes the tail: a model that sees its repetitions goes on repeating."""
    start, moves = len(turn.messages), turn.progress.moves
    turn.messages.append(Message("assistant", reply.text, reply.calls, reasoning=reply.thoughts))
    async with aclosing(carry_out(turn, reply)) as calling:
        async for event in calling:
            yield event
    for planned in await settle(turn):
        yield planned
    if turn.progress.moves > moves:
        turn.recovery.moved()
    ended = turn.stop_reason == "stopped" or turn.error is not None
    spare = not ended and reply.spare == len(reply.calls)
    if spare or reply.valid or ended:
        turn.recovery.over()
    if spare or not (reply.valid or ended):
        turn.recovery.tail = turn.messages[start:]
        del turn.messages[start:]
    if not (reply.valid or ended):
        for event in await _correct(turn, reply, step, Correct("invalid arguments", reply.forms)):
            yield event


async def _correct(turn: TurnState, reply: Reply, step: int, wrong: Correct) -> list[ev.Event]:
    if wrong.kind == "unfinished plan":
        turn.planning.doubted()
    events = correct(turn, reply, step, wrong, (await turn.client.info()).constraints)
    if turn.stop_reason == "done":
        _answer(turn, reply)
    return events


def _answer(turn: TurnState, reply: Reply) -> None:
    """The reply is the turn's answer; one that stands in the thoughts alone is taken from there."""
    turn.text = (reply.text or reply.thoughts).strip()
    turn.recovery.over()
    turn.messages.append(Message("assistant", turn.text, reasoning=reply.thoughts))
    turn.stop_reason = "done"


def _ask_back(turn: TurnState) -> ev.MessageChunk:
    """The turn ends with a question to the user, and without a request to the model."""
    turn.text = turn.question
    turn.messages.append(Message("assistant", turn.text))
    turn.stop_reason = "done"
    return ev.MessageChunk(text=turn.text)


def _leave_valid(turn: TurnState) -> None:
    """A cancelled or failed turn leaves no call without a result and no request without an answer."""
    ended = _ENDED[turn.stop_reason]
    why = transcript.CANCELLED
    if turn.stop_reason != "cancelled":
        why = f"The call did not run: the turn was {ended}."
    turn.messages += transcript.missing_results(turn.messages, why)
    if turn.messages and turn.messages[-1].role != "assistant":
        undone = " Its edits were taken back." if turn.taken_back else ""
        tried = told_of(turn) if turn.stop_reason in ("stopped", "step_limit") else ""
        told = "\n".join(filter(None, [f"The turn was {ended}.{undone}", tried]))
        turn.messages.append(Message("assistant", f"({told})"))
