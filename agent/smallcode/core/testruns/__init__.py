"""Test runs: how the project's tests are called, and what came of them, as counts and failures.

The tools' outputs are those that ``core.results`` knows; a runner here reads them for what failed and where.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ..room import Room
from ..shorten import shorten_to
from .base import Failure, Runner, TestRun
from .cargo import CARGO
from .go import GO
from .jest import JEST
from .node_test import NODE_TEST
from .pytest import PYTEST
from .unittest import UNITTEST
from .vitest import VITEST

__all__ = ["RUNNERS", "Failure", "Runner", "TestRun", "render_run", "summary"]

RUNNERS: Mapping[str, Runner] = MappingProxyType(
    {runner.name: runner for runner in (PYTEST, UNITTEST, JEST, VITEST, NODE_TEST, CARGO, GO)}
)


def summary(run: TestRun) -> str:
    """Such as "12 passed, 2 failed"."""
    counts = ((run.passed, "passed"), (run.failed, "failed"), (run.skipped, "skipped"))
    return ", ".join(f"{count} {word}" for count, word in counts if count) or "no test ran"


def render_run(run: TestRun, room: Room) -> str:
    """The counts, and each failure with its place and message; where there is no room for all messages, the
    first failures have theirs and the others their place, and what has no room at all is counted."""
    head = summary(run)
    for with_message in (*_fewer(len(run.failures)), 0):
        text = "\n\n".join([head, *_failures(run.failures, with_message)])
        if room.holds(text):
            return text
    kept = len(run.failures)
    while kept:
        kept = kept * 3 // 4
        more = f"… and {len(run.failures) - kept} more"
        text = "\n\n".join([head, *_failures(run.failures[:kept], 0), more])
        if room.holds(text):
            return text
    return shorten_to(head, room)


def _fewer(count: int) -> Sequence[int]:
    steps = [count]
    while steps[-1] > 1:
        steps.append(steps[-1] * 3 // 4)
    return steps


def _failures(failures: Sequence[Failure], with_message: int) -> list[str]:
    """Blocks: those with a message stand apart, the others are one block of lines."""
    blocks = [
        "\n".join([_head(one), *(f"  {line}" for line in one.message.split("\n") if line)])
        for one in failures[:with_message]
    ]
    rest = [_head(one) for one in failures[with_message:]]
    return [*blocks, "\n".join(rest)] if rest else blocks


def _head(failure: Failure) -> str:
    place = failure.path if failure.line is None else f"{failure.path}:{failure.line}"
    return f"FAILED {failure.name}" + (f" ({place})" if place and place != failure.name else "")
