"""Calls that are made again: which are the same, how often, and what is done about it.

A loop is known by its results as much as by its calls. Two calls are the same where they differ only in what
is volatile (white space, the spelling of a path, numbers such as offsets and time limits), nothing was
changed between them, and the second told nothing new. Longer cycles (A-B-A-B) are the repetitions of each of
their calls. What changes a file begins everything anew: running the tests again after an edit is work.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from .novelty import is_new, lines_of
from .reply.commands import may_write

# The same call for the nth time: the result with a word, with another way, refused, and the end of the turn.
SHOWN_AT, OTHER_WAY_AT, REFUSED_AT, STOPPED_AT = 2, 3, 4, 6

IDLE_AT_STOP = STOPPED_AT - 2
"""Repetitions in a row, of whatever calls, without which nothing is stopped: who gets on in between does."""

WARMER = 0.2
"""Added to the temperature from the third time on, twice that from the fourth: a cold model says the same."""

_SPACE = re.compile(r"\s+")
# Of a command, the numbers that turn a knob: those of options, of time limits, of stretches of lines. Others
# are what the command is about.
_KNOB = re.compile(r"(?P<knob>\b(?:timeout|sleep)\s+|(?<=\s)-{1,2}[A-Za-z-]*[ =]?)\d+")
_STRETCH = re.compile(r"\b\d+,\d+(?=p\b)")
_HERE = re.compile(r"(?<![\w./])\./(?=\w)")

Step = Literal["go", "same", "other way", "refuse", "done already", "done before", "stop"]


@dataclass(frozen=True, slots=True)
class Repeatable:
    """A call as far as it matters here. ``path`` is the file it names in the workspace's spelling and
    ``version`` that file's at this time, "" for none; ``changes`` says that it is meant to change a file,
    ``command`` is what a shell command runs."""

    name: str
    arguments: Mapping[str, Any]
    path: str = ""
    changes: bool = False
    command: str = ""
    version: str = ""

    @property
    def exact(self) -> str:
        """The same for two calls that ask for the same to the letter, but for white space."""
        return json.dumps([self.name, self._plain(self.arguments)], sort_keys=True, default=str)

    @property
    def loose(self) -> str:
        """The same for two that differ in numbers only. Of a change every letter counts."""
        if self.changes:
            return self.exact
        plain = {
            name: value
            for name, value in self._plain(self.arguments).items()
            if not isinstance(value, int | float) or isinstance(value, bool)
        }
        if self.command:
            plain["command"] = _KNOB.sub(r"\g<knob>0", _STRETCH.sub("0,0", self._value(self.command)))
        return json.dumps([self.name, plain], sort_keys=True, default=str)

    def _plain(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        found = {name: self._value(value) for name, value in arguments.items()}
        return {**found, "path": self.path} if self.path and "path" in found else found

    def _value(self, value: Any) -> Any:
        if self.changes or not isinstance(value, str):
            return value
        return _HERE.sub("", _SPACE.sub(" ", value.strip()))


@dataclass(slots=True)
class _Known:
    """What is remembered of one call: ``epoch`` is the state of the files after it (``Loops._state``),
    ``call_id`` whose result was the last and ``first`` how that began. ``changed`` is whether that one
    changed a file, ``denied`` whether the user did not allow it. ``exact`` and ``lines`` are the calls and
    the lines of results since that state."""

    epoch: str = ""
    times: int = 0
    call_id: str = ""
    changed: bool = False
    denied: bool = False
    first: str = ""
    exact: set[str] = field(default_factory=set)
    lines: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Loops:
    """The calls of one turn. ``before`` and ``after`` are told of each in its order; ``warmth`` is what the
    temperature of the next request should rise by."""

    warmth: float = 0.0
    _epoch: int = 0
    _idle: int = 0
    _revision: int | None = None
    _known: dict[str, _Known] = field(default_factory=dict)

    def before(self, call: Repeatable, revision: int, in_sight: frozenset[str]) -> tuple[Step, int, str]:
        """What to do with a call before it runs: which time it is, and how its last result began.

        One that is not in sight any more is no repetition: it is needed. A change that was made is not needed
        again, but its outcome is ("done before").
        """
        self._see(revision)
        known = self._known.get(call.loose)
        self.warmth = 0.0
        if known is None or known.epoch != self._state(call):
            return "go", 1, ""
        if known.call_id not in in_sight and not (call.changes or known.denied):
            known.times = 0
            return "go", 1, ""
        time = known.times + 1
        step = self._step(call, known, time)
        if step == "done already" and known.call_id not in in_sight:
            return "done before", time, known.first
        self.warmth = 0.0 if time < OTHER_WAY_AT else WARMER if time < REFUSED_AT else 2 * WARMER
        if step in ("refuse", "done already", "stop"):
            known.times = time
            self._idle += 1
        return step, time, known.first

    def _step(self, call: Repeatable, known: _Known, time: int) -> Step:
        exact = call.exact in known.exact
        if time >= STOPPED_AT and self._idle >= IDLE_AT_STOP:
            return "stop"
        if known.denied and exact:
            return "refuse"
        if call.changes and known.changed:
            return "done already"
        # One that only resembles the others gets a chance after the refusal: it may show something new.
        if time == REFUSED_AT or (time > REFUSED_AT and exact):
            return "refuse"
        return "go"

    def after(
        self, call: Repeatable, call_id: str, content: str, *, changed: bool, revision: int
    ) -> tuple[Step, int]:
        """What the model is told after a call that ran: "go" for nothing."""
        if changed:
            self._epoch += 1
        self._revision = revision
        lines = lines_of(content)
        known = self._known.setdefault(call.loose, _Known())
        news, same_state = is_new(lines, known.lines) or not known.call_id, known.epoch == self._state(call)
        repeated = same_state and known.times > 0 and not news
        known.times = known.times + 1 if repeated else 1
        self._idle = self._idle + 1 if repeated else 0
        known.denied = False
        if not same_state:
            known.lines, known.exact = set(), set()
        # A command that may have written and says something new is taken for a change.
        if news and call.command and may_write(call.command):
            self._epoch += 1
        known.changed = changed or (same_state and known.changed)
        known.epoch, known.call_id = self._state(call), call_id
        known.first = next(iter(content.strip().splitlines()), "")
        known.lines |= lines
        known.exact.add(call.exact)
        if not repeated or known.times < SHOWN_AT:
            return "go", known.times
        return ("same" if known.times < OTHER_WAY_AT else "other way"), known.times

    def deny(self, call: Repeatable, why: str) -> None:
        """The user did not allow a call: nobody is asked for the same again before something has changed."""
        known = self._known.setdefault(call.loose, _Known())
        known.epoch, known.times, known.denied, known.first = self._state(call), 1, True, why
        known.exact.add(call.exact)

    def _see(self, revision: int) -> None:
        """What the user changed in the editor begins everything anew."""
        if self._revision is not None and revision != self._revision:
            self._epoch += 1
        self._revision = revision

    def _state(self, call: Repeatable) -> str:
        """What the outcome of a call depends on: for a change, of its own file alone."""
        return call.version if call.changes and call.version else str(self._epoch)
