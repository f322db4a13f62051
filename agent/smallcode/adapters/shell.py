"""The shell of a session: every command runs in a fresh bash that takes up where the last one stopped.

A long-lived bash fed through a pipe would be lost with the first ``exit``, ``exec``, syntax error in the
wrong place or unread heredoc. Here the folder, variables, functions, aliases, options and the umask are
written to a file when a command is over and read by the next one (shell_setup.bash). A command that is killed
leaves them as they were.
"""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import tempfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from ..errors import ShellError
from ..ports import ShellResult
from .processes import Finished, ProcessSession
from .terminal import CappedOutput

# Nobody is there to answer, to page or to see colours. Python's output would be lost in its buffer when the
# deadline ends it.
DEFAULT_ENVIRONMENT = {
    "TERM": "dumb",
    "NO_COLOR": "1",
    "PAGER": "cat",
    "MANPAGER": "cat",
    "GIT_PAGER": "cat",
    "GIT_EDITOR": ":",
    "GIT_TERMINAL_PROMPT": "0",
    "SSH_ASKPASS_REQUIRE": "never",
    "DEBIAN_FRONTEND": "noninteractive",
    "PIP_NO_INPUT": "1",
    "PYTHONUNBUFFERED": "1",
}
# Ours are no business of a command's. The others make bash run a file, change its options, send cd elsewhere,
# or ask for colours.
_WITHHELD_PREFIX = "SMALLCODE_"
_WITHHELD = frozenset(
    {"BASH_ENV", "ENV", "BASHOPTS", "SHELLOPTS", "CDPATH", "OLDPWD", "FORCE_COLOR", "CLICOLOR_FORCE"}
)

# Seconds between SIGTERM and SIGKILL; a cancelled turn waits no longer than this.
_GRACE = 0.2

# On one line, so that bash's messages give the line numbers of the command. The texts are read from files:
# as arguments, `pkill -f` with a word of the command would hit the shell itself.
_BOOTSTRAP = (
    "IFS= builtin read -r -d '' __smallcode_text < {setup}; "
    'builtin eval "$__smallcode_text"; builtin eval "$__smallcode_text"; '
    "{{ __smallcode_save; }} 2>/dev/null"
)
_COMPLETE = b": complete\n"


