"""Runs a parser over the corpus: what it finds, what it should not, how long it takes."""

from __future__ import annotations

import signal
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from .judge import ORDER, Verdict, judge
from .values import Call, Case

# Of the offered tools, by the text of the reply: the calls, or whatever the parser raises.
Parse = Callable[[str, Sequence[Mapping[str, Any]]], Sequence[Call]]

# CPU seconds after which a reply is given up, so that one bad input does not stop the run.
LONGEST = 20.0


class TooSlow(BaseException):
    """Not an Exception: a parser that catches all of those must not catch this one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``milliseconds`` are CPU time; ``error`` is what was raised, if anything."""

    case: Case
    found: tuple[Call, ...]
    verdict: Verdict
    milliseconds: float
    error: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """``adversarial`` are milliseconds by the name of the text."""

    positives: tuple[Outcome, ...]
    negatives: tuple[Outcome, ...]
    adversarial: Mapping[str, float] = field(default_factory=dict)
    adversarial_errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def false_positives(self) -> list[Outcome]:
        return [one for one in self.negatives if one.found]

    @property
    def violations(self) -> list[Outcome]:
        """Calls that were run although the reply was cut within one of their values."""
        return [one for one in self.positives if one.case.must_not and one.found]

    @property
    def errors(self) -> list[Outcome]:
        return [one for one in (*self.positives, *self.negatives) if one.error]

    def milliseconds(self) -> list[float]:
        return sorted(one.milliseconds for one in (*self.positives, *self.negatives))


def score(
    parse: Parse,
    positives: Sequence[Case],
    negatives: Sequence[Case],
    adversarial: Mapping[str, str],
    tools: Sequence[Mapping[str, Any]],
    *,
    limit: float = LONGEST,
) -> Scored:
    """``tools`` are offered with the adversarial texts; ``limit`` is in CPU seconds for each reply."""
    times: dict[str, float] = {}
    errors: dict[str, str] = {}
    for name, text in adversarial.items():
        _, times[name], error = _timed(parse, text, tools, limit)
        if error:
            errors[name] = error
    return Scored(
        tuple(_outcome(parse, case, limit) for case in positives),
        tuple(_outcome(parse, case, limit) for case in negatives),
        times,
        errors,
    )


def _outcome(parse: Parse, case: Case, limit: float) -> Outcome:
    found, milliseconds, error = _timed(parse, case.text, case.tools, limit)
    return Outcome(case, found, judge(found, case.expected), milliseconds, error)


def _timed(
    parse: Parse, text: str, tools: Sequence[Mapping[str, Any]], limit: float
) -> tuple[tuple[Call, ...], float, str]:
    # Of the thread: while the timer below runs, the kernel counts the process's time in ticks only.
    began = time.thread_time()
    found: tuple[Call, ...] = ()
    error = ""
    try:
        with _limited(limit):
            found = tuple(parse(text, tools))
    except TooSlow:
        error = f"given up after {limit:g} s"
    except Exception as raised:
        error = f"{type(raised).__name__}: {raised}"[:200]
    return found, 1000 * (time.thread_time() - began), error


@contextmanager
def _limited(limit: float) -> Iterator[None]:
    """A limit in CPU time, where the system has such a timer; elsewhere there is none."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _give_up(_signal: int, _frame: object) -> None:
    raise TooSlow


def at_least(outcomes: Sequence[Outcome], verdict: Verdict) -> float:
    """The share in percent that is at least ``verdict``; 0 where there are none."""
    if not outcomes:
        return 0.0
    least = ORDER.index(verdict)
    return 100 * sum(ORDER.index(one.verdict) >= least for one in outcomes) / len(outcomes)


def percentile(values: Sequence[float], share: float) -> float:
    """By nearest rank, of sorted values."""
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else 0.0
