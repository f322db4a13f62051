"""A reply that is no progress: told, asked for again in another way, and at last given up, all bounded."""

from __future__ import annotations

from collections.abc import Sequence

from .. import events as ev
from ..core.reply import CORRECTIONS, MOST_IN_A_ROW, MOST_IN_A_TURN, Change, Correct, ladder
from ..core.reply.facts import NOTHING_SAID, UNREADABLE
from ..core.reply.joining import join
from ..core.shorten import shorten
from ..messages import Message
from ..ports import Constraint
from .stream import Reply
from .turn import TurnState

# Of a bad reply in the prompt of its retry. Code that was written as prose has to fit, to be copied.
SHOWN_CHARS = 6000
DETAIL_CHARS = 300
REQUEST_CHARS = 2000

GO_ON = (
    "Your answer was cut off at its longest allowed length. Go on exactly where it stops, without repeating "
    "anything."
)


def correct(
    turn: TurnState, reply: Reply, step: int, wrong: Correct, honoured: Sequence[Constraint]
) -> list[ev.Event]:
    """Prepare the next request so that it can come out better, or end the turn.

    The reply and what it is told become the turn's tail, in the place of the tail before. Afterwards
    ``turn.stop_reason`` is "stopped" where there is nothing left to try, "done" where the reply is taken as
    it is.
    """
    recovery, entry = turn.recovery, CORRECTIONS[wrong.kind]
    recovery.row.append(wrong.kind)
    recovery.in_all += 1
    recovery.told[wrong.kind] += 1
    recovery.begun, recovery.continued = "", 0
    ways = ladder(wrong.kind, honoured)
    attempt, times = len(recovery.row), recovery.row.count(wrong.kind)
    if times > len(ways) or attempt > MOST_IN_A_ROW or recovery.in_all > MOST_IN_A_TURN:
        return _give_up(turn, reply, wrong)
    _set_tail(turn, reply, wrong, times)
    # Where kinds take turns, each is told from its first hint on, but asked as firmly as the row is long.
    recovery.change = ways[min(attempt, len(ways)) - 1]
    if attempt == 1:
        recovery.change = recovery.helped.get(wrong.kind, recovery.change)
    if wrong.kind == "endless thoughts" and recovery.told[wrong.kind] > 1:
        recovery.no_thoughts = True
    detail = entry.for_people + _how(recovery.change)
    return [ev.ReplyCorrected(step=step, kind=wrong.kind, attempt=attempt, detail=detail)]


def go_on(turn: TurnState, reply: Reply, step: int) -> ev.Event:
    """Ask for the rest of an answer that was cut."""
    recovery = turn.recovery
    recovery.begun = join(recovery.begun, reply.text)
    recovery.continued += 1
    recovery.tail = [Message("assistant", recovery.begun), Message("user", GO_ON, by_harness=True)]
    detail = "The answer was cut at its longest allowed length; the rest is asked for."
    return ev.ReplyCorrected(step=step, kind="cut text", attempt=recovery.continued, detail=detail)


def doubted(what: str) -> ev.Event:
    """An answer was taken that the turn does not bear out."""
    return ev.Notice(level="warning", message=what, remedy="See what it did before you go on.")


def _set_tail(turn: TurnState, reply: Reply, wrong: Correct, times: int) -> None:
    entry = CORRECTIONS[wrong.kind]
    hint = _filled(turn, entry.hints[min(times, len(entry.hints)) - 1], wrong.evidence)
    if wrong.kind == "invalid arguments":
        # The calls and their results are the tail already: they say what was wrong.
        last = turn.recovery.tail[-1]
        if hint:
            turn.recovery.tail[-1] = Message(
                "tool", f"{last.content}\n\n{hint}", tool_call_id=last.tool_call_id
            )
        return
    shown = reply.text.strip() or (UNREADABLE if reply.problems else NOTHING_SAID)
    told = [
        Message("assistant", shorten(shown, SHOWN_CHARS)),
        Message("user", hint, by_harness=True),
    ]
    if entry.lasts:
        turn.messages += told
        turn.recovery.tail = []
    else:
        turn.recovery.tail = told


def _filled(turn: TurnState, hint: str, evidence: str) -> str:
    tools = ", ".join(tool.name for tool in turn.tools)
    writers = ", ".join(tool.name for tool in turn.tools if tool.category == "write")
    return hint.format(
        evidence=evidence,
        tools=tools,
        writers=writers,
        changed=", ".join(turn.progress.files_changed) or "nothing",
        test=f" ({turn.test_command})" if turn.test_command else "",
        request=shorten(turn.task.prompt, REQUEST_CHARS),
    )


def _how(change: Change) -> str:
    """In a few words, how the model is asked differently."""
    ways = [
        *(["without thoughts"] if change.thinking_off else []),
        *(["at a higher temperature"] if change.warmer else []),
        *(["with a call required"] if change.constraint != "free" else []),
    ]
    return f" Asked again {', '.join(ways)}." if ways else ""


def _give_up(turn: TurnState, reply: Reply, wrong: Correct) -> list[ev.Event]:
    entry = CORRECTIONS[wrong.kind]
    if entry.insists == "answer":
        turn.stop_reason = "done"
        return [doubted(entry.for_people)]
    turn.stop_reason = "stopped"
    times = len(turn.recovery.row)
    row = f"{times} replies in a row" if times > 1 else f"{turn.recovery.in_all} replies in this turn"
    done = (
        f" Changed so far: {', '.join(turn.progress.files_changed)}." if turn.progress.files_changed else ""
    )
    detail = shorten("; ".join(reply.problems), DETAIL_CHARS)
    turn.error = ev.ErrorInfo(
        code="UnusableReply",
        message=f"The model gave {row} that led nowhere. The last: {entry.for_people} {detail}".rstrip()
        + done,
        remedy="Ask in other words or for a smaller step, or take another model.",
    )
    return []
