"""What is looked at of a reply and of the turn it stands in, and what can come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from .request import Task

Kind = Literal[
    "empty reply",
    "thoughts alone",
    "endless thoughts",
    "repetition",
    "cut call",
    "unreadable call",
    "invalid arguments",
    "announcement",
    "needless question",
    "known answer",
    "greeting",
    "code as prose",
    "nothing changed",
    "failed change",
    "broken file",
    "unchecked",
    "plan alone",
    "unfinished plan",
]
"""What was wrong with a reply. Each has its entry in ``corrections.CORRECTIONS``."""

Cut = Literal["", "repetition", "endless thoughts"]
"""Why the harness closed the stream before its end."""

# What stands for a bad reply in the prompt of the retry, where there are no words of it to show. A model may
# repeat them.
NOTHING_SAID = "(no answer)"
UNREADABLE = "(a tool call that could not be read)"
PLACEHOLDERS = frozenset({NOTHING_SAID, UNREADABLE})


@dataclass(frozen=True, slots=True)
class ReplyFacts:
    """``text`` is what the user reads, without markup and thoughts; ``calls`` how many can run;
    ``problems`` are sentences about calls that cannot; ``finish`` is the server's finish_reason."""

    text: str = ""
    thoughts: str = ""
    calls: int = 0
    problems: tuple[str, ...] = ()
    finish: str = "stop"
    cut: Cut = ""


@dataclass(frozen=True, slots=True)
class TurnFacts:
    """``changed`` are the files that this turn has changed by tools; ``wrote_by_command`` says that a
    command ran which may have changed files; ``acted`` that any call ran; ``refused`` that the user did
    not allow something. ``last_run`` is the last command, ``last_run_ok`` how it ended, and
    ``ran_since_change`` whether it came after the last change. ``failed`` says of each file whose change
    did not happen, and was not made up for, why not; ``broken`` of each that was changed the errors that
    this brought. ``told`` counts how often the turn was told of each kind; ``continued`` how often this
    reply was continued already. ``off`` are kinds that are switched off. ``plan_came`` is whether the reply
    is the plan that the model was asked for, ``steps_left`` are the steps of the plan that should have been
    seen to happen and were not, () also where the model was told of them and did nothing since."""

    task: Task
    changed: tuple[str, ...] = ()
    wrote_by_command: bool = False
    acted: bool = False
    refused: bool = False
    last_run: str = ""
    last_run_ok: bool = True
    ran_since_change: bool = False
    failed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    broken: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    told: Mapping[Kind, int] = field(default_factory=lambda: MappingProxyType({}))
    continued: int = 0
    off: frozenset[str] = frozenset()
    plan_came: bool = False
    steps_left: tuple[str, ...] = ()

    @property
    def nothing_done(self) -> bool:
        return not (self.changed or self.wrote_by_command)


@dataclass(frozen=True, slots=True)
class Act:
    """Its calls are carried out."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The turn is done. ``doubt`` is what the user should know of it, "" for nothing."""

    doubt: str = ""


@dataclass(frozen=True, slots=True)
class AskUser:
    """The turn ends with a question that only the user can answer."""


@dataclass(frozen=True, slots=True)
class Continue:
    """The text was cut at the longest reply: the model is asked for the rest."""


@dataclass(frozen=True, slots=True)
class Correct:
    """The reply is no progress. ``evidence`` is what the model is shown to be wrong, in words of the turn."""

    kind: Kind
    evidence: str = ""


Outcome = Act | Answer | AskUser | Continue | Correct
