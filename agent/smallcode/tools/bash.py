"""Run a command in the session's shell."""

from __future__ import annotations

from pydantic import Field, field_validator

from ..core.results import condense
from ..core.room import Room
from ..core.shorten import shorten_to
from ..errors import EditRejected
from ..ports import PermissionRequest, ShellResult
from .base import Arguments, ToolContext, ToolOutput, tool

_TITLE_CHARS = 80


class BashArguments(Arguments):
    command: str = Field(description="The command, as for bash; may have several lines.")

    @field_validator("command")
    @classmethod
    def _runnable(cls, command: str) -> str:
        if not command.strip():
            raise ValueError("the command is empty")
        if "\0" in command:
            raise ValueError("the command holds a NUL character")
        return command


def _permission(arguments: BashArguments) -> PermissionRequest:
    return PermissionRequest(
        kind="shell", title="Run a shell command", detail=arguments.command, subject=arguments.command
    )


def _title(arguments: BashArguments) -> str:
    lines = arguments.command.strip().splitlines()
    cut = len(lines) > 1 or len(lines[0]) > _TITLE_CHARS
    return f"run {lines[0][:_TITLE_CHARS]}{' …' if cut else ''}"


@tool(
    "bash",
    "run",
    aliases=("execute_command", "run_command", "shell", "terminal", "run_shell_command"),
    permission=_permission,
    title=_title,
)
async def bash(context: ToolContext, arguments: BashArguments) -> ToolOutput:
    """Run a bash command in the project, such as a test, a build or git.

    cd, variables and functions stay for the next command. There is no input, and a time limit; background
    processes end with the command.
    """
    try:
        await context.workspace.save()
    except EditRejected as error:
        return ToolOutput(
            f"The command did not run: it would have seen old text. {error} "
            "Ask the user to save these files, then run it again.",
            ok=False,
        )
    timeout = context.settings.bash_timeout
    result = await context.shell.run(arguments.command, timeout)
    room = context.budget.room("command", context.settings.max_result_chars)
    return ToolOutput(_report(result, timeout, room), ok=result.exit_status == 0)


def _report(result: ShellResult, timeout: float, room: Room) -> str:
    """First how it ended, then what it printed."""
    if result.timed_out:
        ending = (
            f"Ended after {timeout:g} s without an exit status. Run less at once. What waits for input or "
            "serves forever cannot be run here; only the user can raise the limit (setting bash_timeout)."
        )
    else:
        ending = f"exit status {result.exit_status}"
    place = [] if result.cwd == "." else [f"now in {result.cwd}"]
    head = "\n".join([ending, *place, *result.notes])
    body = result.output if result.output.strip() else "(no output)"
    told = f"{head}\n\n{body}"
    if room.holds(told):
        return told
    body = condense(body, room.beside(f"{head}\n\n"))
    return shorten_to(f"{head}\n\n{body}", room)
