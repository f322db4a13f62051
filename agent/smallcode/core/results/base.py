"""What a filter for the output of one tool is: rules for lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# What a line is worth. The first is dropped as soon as the output is too long, the others from the top down.
NOISE, DETAIL, FAILURE, ESSENTIAL = range(4)

# Code that is not the project's own: what is installed, and what the language brings along.
FOREIGN = (
    r"site-packages|dist-packages|/lib/python3|<frozen |node_modules|node:|/rustc/|\.cargo/registry|/go/src/"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Lines in which ``pattern`` is found are worth ``weight``. The lines after it that no rule fits are
    worth ``then``, until another rule says otherwise; None changes nothing. A rule with ``within`` fits only
    among lines that would otherwise be worth that."""

    pattern: re.Pattern[str]
    weight: int
    then: int | None = None
    within: tuple[int, ...] = ()

    def fits(self, line: str, state: int | None) -> bool:
        return (not self.within or state in self.within) and self.pattern.search(line) is not None


def rule(pattern: str, weight: int, then: int | None = None, *, within: tuple[int, ...] = ()) -> Rule:
    return Rule(re.compile(pattern), weight, then, within)


# ``then`` of a rule after which the lines are no longer the tool's.
END = -1


@dataclass(frozen=True, slots=True)
class ResultFilter:
    """``sign`` is found in some line of every output of the tool, and in no other's. Of several rules that
    fit a line the first counts."""

    name: str
    sign: re.Pattern[str]
    rules: tuple[Rule, ...]

    def weigh(self, lines: Sequence[str]) -> list[int | None] | None:
        """A weight for each line, None for those that are not the tool's; None where the output is not."""
        if not any(self.sign.search(line) for line in lines):
            return None
        weights: list[int | None] = []
        state: int | None = None
        for line in lines:
            found = next((one for one in self.rules if one.fits(line, state)), None)
            weights.append(state if found is None else found.weight)
            if found is not None and found.then is not None:
                state = None if found.then == END else found.then
        return weights


def result_filter(name: str, sign: str, *rules: Rule) -> ResultFilter:
    return ResultFilter(name, re.compile(sign), rules)
