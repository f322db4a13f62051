"""Run the project's tests and tell what failed, by place and message."""

from __future__ import annotations

import posixpath
import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field

from ..core.results import condense
from ..core.room import Room
from ..core.shorten import shorten_to
from ..core.testruns import RUNNERS, Runner, TestRun, render_run
from ..ecosystems import Facts, Tests
from ..errors import EditRejected
from ..ports import PermissionRequest, ShellResult
from .base import Arguments, ToolContext, ToolOutput, tool

NOT_FOUND = 127
"""Exit status of a shell that finds no such program (POSIX)."""


class RunTests(Arguments):
    path: str = Field("", description="A test file or folder; all tests where left out.")
    filter: str = Field("", description="Only tests whose name holds this.")


class Prepared(RunTests):
    """With what will run: ``command`` is "" where the project has no tests that are known of."""

    command: str = ""
    runner: str = ""


@dataclass(frozen=True, slots=True)
class _Chosen:
    tests: Tests
    folder: str


async def _prepare(context: ToolContext, arguments: RunTests) -> Prepared:
    """Raises OutsideWorkspace."""
    path = context.workspace.locate(arguments.path) if arguments.path.strip() else ""
    path = "" if path == "." else path
    chosen = _choose(await context.project.facts() if context.project is not None else (), path)
    if chosen is None:
        return Prepared(**arguments.model_dump())
    inner = _inside(path, chosen.folder)
    runner = RUNNERS.get(chosen.tests.runner)
    command = chosen.tests.command
    if runner is not None:
        command = runner.command(command, inner, arguments.filter.strip())
    elif inner:
        command = f"{command} {shlex.quote(inner)}"
    if chosen.folder:
        # In a subshell, so that the session's shell stays where it is.
        command = f"(cd {shlex.quote(chosen.folder)} && {command})"
    return Prepared(**arguments.model_dump(), command=command, runner=chosen.tests.runner)


def _inside(path: str, folder: str) -> str:
    """The path as it is called in the folder, "" for all of it."""
    inner = posixpath.relpath(path, folder) if folder and path else path
    return "" if inner == "." else inner


def _choose(facts: Sequence[Facts], path: str) -> _Chosen | None:
    """The tests of the project that the path lies in, else the first that are known."""
    tested = [_Chosen(one.tests, one.folder) for one in facts if one.tests is not None]
    near = [one for one in tested if one.folder and f"{path}/".startswith(f"{one.folder}/")]
    return next(iter([*near, *(one for one in tested if not one.folder), *tested]), None)


def _permission(arguments: Prepared) -> PermissionRequest | None:
    if not arguments.command:
        return None
    return PermissionRequest(
        kind="shell", title="Run the tests", detail=arguments.command, subject=arguments.command
    )


def _title(arguments: RunTests) -> str:
    chosen = [f"in {arguments.path}" if arguments.path else "", arguments.filter]
    return " ".join(["run tests", *(part for part in chosen if part)])


@tool(
    "run_tests",
    "run",
    aliases=("run_test", "execute_tests"),
    permission=_permission,
    title=_title,
    core=False,
    prepare=_prepare,
)
async def run_tests(context: ToolContext, arguments: RunTests) -> ToolOutput:
    """Run the project's tests, and get counts and the place and message of each failure."""
    ready = arguments if isinstance(arguments, Prepared) else await _prepare(context, arguments)
    if not ready.command:
        return ToolOutput(
            "No test runner is known for this project: run its tests with bash, by a command that the user "
            "or the project's files name.",
            ok=False,
        )
    try:
        await context.workspace.save()
    except EditRejected as error:
        return ToolOutput(f"The tests did not run: they would have seen old text. {error}", ok=False)
    timeout = context.settings.bash_timeout
    result = await context.shell.run(ready.command, timeout)
    room = context.budget.room("command", context.settings.max_result_chars)
    head = "\n".join([f"$ {ready.command}", *result.notes])
    told, ok = _told(result, RUNNERS.get(ready.runner), timeout, room.beside(f"{head}\n"))
    return ToolOutput(shorten_to(f"{head}\n{told}", room), ok=ok)


def _told(result: ShellResult, runner: Runner | None, timeout: float, room: Room) -> tuple[str, bool]:
    """What came of the run, and whether all is well."""
    if result.timed_out:
        ending = (
            f"Ended after {timeout:g} s without an exit status: run fewer tests at once, or look for one "
            "that waits for something. Only the user can raise the limit (setting bash_timeout)."
        )
        return _with_output(ending, result.output, room), False
    ending = f"exit status {result.exit_status}"
    if runner is None:
        return _with_output(ending, result.output, room), result.exit_status == 0
    run = runner.read(result.output)
    if run is None or run.ran == 0:
        return _without_tests(result, runner, ending, room), False
    return _with_results(result, run, ending, room)


def _without_tests(result: ShellResult, runner: Runner, ending: str, room: Room) -> str:
    """Nothing ran: the runner is missing, there are no such tests, or they could not be loaded or built."""
    if result.exit_status == NOT_FOUND or runner.missing.search(result.output):
        ending = f"{runner.name} is not installed here ({ending}). Ask the user before you install it."
    elif result.exit_status == 0 or runner.nothing.search(result.output):
        ending = f"No tests were found ({ending}). Check path and filter; nothing has been tested."
    else:
        ending = f"No results ({ending}): the tests could not be run."
    return _with_output(ending, result.output, room)


def _with_results(result: ShellResult, run: TestRun, ending: str, room: Room) -> tuple[str, bool]:
    ok = result.exit_status == 0 and run.failed == 0
    if ok or run.failures:
        return render_run(run, room), ok
    # Something else went wrong, or the failures were told in a form that is not known.
    return _with_output(f"{render_run(run, room)} ({ending})", result.output, room), ok


def _with_output(ending: str, output: str, room: Room) -> str:
    body = output.strip("\n") if output.strip() else "(no output)"
    return f"{ending}\n\n{condense(body, room.beside(f'{ending}  '))}"
