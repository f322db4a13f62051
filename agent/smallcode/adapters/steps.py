"""The steps of a write, by name, for whoever wants one to fail: tests that kill a process or fill a disk.

Whatever writes takes a ``Checkpoint`` and calls it before each of its steps. In use, nothing happens there.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field

Checkpoint = Callable[[str], None]
"""Called with the name of the step that comes next. Raises OSError where that step is to fail."""


def no_checkpoint(step: str) -> None:
    """Nothing happens."""


@dataclass
class Count:
    """A checkpoint that notes the steps."""

    steps: list[str] = field(default_factory=list)

    def __call__(self, step: str) -> None:
        self.steps.append(step)


@dataclass
class KillAt:
    """A checkpoint at whose ``number``-th step, counted from 0, this process dies as by ``kill -9``."""

    number: int
    seen: int = 0

    def __call__(self, step: str) -> None:
        if self.seen == self.number:
            os.kill(os.getpid(), signal.SIGKILL)
        self.seen += 1


@dataclass
class FailAt:
    """A checkpoint at which every step of that name fails with the error number, such as ENOSPC."""

    step: str
    number: int

    def __call__(self, step: str) -> None:
        if step == self.step:
            raise OSError(self.number, os.strerror(self.number))