class BashShell:
    """``root`` is where it begins and what cd may not leave, unless ``allow_cd_outside``; ``max_output`` is
    in characters. ``environment`` is what commands see besides the defaults; unset is this process's own."""

    def __init__(
        self,
        root: str,
        *,
        allow_cd_outside: bool = False,
        max_output: int = 8000,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._root = os.path.realpath(root)
        self._cwd = self._root
        self._allow_cd_outside = allow_cd_outside
        self._max_output = max_output
        self._environment = _for_commands(os.environ if environment is None else environment)
        self._lock = asyncio.Lock()
        self._running: ProcessSession | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._closed = False

    async def run(self, command: str, timeout: float) -> ShellResult:
        """Run one command; a second one waits until the first is over.

        ``timeout`` in seconds, without that wait. Raises ShellError.
        """
        async with self._lock:
            if self._closed:
                raise ShellError("The shell of this session is closed.", "Start a new session.")
            notes: list[str] = []
            output = CappedOutput(self._max_output)
            folder = self._prepare(command)
            self._enter_folder(notes)
            finished = await self._execute(folder, output, timeout)
            self._take_over(folder, finished, notes)
            return ShellResult(
                exit_status=_exit_status(finished),
                output=output.text(),
                timed_out=finished.timed_out,
                cwd=self._relative_cwd(),
                notes=tuple(notes),
            )

    async def aclose(self) -> None:
        """End the command that runs, and remove what was kept of the shell."""
        self._closed = True
        if self._running is not None:
            self._running.kill()
        async with self._lock:
            if self._folder is not None:
                self._folder.cleanup()
                self._folder = None

    async def _execute(self, folder: Path, output: CappedOutput, timeout: float) -> Finished:
        bash = shutil.which("bash", path=self._environment.get("PATH"))
        if bash is None:
            raise ShellError("There is no bash on this machine.", "Install bash, or put it on the PATH.")
        bootstrap = _BOOTSTRAP.format(setup=shlex.quote(str(folder / "setup")))
        argv = [bash, "--noprofile", "--norc", "-c", bootstrap, "bash"]
        try:
            self._running = await ProcessSession.start(
                argv, cwd=self._cwd, env=self._start_environment(folder), sink=output.feed
            )
            return await self._running.finish(timeout, _GRACE)
        except OSError as error:
            raise ShellError(
                f"bash could not be started in {self._cwd}: {error.strerror or error}.",
                "Check the folder and the limits on processes and open files.",
            ) from error
        finally:
            self._running = None

    def _prepare(self, command: str) -> Path:
        """Write what the next bash reads into the folder, which is this user's alone (0700)."""
        if "\0" in command:
            raise ShellError("The command holds a NUL character.", "Send it without.")
        try:
            encoded = command.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError as error:
            raise ShellError("The command is no valid Unicode text.", "Send it again as UTF-8.") from error
        try:
            if self._folder is None:
                self._folder = self._make_folder()
            folder = Path(self._folder.name)
            (folder / "command").write_bytes(encoded + b"\n")
            (folder / "next").unlink(missing_ok=True)
        except OSError as error:
            raise ShellError(
                f"The shell's state cannot be kept in {tempfile.gettempdir()}: {error.strerror or error}.",
                "Make room there, or set TMPDIR to a folder that can be written.",
            ) from error
        return folder

    def _make_folder(self) -> tempfile.TemporaryDirectory[str]:
        made = tempfile.TemporaryDirectory(prefix="smallcode-shell-", ignore_cleanup_errors=True)
        values = {
            "root": self._root.rstrip("/"),
            "state": made.name,
            "guarded": "" if self._allow_cd_outside else "1",
        }
        head = "".join(f"__smallcode_{name}={shlex.quote(value)}\n" for name, value in values.items())
        template = files(__package__).joinpath("shell_setup.bash").read_bytes()
        Path(made.name, "setup").write_bytes(os.fsencode(head) + template)
        return made

    def _enter_folder(self, notes: list[str]) -> None:
        """Where the last command ended, or the root if that is gone. Raises ShellError if the root is."""
        if _can_enter(self._cwd):
            return
        if not _can_enter(self._root):
            raise ShellError(f"The project's root {self._root} is gone or closed.", "Open the project anew.")
        gone = self._relative_cwd()
        self._cwd = self._root
        notes.append(f"The folder {gone} is gone; the command ran in the project's root.")

    def _start_environment(self, folder: Path) -> dict[str, str]:
        """The first bash is given everything. Later ones take it from the state, in which a command may have
        unset something; only names that bash has no variables for must be handed on each time."""
        if not (folder / "state").exists():
            return {**self._environment, "PWD": self._cwd}
        unnamed = {name: value for name, value in self._environment.items() if not name.isidentifier()}
        return {**unnamed, "PWD": self._cwd}

    def _take_over(self, folder: Path, finished: Finished, notes: list[str]) -> None:
        """Make what the command left the state of the shell, if it came to its end."""
        if finished.left_over and not finished.timed_out:
            notes.append("Background processes were ended together with the command.")
        saved = not finished.timed_out and _ends_with(folder / "next", _COMPLETE)
        if not saved:
            notes.append("The folder and the variables are as they were before this command.")
            return
        (folder / "next").replace(folder / "state")
        self._cwd = os.fsdecode((folder / "cwd").read_bytes())
        if not self._allow_cd_outside and not Path(os.path.realpath(self._cwd)).is_relative_to(self._root):
            self._cwd = self._root
            notes.append("The command left the project's root; the shell is back in the root.")

    def _relative_cwd(self) -> str:
        return Path(os.path.relpath(os.path.realpath(self._cwd), self._root)).as_posix()


def _for_commands(environment: Mapping[str, str]) -> dict[str, str]:
    kept = {
        name: value
        for name, value in environment.items()
        if not name.startswith(_WITHHELD_PREFIX) and name not in _WITHHELD
    }
    return kept | DEFAULT_ENVIRONMENT


def _can_enter(folder: str) -> bool:
    return Path(folder).is_dir() and os.access(folder, os.X_OK)


def _ends_with(path: Path, mark: bytes) -> bool:
    try:
        with path.open("rb") as file:
            file.seek(-len(mark), os.SEEK_END)
            return file.read() == mark
    except OSError:
        return False


def _exit_status(finished: Finished) -> int | None:
    """As the shells tell it: 128 and the number of the signal for a program that a signal ended."""
    if finished.status is None or finished.status >= 0:
        return finished.status
    return 128 - finished.status
