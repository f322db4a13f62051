"""The shell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ShellResult:
    """``exit_status`` is None where the deadline ended the command. ``output`` is stdout and stderr as
    they came, capped; ``cwd`` is relative to the root ("." at the root); ``notes`` are for the model."""

    exit_status: int | None
    output: str
    timed_out: bool
    cwd: str
    notes: tuple[str, ...] = ()


class Shell(Protocol):
    """One shell per session: folder, variables and functions persist from command to command."""

    async def run(self, command: str, timeout: float) -> ShellResult:
        """``timeout`` in seconds. Raises ShellError."""
        ...

    async def aclose(self) -> None: ...
