"""From a reply to its outcome: a table of signals, the first that fits decides."""

from __future__ import annotations

from collections.abc import Callable

from . import phrases
from .corrections import CORRECTIONS
from .facts import (
    PLACEHOLDERS,
    Act,
    Answer,
    AskUser,
    Continue,
    Correct,
    Kind,
    Outcome,
    ReplyFacts,
    TurnFacts,
)

# Times that a cut text is asked to go on.
MOST_CONTINUATIONS = 2

# Kinds of a reply that ends the turn with a claim: told twice in a turn, then the claim is taken with a
# doubt.
MOST_TOLD = 2

Signal = Callable[[ReplyFacts, TurnFacts], Outcome | None]


def classify(reply: ReplyFacts, turn: TurnFacts) -> Outcome:
    """What comes of the reply. Pure; never raises."""
    for signal in SIGNALS:
        outcome = signal(reply, turn)
        if outcome is None or (isinstance(outcome, Correct) and outcome.kind in turn.off):
            continue
        return outcome
    return Answer()


def _said(reply: ReplyFacts) -> str:
    text = reply.text.strip()
    return "" if text in PLACEHOLDERS else text


def _calls(reply: ReplyFacts, turn: TurnFacts) -> Outcome | None:
    return Act() if reply.calls else None


def _circles(reply: ReplyFacts, turn: TurnFacts) -> Outcome | None:
    return Correct(reply.cut, _last_words(reply.text or reply.thoughts)) if reply.cut else None


def _broken_call(reply: ReplyFacts, turn: TurnFacts) -> Outcome | None:
    if not reply.problems:
        return None
    return Correct("cut call" if reply.finish == "length" else "unreadable call", "\n".join(reply.problems))


def _nothing(reply: ReplyFacts, turn: TurnFacts) -> Outcome | None:
    """No text: thoughts that ran into the limit, that are the answer, or that plan what was not done."""
    if _said(reply):
        return None
    if not reply.thoughts.strip():
        return Correct("empty reply")
    if reply.finish == "length":
        return Correct("endless thoughts")
    unfinished = turn.task.wants_change and turn.nothing_done and not turn.refused
    if phrases.announces(reply.thoughts) or (unfinished and not phrases.questions(reply.thoughts)):
        return Correct("thoughts alone", _last_words(reply.thoughts))
    return None


def _cut_text(reply: ReplyFacts, turn: TurnFacts) -> Outcome | None:
    if reply.finish != "length" or not _said(reply):
        return None
    if turn.continued < MOST_CONTINUATIONS:
        return Continue()
    return Answer("The reply was cut at its longest allowed length.")


def _greeting(reply: ReplyFacts, turn: TurnFacts) -> Outcome | None:
    if turn.task.small_talk or not phrases.greets(reply.text) or phrases.claims_done(reply.text):
        return None
    return Correct("greeting", turn.task.prompt)


def _announcement(reply: ReplyFacts, turn: TurnFacts) -> Outcome | None:
    if turn.task.plans and not turn.task.wants_change:
        return None
    return Correct("announcement") if phrases.announces(reply.text) else None


def _plan_alone(reply: ReplyFacts, turn: TurnFacts) -> Outcome | None:
    """A plan was asked for and is all that came."""
    begun = not turn.task.wants_change or not turn.nothing_done
    return None if begun or not turn.plan_came else Correct("plan alone")


def _question(reply: ReplyFacts, turn: TurnFacts) -> Outcome | None:
    """A question to which the request has the answer is told so; any other is the user's."""
    text = reply.text
    at_work = turn.task.wants_change or bool(turn.task.names)
    if at_work and not turn.acted and phrases.wants_files(text):
        return Correct("known answer", ", ".join(turn.task.names) or "no file, so search")
    if not phrases.questions(text):
        return None
    if turn.task.wants_change and not turn.refused and not phrases.is_destructive(text):
        wanted = phrases.asks_permission(text)
        over = bool(turn.changed) and phrases.claims_done(text)
        if (wanted == "proceed" and not over) or (wanted == "offer" and turn.nothing_done):
            return Correct("needless question")
    return AskUser()


def _code_as_prose(reply: ReplyFacts, turn: TurnFacts) -> Outcome | None:
    if not turn.task.wants_change or turn.refused or not phrases.fences(reply.text):
        return None
    handed_over = phrases.hands_over_code(reply.text)
    if turn.nothing_done or (handed_over and not phrases.claims_done(reply.text)):
        return Correct("code as prose")
    return None


def _nothing_changed(reply: ReplyFacts, turn: TurnFacts) -> Outcome | None:
    if not (turn.task.wants_change and turn.nothing_done) or turn.refused:
        return None
    if not phrases.claims_done(reply.text):
        return None
    return _told(turn, "nothing changed", "")


def _failed_change(reply: ReplyFacts, turn: TurnFacts) -> Outcome | None:
    """What failed is not to be passed over in silence; an answer that tells of it is honest."""
    if not (turn.failed and turn.task.wants_change) or turn.refused or phrases.admits_failure(reply.text):
        return None
    return _told(turn, "failed change", "\n".join(f"{path}: {why}" for path, why in turn.failed.items()))


def _broken_file(reply: ReplyFacts, turn: TurnFacts) -> Outcome | None:
    if not turn.broken or turn.refused or phrases.admits_failure(reply.text):
        return None
    return _told(turn, "broken file", "\n".join(turn.broken.values()))


def _unfinished_plan(reply: ReplyFacts, turn: TurnFacts) -> Outcome | None:
    """Steps that should have been seen to happen were not. An answer that says why is taken."""
    if not turn.steps_left or turn.refused or phrases.admits_failure(reply.text):
        return None
    if phrases.says_needless(reply.text):
        return None
    return _told(turn, "unfinished plan", "\n".join(turn.steps_left))


def _unchecked(reply: ReplyFacts, turn: TurnFacts) -> Outcome | None:
    """Tests were to run, or are said to pass, and what was done does not bear it out."""
    checked = phrases.claims_checked(reply.text)
    if not turn.changed or turn.refused or not (turn.task.wants_check or checked):
        return None
    if phrases.admits_failure(reply.text) and not checked:
        return None
    changed = ", ".join(turn.changed)
    if not turn.ran_since_change:
        return _told(turn, "unchecked", f"No command has run since {changed} was changed.")
    if not turn.last_run_ok:
        return _told(turn, "unchecked", f"The last command failed: {turn.last_run}")
    return None


def _told(turn: TurnFacts, kind: Kind, evidence: str) -> Outcome:
    if turn.told.get(kind, 0) >= MOST_TOLD:
        return Answer(f"{CORRECTIONS[kind].for_people} {evidence}".strip())
    return Correct(kind, evidence)


# Of a text that is shown to the model again: its end, in characters.
LAST_WORDS = 240


def _last_words(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LAST_WORDS else f"… {words[-LAST_WORDS:]}"


SIGNALS: tuple[Signal, ...] = (
    _calls,
    _circles,
    _broken_call,
    _nothing,
    _cut_text,
    _greeting,
    _plan_alone,
    _announcement,
    _question,
    _code_as_prose,
    _nothing_changed,
    _failed_change,
    _broken_file,
    _unfinished_plan,
    _unchecked,
)
