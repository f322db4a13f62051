"""A harness's process: a home of its own, no network but loopback, and limits that hold."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Ended = Literal["exit", "time limit", "request limit", "not started", "broken off"]

POLL_S = 0.05
COUNT_EVERY_S = 0.5
# How long a process may take to end when it is told to, before it is killed. Seconds.
GRACE_S = 2.0
TAIL_CHARS = 2000

# Nothing listens on the discard port, so that a client that honours proxies cannot leave the machine.
NOWHERE = "http://127.0.0.1:9"


@dataclass(frozen=True, slots=True)
class Exit:
    """``status`` is the exit status, minus the signal where one ended it, None where nothing was started.
    ``output`` and ``errors`` are the ends of what was written."""

    ended: Ended
    status: int | None
    wall_s: float
    output: str
    errors: str


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of one run. The names have the same length in each, so that prompts do too."""

    base: Path

    @property
    def workspace(self) -> Path:
        return self.base / "project"

    @property
    def home(self) -> Path:
        return self.base / "home"

    def make(self) -> None:
        for path in (self.home, self.base / "tmp", self.base / "log"):
            path.mkdir(parents=True)

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """Nothing of the caller's but the search path."""
        home = str(self.home)
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": home,
            "USERPROFILE": home,
            "XDG_CONFIG_HOME": f"{home}/.config",
            "XDG_DATA_HOME": f"{home}/.local/share",
            "XDG_STATE_HOME": f"{home}/.local/state",
            "XDG_CACHE_HOME": f"{home}/.cache",
            "TMPDIR": str(self.base / "tmp"),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "TERM": "dumb",
            "NO_COLOR": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "http_proxy": NOWHERE,
            "https_proxy": NOWHERE,
            "HTTP_PROXY": NOWHERE,
            "HTTPS_PROXY": NOWHERE,
            "no_proxy": "127.0.0.1,localhost",
            "NO_PROXY": "127.0.0.1,localhost",
            **more,
        }


def run_process(
    command: Sequence[str],
    place: Place,
    environment: Mapping[str, str],
    *,
    time_limit_s: float,
    request_limit: int,
    requests: Callable[[], int],
    stop: threading.Event,
) -> Exit:
    """Run ``command`` in the workspace until it ends or passes a limit; nothing of its group outlives it.

    ``requests`` tells how many requests the run has made so far; ``stop`` breaks it off.
    """
    out, err = place.base / "log" / "out", place.base / "log" / "err"
    begun = time.monotonic()
    with out.open("wb") as stdout, err.open("wb") as stderr:
        try:
            process = subprocess.Popen(
                command,
                cwd=place.workspace,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                start_new_session=True,
            )
        except OSError as error:
            return Exit("not started", None, 0.0, "", f"{command[0]}: {error.strerror}")
        try:
            ended = _watch(process, begun + time_limit_s, request_limit, requests, stop)
        finally:
            _end(process)
    wall = time.monotonic() - begun
    return Exit(ended, process.returncode, wall, _tail(out), _tail(err))


def _watch(
    process: subprocess.Popen[bytes],
    deadline: float,
    request_limit: int,
    requests: Callable[[], int],
    stop: threading.Event,
) -> Ended:
    count_at = time.monotonic() + COUNT_EVERY_S
    while process.poll() is None:
        now = time.monotonic()
        if stop.is_set():
            return "broken off"
        if now >= deadline:
            return "time limit"
        if now >= count_at:
            if requests() > request_limit:
                return "request limit"
            count_at = now + COUNT_EVERY_S
        time.sleep(POLL_S)
    return "exit"


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the whole group: first politely, so that the harness can end what it started elsewhere."""
    if process.poll() is None:
        _signal_group(process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(GRACE_S)
    _signal_group(process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    process.wait()


def _signal_group(pid: int, number: int) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, number)
    else:
        with contextlib.suppress(OSError):
            os.kill(pid, number)


def _tail(path: Path) -> str:
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 4 * TAIL_CHARS))
        return file.read().decode("utf-8", "replace")[-TAIL_CHARS:]
