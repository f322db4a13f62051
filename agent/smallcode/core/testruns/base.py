"""What a test runner is: how it is called, and how what it printed is read."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..results.base import FOREIGN

# Lines of what a failed test says.
MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class Failure:
    """``path`` is as the runner printed it, ``line`` counts from 1; "" and None where it told neither.
    ``message`` may have several lines."""

    name: str
    path: str = ""
    line: int | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class TestRun:
    """``failed`` counts errors too: it may be more than there are ``failures``, of which a runner tells no
    more than its output holds."""

    __test__ = False  # The name looks like a test class to pytest.

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    failures: tuple[Failure, ...] = ()

    @property
    def ran(self) -> int:
        return self.passed + self.failed + self.skipped


@dataclass(frozen=True, slots=True)
class Runner:
    """``command`` makes the command of the project's own one (``base``), a file or folder and a filter by
    name, both "" for all tests. ``read`` gives None for output that tells no result. ``missing`` is found in
    the output where the runner is not installed, ``nothing`` where it found no test."""

    name: str
    command: Callable[[str, str, str], str]
    read: Callable[[str], TestRun | None]
    missing: re.Pattern[str]
    nothing: re.Pattern[str]


_FOREIGN = re.compile(FOREIGN)


def is_foreign(path: str) -> bool:
    """Whether a file is not the project's own."""
    return _FOREIGN.search(path) is not None


def words(*parts: str) -> str:
    """A command of a base, which stands as it is, and arguments, which are quoted; "" is left out."""
    base, *arguments = parts
    return " ".join([base, *(shlex.quote(part) for part in arguments if part)])


def number(text: str, pattern: str) -> int:
    """The number that stands at the only group of a pattern, 0 where it is not found."""
    found = re.search(pattern, text)
    return int(found[1]) if found else 0


def told(lines: Sequence[str]) -> str:
    """The message of a failure: its first lines, without blank ones and without their common indent."""
    kept = [line.rstrip() for line in lines if line.strip()]
    indent = min((len(line) - len(line.lstrip()) for line in kept), default=0)
    shown = [line[indent:] for line in kept[:MOST_LINES]]
    return "\n".join([*shown, "…"] if len(kept) > MOST_LINES else shown)
