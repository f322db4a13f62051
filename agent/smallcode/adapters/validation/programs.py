"""Running a checker: argv, the text by stdin, a folder of its own, ended with all that it started."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..programs import find_program

# What would make a program load code or settings that are none of its business here.
_LOADERS = ("BASH_ENV", "ENV", "NODE_OPTIONS", "NODE_PATH", "RUBYOPT", "RUBYLIB", "PHPRC", "PHP_INI_SCAN_DIR")

# Seconds that a killed program may take to vanish.
_REAP_LIMIT = 1.0


@dataclass(frozen=True, slots=True)
class Done:
    """How a program ended; a negative ``status`` is a signal."""

    status: int
    stdout: str
    stderr: str


class Programs:
    """Programs that are installed on this machine, for the workspace at ``root``."""

    def __init__(self, root: str) -> None:
        self.root = Path(root)

    def find(self, name: str) -> str | None:
        """None where it is not installed, or comes with the workspace."""
        return name if Path(name).is_absolute() else find_program(name, self.root)

    async def run(
        self, program: str, args: Sequence[str], text: str = "", *, folder: Path | None = None
    ) -> Done | None:
        """Run it with ``text`` as its input; None where it cannot be run. Whoever waits sets the deadline.

        Without a ``folder`` it runs in an empty one, where it finds no settings of the project.
        """
        found = await asyncio.to_thread(self.find, program)
        if found is None:
            return None
        if folder is not None:
            return await _run([found, *args], text, folder)
        with tempfile.TemporaryDirectory(prefix="smallcode-", ignore_cleanup_errors=True) as empty:
            return await _run([found, *args], text, Path(empty))


async def _run(argv: Sequence[str], text: str, folder: Path) -> Done | None:
    environment = {name: value for name, value in os.environ.items() if name not in _LOADERS}
    environment |= {"LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
    try:
        process = await asyncio.create_subprocess_exec(
            *argv,
            cwd=folder,
            env=environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
    except OSError:
        return None
    try:
        stdout, stderr = await process.communicate(text.encode("utf-8", "replace"))
    except BaseException:
        await _end(process)
        raise
    assert process.returncode is not None, "its outputs are closed and it was waited for"
    return Done(process.returncode, stdout.decode("utf-8", "replace"), stderr.decode("utf-8", "replace"))


async def _end(process: asyncio.subprocess.Process) -> None:
    """The leader's number stays its group's as long as a member lives, also where the leader has ended."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_REAP_LIMIT):
            await process.wait()
