"""The simulated model: a request in, a reply out. Between requests it keeps the dice of its faults alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from .action import Action, Reply
from .chat import read_chat
from .faults import CATALOGUE, Fault, Moment
from .intent import Intent, next_intent, progress
from .look import look
from .planned import asks_for_plan, with_plan
from .rates import (
    BARE_RECOVERY,
    LOOP_PERSISTENCE,
    MOST_ATTEMPTS,
    PATIENCE,
    PLAN_WHEN_ASKED,
    RATES,
    RECOVERY,
)
from .side import answer_aside
from .trajectory import Script
from .voice import hear_voice, spoken


@dataclass(slots=True)
class Pending:
    """A fault that was played for an intent, ``times`` in a row."""

    kind: str
    times: int = 1


@dataclass(slots=True)
class Dice:
    """``multiplier`` scales all rates; ``only`` plays one fault alone at every opportunity. The attempts are
    counted by intent, so that what is drawn does not depend on the harness."""

    task: str
    seed: int = 0
    multiplier: float = 1.0
    only: str | None = None
    recovery: float = RECOVERY
    bare_recovery: float = BARE_RECOVERY
    attempts: Counter[str] = field(default_factory=Counter)
    pending: dict[str, Pending] = field(default_factory=dict)
    cured: set[tuple[str, str]] = field(default_factory=set)

    def key(self, intent: str, attempt: int, kind: str) -> str:
        return f"{self.task}|{intent}|{attempt}|{kind}|{self.seed}"

    def uniform(self, intent: str, attempt: int, kind: str) -> float:
        """In [0, 1), the same for the same task, intent, attempt, kind and seed."""
        digest = sha256(self.key(intent, attempt, kind).encode()).digest()
        return int.from_bytes(digest[:7], "big") / 2**56


@dataclass(frozen=True, slots=True)
class Answer:
    """``fault`` is the kind that was played; ``seen`` are the steps that the prompt shows as done, ``wrong``
    those of them that stand there with a wrong text; ``aside`` names a request beside the work."""

    reply: Reply
    intent: str
    attempt: int = 0
    fault: str = ""
    repeated: bool = False
    corrected: str = ""
    gave_up: bool = False
    aside: str = ""
    seen: frozenset[int] = frozenset()
    wrong: frozenset[int] = frozenset()


def respond(request: Mapping[str, Any], script: Script, dice: Dice) -> Answer:
    """Never raises for a request that the server accepted."""
    chat = read_chat(request)
    voice = hear_voice(chat, request)
    aside = answer_aside(chat, script, dice.key("aside", 0, "loss"), working=voice.form != "plain")
    if aside is not None:
        return Answer(aside.reply, f"aside:{aside.kind}", aside=aside.kind)
    view = look(chat, script)
    intent = next_intent(view)
    attempt = dice.attempts[intent.key]
    dice.attempts[intent.key] += 1
    scene = Moment(intent, view, chat, voice.offered, script, "", voice.form == "native")
    play = _play(scene, attempt, dice)
    reply = play.reply
    if asks_for_plan(chat, script) and dice.uniform("plan", 0, "written") < PLAN_WHEN_ASKED:
        reply = with_plan(reply, script)
    now = progress(view)
    wrong = frozenset(index for index, one in now.evidence.items() if one.state == "wrong")
    return Answer(
        spoken(reply, voice),
        intent.key,
        attempt,
        play.fault,
        play.repeated,
        play.corrected,
        play.gave_up,
        seen=now.done,
        wrong=wrong,
    )


@dataclass(frozen=True, slots=True)
class _Play:
    reply: Reply
    fault: str = ""
    repeated: bool = False
    corrected: str = ""
    gave_up: bool = False


def _play(scene: Moment, attempt: int, dice: Dice) -> _Play:
    """``scene`` is the moment before any fault; each fault gets it with a key of its own."""
    intent = scene.intent
    reply = scene.encode(intent.action)
    if attempt >= MOST_ATTEMPTS:
        return _Play(_given_up(intent), gave_up=True)
    if intent.why == "lost":
        return _Play(reply)

    def moment(kind: str) -> Moment:
        return replace(scene, dice_key=dice.key(intent.key, attempt, f"{kind}:how"))

    if intent.why == "fix":
        return _fix(reply, moment(intent.wrong), attempt, dice)
    pending = dice.pending.get(intent.key)
    corrected = ""
    if pending is not None:
        again = _again(reply, moment(pending.kind), pending, attempt, dice)
        if again is not None:
            return again
        corrected = pending.kind
        del dice.pending[intent.key]
        dice.cured.add((intent.key, corrected))
    for fault in _drawn(intent.key, attempt, dice):
        faulty = fault.apply(reply, moment(fault.kind))
        if faulty is not None:
            dice.pending[intent.key] = Pending(fault.kind)
            return _Play(faulty, fault.kind, corrected=corrected)
    return _Play(reply, corrected=corrected)


def _drawn(key: str, attempt: int, dice: Dice) -> list[Fault]:
    """The faults that the dice allow for this attempt, the least likely roll first."""
    if dice.only is not None:
        return [] if (key, dice.only) in dice.cured else [CATALOGUE[dice.only]]
    rolls = []
    for kind, fixed in RATES.items():
        fault, rate = CATALOGUE[kind], min(fixed * dice.multiplier, 1.0)
        roll = dice.uniform(key, attempt, kind)
        if roll < rate and (key, kind) not in dice.cured:
            rolls.append((roll / rate, kind, fault))
    return [fault for _, _, fault in sorted(rolls, key=lambda one: one[:2])]


def _again(reply: Reply, moment: Moment, pending: Pending, attempt: int, dice: Dice) -> _Play | None:
    """The fault of the last attempt once more, or None where the model corrects itself."""
    fault = CATALOGUE[pending.kind]
    informed = fault.cures(moment.chat.feedback_text, moment)
    if _corrects(fault, informed, moment.intent.key, attempt, dice) or (
        pending.times >= fault.patience and fault.outage
    ):
        return None
    faulty = fault.apply(reply, moment)
    if faulty is None:
        return None
    if pending.times >= fault.patience:
        return _Play(_given_up(moment.intent), fault.kind, True, gave_up=True)
    pending.times += 1
    return _Play(faulty, fault.kind, True)


def _corrects(fault: Fault, informed: bool, key: str, attempt: int, dice: Dice) -> bool:
    if dice.only is not None:
        return informed
    if fault.outage:
        return True
    bare = 1 - LOOP_PERSISTENCE if fault.kind == "loop_entry" else dice.bare_recovery
    chance = dice.recovery if informed else bare
    return dice.uniform(key, attempt, f"correct:{fault.kind}") < chance


def _fix(reply: Reply, moment: Moment, attempt: int, dice: Dice) -> _Play:
    """A wrong text is put right, or the model looks at the file once more and learns nothing from it."""
    fault = CATALOGUE[moment.intent.wrong]
    informed = fault.cures(moment.view.complaints, moment) or bool(
        moment.view.complaints.strip().count("\n") > 2
    )
    if _corrects(fault, informed, moment.intent.key, attempt, dice):
        step = moment.intent.step
        key = f"{step.index}:{step.do}" if step else ""
        dice.pending.pop(key, None)
        dice.cured.add((key, fault.kind))
        return _Play(reply, corrected=fault.kind)
    if attempt >= PATIENCE:
        return _Play(_given_up(moment.intent), fault.kind, True, gave_up=True)
    return _Play(moment.encode(Action("read", moment.intent.action.path)), fault.kind, True)


def _given_up(intent: Intent) -> Reply:
    where = f" in {intent.action.path}" if intent.action.path else ""
    return Reply(
        f"I am sorry, I was not able to complete the change{where}.", finish="stop", action=Action("answer")
    )
