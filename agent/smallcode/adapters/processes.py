"""A program in a session of its own that ends with everything it started: the platform's part of the shell.

POSIX. Linux tells through /proc which processes belong to a session, so that those which made a process group
of their own (job control) are found as well; elsewhere the program's process group has to do. A process that
makes a session of its own (setsid, a daemon) escapes on purpose; it cannot hold up the caller.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import ShellError

_CHUNK = 65_536
# The most that is read from a pipe after the end; an unprivileged pipe on Linux holds no more (pipe(7)).
_PIPE_LIMIT = 1_048_576
# Seconds between two looks at whether a signal has worked.
_POLL = 0.01
# Seconds that a killed process may take to vanish; one in uninterruptible sleep takes longer.
_REAP_LIMIT = 1.0
# Processes may fork while they are killed; each pass finds the children of the one before.
_KILL_PASSES = 10


@dataclass(frozen=True, slots=True)
class Finished:
    """``status`` is the exit status, negative for a signal, None where the deadline ended the program or it
    could not be ended. ``left_over`` tells that processes it had started were ended with it."""

    status: int | None
    timed_out: bool
    left_over: bool


class ProcessSession:
    """One running program, made by :meth:`start`."""

    def __init__(self, process: asyncio.subprocess.Process, pipe: int, sink: Callable[[bytes], None]) -> None:
        self._process = process
        self._pipe = pipe
        self._sink = sink
        self._reading = True
        asyncio.get_running_loop().add_reader(pipe, self._read)

    @classmethod
    async def start(
        cls, argv: Sequence[str], *, cwd: str, env: Mapping[str, str], sink: Callable[[bytes], None]
    ) -> ProcessSession:
        """Start ``argv`` with no input and both outputs going to ``sink`` as they come.

        Raises ShellError where the platform has no sessions, OSError where the program does not start.
        """
        if os.name != "posix":
            raise ShellError("Shell commands need Linux or macOS.", "On Windows run SmallCode inside WSL.")
        pipe, writing_end = os.pipe()
        try:
            os.set_blocking(pipe, False)
            process = await asyncio.create_subprocess_exec(
                *argv,
                cwd=cwd,
                env=env,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=writing_end,
                stderr=writing_end,
                start_new_session=True,
            )
        except BaseException:
            os.close(pipe)
            raise
        finally:
            os.close(writing_end)
        return cls(process, pipe, sink)

    async def finish(self, timeout: float, grace: float) -> Finished:
        """Wait at most ``timeout`` seconds, then end what is left: SIGTERM, ``grace`` seconds, SIGKILL.

        A cancelled wait ends the processes in the same way.
        """
        timed_out = False
        left_over = False
        try:
            async with asyncio.timeout(timeout):
                await self._process.wait()
        except TimeoutError:
            timed_out = True
        finally:
            left_over = await self._end(grace)
        return Finished(None if timed_out else self._process.returncode, timed_out, left_over)

    def kill(self) -> None:
        """End everything at once; :meth:`finish` returns then."""
        for _ in range(_KILL_PASSES):
            if not self._signal(signal.SIGKILL):
                return

    async def _end(self, grace: float) -> bool:
        deadline = time.monotonic() + grace
        found = left = self._signal(signal.SIGTERM)
        try:
            while left and time.monotonic() < deadline:
                await asyncio.sleep(_POLL)
                left = bool(_living_groups(self._process.pid))
        finally:
            if left:
                self.kill()
            self._drain()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_REAP_LIMIT):
                await self._process.wait()
        return found

    def _signal(self, number: signal.Signals) -> bool:
        """Send a signal to every group of the session; whether there was any."""
        groups = _living_groups(self._process.pid)
        for group in groups:
            # A group may have ended by itself, or consist of programs that run as another user.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(group, number)
        return bool(groups)

    def _read(self) -> None:
        """Take what the pipe holds, one chunk for each turn of the event loop."""
        with contextlib.suppress(BlockingIOError):
            chunk = os.read(self._pipe, _CHUNK)
            if chunk:
                self._sink(chunk)
            else:
                self._close()

    def _drain(self) -> None:
        """Take what was printed before the end. One who escaped may hold the pipe open: wait for nobody."""
        taken = 0
        with contextlib.suppress(BlockingIOError):
            while self._reading and taken < _PIPE_LIMIT:
                chunk = os.read(self._pipe, _CHUNK)
                if not chunk:
                    break
                taken += len(chunk)
                self._sink(chunk)
        self._close()

    def _close(self) -> None:
        if self._reading:
            self._reading = False
            asyncio.get_running_loop().remove_reader(self._pipe)
            os.close(self._pipe)


def _living_groups(leader: int) -> set[int]:
    """The process groups of a session that have a living member.

    The leader's number stays taken as long as one of them lives, so that no stranger is meant.
    """
    try:
        names = os.listdir("/proc")  # noqa: PTH208 - thousands of names, of which few are looked at
    except OSError:
        return {leader} if _group_exists(leader) else set()
    groups: set[int] = set()
    for name in names:
        with contextlib.suppress(ValueError, ProcessLookupError, PermissionError):
            process = int(name)
            if os.getsid(process) == leader and not _is_dead(process):
                groups.add(os.getpgid(process))
    return groups


def _group_exists(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _is_dead(process: int) -> bool:
    """Whether it only waits for its parent to take note; proc_pid_stat(5): the state follows the name."""
    try:
        stat = Path(f"/proc/{process}/stat").read_bytes()
    except OSError:
        return True
    return stat.rpartition(b")")[2].split()[0] in (b"Z", b"X", b"x")
