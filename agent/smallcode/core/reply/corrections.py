"""What each kind of bad reply is told, and what is tried where telling does not help.

A correction is a table entry: the hints for the first and the second reply in a row, then other ways to ask.
Hints are addressed to a small model: what is wrong, what that means, and the one thing to do now. In them,
{evidence} are the facts of this turn, {tools} the names of the offered tools, {writers} those of the tools
that change files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from .facts import Kind


@dataclass(frozen=True, slots=True)
class Change:
    """What differs in the request of a retry. ``warmer`` is added to the temperature: at a low one a model
    says the same again. ``constraint`` is as in ports.ModelRequest."""

    thinking_off: bool = False
    warmer: float = 0.0
    constraint: Literal["free", "required", "shaped"] = "free"


PLAIN = Change()
WARMER = Change(warmer=0.3)
THINK_LESS = Change(thinking_off=True)
THINK_LESS_WARMER = Change(thinking_off=True, warmer=0.3)
REQUIRED = Change(warmer=0.3, constraint="required")
SHAPED = Change(warmer=0.3, constraint="shaped")


@dataclass(frozen=True, slots=True)
class Correction:
    """``ways`` are tried in order, one for each reply in a row that is no progress. ``insists`` says what
    happens when they are used up: the reply is taken as the answer, or the turn stops. ``lasts``: what
    was said stays in the transcript, because the prompt has lost it."""

    hints: tuple[str, str]
    ways: tuple[Change, ...]
    insists: Literal["answer", "stop"] = "stop"
    lasts: bool = False
    for_people: str = ""


_CALL_WAYS = (PLAIN, PLAIN, REQUIRED, SHAPED)
_THINK_WAYS = (THINK_LESS, THINK_LESS, THINK_LESS_WARMER)

CORRECTIONS: Mapping[Kind, Correction] = MappingProxyType(
    {
        "empty reply": Correction(
            (
                "Your reply was empty: no tool was called and nothing was said. Call the next tool now, "
                "or, if all is "
                "done, say so in a sentence.",
                "Your reply was empty again. Reply with one tool call: {tools}. If nothing is left to do, "
                "write one "
                "sentence.",
            ),
            (PLAIN, THINK_LESS, THINK_LESS_WARMER),
            for_people="The reply was empty.",
        ),
        "thoughts alone": Correction(
            (
                "You only thought; no tool was called, so nothing has been done yet. Your last thought: "
                "{evidence}\n"
                "Do it now: call the tool. If nothing is left to do, answer in a sentence.",
                "Again you only thought and did not act. Write no thoughts now: reply with one tool call "
                "({tools}), "
                "or with the answer.",
            ),
            (PLAIN, THINK_LESS, THINK_LESS_WARMER),
            for_people="The model only thought and did nothing.",
        ),
        "endless thoughts": Correction(
            (
                "You thought until the reply was full and gave no answer: no tool was called. Do not think "
                "it all "
                "through: call the one tool that comes next, or answer.",
                "You thought for too long again. Reply at once with one tool call ({tools}) or with the "
                "answer.",
            ),
            _THINK_WAYS,
            for_people="The model thought for too long.",
        ),
        "repetition": Correction(
            (
                "You repeated yourself and were stopped at: {evidence}\nDo not say that again. Call the "
                "tool that "
                "comes next, or give the answer in a few sentences.",
                "You repeated yourself again. Reply with one tool call ({tools}) or one sentence.",
            ),
            _THINK_WAYS,
            for_people="The model repeated itself; the reply was stopped.",
        ),
        "cut call": Correction(
            (
                "The tool call was cut off because the reply became too long; it did not "
                "run.\n{evidence}\nDo less in "
                "one call: change one place at a time, and write a long file in parts: the first part, "
                "then the next "
                "ones behind it.",
                "The tool call was cut off again and did not run. Make a much shorter call: a few lines of "
                "text at "
                "most, then go on with the next call.",
            ),
            (PLAIN, PLAIN, THINK_LESS_WARMER),
            for_people="A tool call was cut off and did not run.",
        ),
        "unreadable call": Correction(
            (
                "The tool call did not run.\n{evidence}\nCall the tool again: the arguments are one JSON "
                "object.",
                "The tool call could not be read again and did not run.\n{evidence}\nWrite one call only, "
                "with short "
                'arguments: one JSON object, with \\n for line ends and \\" for quotes in its strings.',
            ),
            _CALL_WAYS,
            for_people="A tool call could not be read.",
        ),
        "invalid arguments": Correction(
            ("", "Check the names of the arguments against this form before you call it again:\n{evidence}"),
            _CALL_WAYS,
            for_people="No call of the reply could run.",
        ),
        "announcement": Correction(
            (
                "You said what you would do, but no tool was called, so nothing has been done yet. Do it "
                "now: call the "
                "tool.",
                "Still no tool was called. Do not describe the next step; reply with the call of one of "
                "these tools: "
                "{tools}.",
            ),
            _CALL_WAYS,
            for_people="The model announced a step and did not take it.",
        ),
        "needless question": Correction(
            (
                "Yes, go on; the request already asks for it, and what you change can be undone. No tool "
                "was called "
                "yet for it: call the tool now. If all that was asked for is done, say so instead.",
                "Do not ask. Reply with the tool call that does it ({tools}).",
            ),
            (PLAIN, PLAIN),
            insists="answer",
            for_people="The model asked for what it was told to do.",
        ),
        "known answer": Correction(
            (
                "You can look that up yourself: no tool was called yet. The request names: {evidence}. "
                "Find and read "
                "what you need with the tools ({tools}).",
                "The user will not answer that; find it with a tool: {tools}.",
            ),
            (PLAIN, PLAIN),
            insists="answer",
            for_people="The model asked for what it can look up.",
        ),
        "greeting": Correction(
            (
                "You are in the middle of a task. This is the request:\n{evidence}\nGo on with it: call a "
                "tool.",
                "This is the request:\n{evidence}\nReply with one tool call: {tools}.",
            ),
            (PLAIN, PLAIN, WARMER),
            lasts=True,
            for_people="The model lost sight of the request; it was shown again.",
        ),
        "code as prose": Correction(
            (
                "The code in your reply stands in no file: nothing was changed by it. Put it there "
                "yourself by calling "
                "a tool ({writers}); commands are run by a tool too.",
                "Nothing was changed. Reply with the tool call that writes this code into the file: "
                "{writers}.",
            ),
            (PLAIN, PLAIN, REQUIRED, SHAPED),
            insists="answer",
            for_people="The model wrote code into its answer and not into the file.",
        ),
        "nothing changed": Correction(
            (
                "Your reply says that it is done, but no file was changed: no tool that changes one "
                "({writers}) has "
                "succeeded since the request. Make the change now by calling one. If no change is needed, "
                "say why.",
                "Still no file is changed. Call {writers}, or say plainly that you did not make the "
                "change, and why.",
            ),
            (PLAIN, PLAIN),
            insists="answer",
            for_people="The model said it was done, but no file was changed.",
        ),
        "failed change": Correction(
            (
                "Your reply reads as if all were done, but a change failed and was not made since:\n"
                "{evidence}\n"
                "Make it now with a tool ({writers}), with what the error says put right. If it is not "
                "needed any more, say so.",
                "It is still not made:\n{evidence}\nCall {writers}, or say plainly that it was not made.",
            ),
            (PLAIN, PLAIN),
            insists="answer",
            for_people="A change that failed was not made.",
        ),
        "broken file": Correction(
            (
                "It is not yet done. New problems since your changes:\n{evidence}\n"
                "Read the place and put it right by calling a tool.",
                "The errors are still there:\n{evidence}\n"
                "Read the file, then call {writers} to put them right, one at a time; or say plainly that "
                "the file is left broken.",
            ),
            (PLAIN, PLAIN),
            insists="answer",
            for_people="The change left errors in a file.",
        ),
        "unchecked": Correction(
            (
                "{evidence} So it is not known whether it works. Changed so far: {changed}. The request "
                "was:\n{request}\n"
                "Do what of it is not yet done by calling a tool; then run the test{test} or the program "
                "with a tool and read what it prints. If it cannot be run, say so.",
                "{evidence} Changed so far: {changed}. Call a tool now: for what of the request is not yet "
                "done, or to run the test{test}. Or say plainly that it was not tested, or fails.",
            ),
            (PLAIN, PLAIN),
            insists="answer",
            for_people="The model said it was done without a check.",
        ),
        "plan alone": Correction(
            (
                "That is the plan. No tool was called yet, so nothing has been done: call the tool for its "
                "first step now.",
                "The plan is noted already; do not write it again. Reply with one tool call: {tools}.",
            ),
            _CALL_WAYS,
            for_people="The model wrote a plan and did not begin with it.",
        ),
        "unfinished plan": Correction(
            (
                "It is not yet done. Nothing shows that these steps of the plan were carried out:\n"
                "{evidence}\nDo the first of them now by calling a tool. If a step is not needed, say why.",
                "These steps are still open:\n{evidence}\nCall a tool for the first of them, or say plainly "
                "which were not done, and why.",
            ),
            (PLAIN, PLAIN),
            insists="answer",
            for_people="Steps of the plan were not seen to be done.",
        ),
    }
)

# What a reply says was done and the turn does not bear out.
CLAIMS: tuple[Kind, ...] = ("nothing changed", "failed change", "broken file", "unchecked")

# Bad replies in a row, of whatever kinds, and in one turn, after which it ends.
MOST_IN_A_ROW = 5
MOST_IN_A_TURN = 24

# Kinds that are judgements, and can be switched off to measure what each is worth; the others have no
# reply that could be used instead.
SWITCHABLE: tuple[Kind, ...] = (
    "thoughts alone",
    "repetition",
    "announcement",
    "needless question",
    "known answer",
    "greeting",
    "code as prose",
    *CLAIMS,
    "plan alone",
    "unfinished plan",
)


def ladder(kind: Kind, honoured: Sequence[str]) -> tuple[Change, ...]:
    """The ways for a kind, as far as the server honours the constraints. A way that is no other than one
    before it is left out, but for the two hints."""
    ways = CORRECTIONS[kind].ways
    kept = list(ways[:2])
    for way in ways[2:]:
        possible = way if way.constraint in honoured else replace(way, constraint="free")
        if possible not in kept:
            kept.append(possible)
    return tuple(kept)
