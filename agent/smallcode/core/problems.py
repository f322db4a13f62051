"""Which errors are new: findings before and after a change, compared as people would.

Line numbers shift with every line put in above, and messages name them, so neither counts: an error is known
by what it says and by the text of its line, and it is new as often as it occurs more often than before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..messages import Problem
from .textdiff import split_lines

_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"\d+")

# An error just outside the changed lines may be theirs: a bracket is missed where the next line begins.
NEAR = 1


@dataclass(frozen=True, slots=True)
class Found:
    """A problem with the ``text`` of its line, without white space around it, and the ``last`` line that it
    covers."""

    problem: Problem
    text: str
    last: int


@dataclass(frozen=True, slots=True)
class Changed:
    """Lines ``first`` to ``last`` of the new text, counted from 1, hold all that differs. Where text was only
    taken away, they are the lines on both sides of the gap."""

    first: int
    last: int

    def touches(self, first: int, last: int) -> bool:
        return first <= self.last + NEAR and last >= self.first - NEAR


def locate(problems: Iterable[Problem], content: str) -> list[Found]:
    """Each problem with the text of its line; one beyond the end of the text is moved to the last line."""
    lines = split_lines(content)
    return [found_in(problem, lines) for problem in problems]


def found_in(problem: Problem, lines: Sequence[str], last: int = 0) -> Found:
    """``last`` is the last line that the problem covers, 0 where it is that of the problem."""
    line = min(max(problem.line, 1), max(len(lines), 1))
    text = lines[line - 1].strip() if lines else ""
    return Found(replace(problem, line=line), text, max(line, min(last, len(lines))))


def new_problems(before: Iterable[Found], after: Iterable[Found]) -> list[Found]:
    """Those of ``after`` that ``before`` does not account for, one for one, by line.

    A checker that stops at its first error shows the next one when the first is gone. That one counts as
    new: nobody has been told of it.
    """
    left = Counter(map(_key, before))
    fresh = []
    for found in sorted(after, key=lambda one: one.problem.line):
        if left[_key(found)] > 0:
            left[_key(found)] -= 1
        else:
            fresh.append(found)
    return fresh


def changed_lines(before: str, after: str) -> Changed:
    """What lies between the longest common beginning and the longest common end of two texts."""
    old, new = split_lines(before), split_lines(after)
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    first, last = head + 1, len(new) - tail
    return Changed(first, last) if first <= last else Changed(max(last, 1), max(min(first, len(new)), 1))


def blamed(found: Iterable[Found], changed: Changed) -> list[Found]:
    """Those that the changed lines touch."""
    return [one for one in found if changed.touches(one.problem.line, one.last)]


def pointed(found: Found, changed: Changed, lines: Sequence[str]) -> Found:
    """A parser gives up somewhere and spoils what is around: an error that begins above the changed lines and
    reaches them is told where they begin."""
    if not found.problem.line < changed.first <= found.last + NEAR:
        return found
    return found_in(replace(found.problem, line=changed.first), lines, found.last)


def distinct(found: Iterable[Found]) -> list[Found]:
    """The first of each line, by line: what a second checker says there is the same in other words."""
    first: dict[int, Found] = {}
    for one in found:
        first.setdefault(one.problem.line, one)
    return [first[line] for line in sorted(first)]


def _key(found: Found) -> tuple[str, str, str]:
    message = _NUMBER.sub("#", _SPACE.sub(" ", found.problem.message).strip())
    return found.problem.source, message, _SPACE.sub(" ", found.text)
