"""Make a new file and run a command, such as the test that the file holds."""

from __future__ import annotations

from dataclasses import replace

from ..errors import SmallCodeError
from ..ports import PermissionRequest
from .base import ToolContext, ToolOutput, tool
from .bash import BashArguments, bash
from .changes import create, existing


class CreateAndRun(BashArguments):
    path: str
    content: str


def _permission(arguments: CreateAndRun) -> PermissionRequest | None:
    return bash.permission(arguments) if bash.permission else None


@tool(
    "create_and_run",
    "write",
    aliases=("write_and_run",),
    permission=_permission,
    title=lambda a: f"create {a.path} and {bash.title(a) if bash.title else 'run'}",
    core=False,
    offered_for=("write", "run"),
    about=r"\bscripts?\b|\breproduc|\bskripte?\b|脚本|スクリプト|скрипт",
)
async def create_and_run(context: ToolContext, arguments: CreateAndRun) -> ToolOutput:
    """Make a new file, then run a bash command, such as a test or a script."""
    old = await existing(context.workspace, arguments.path)
    if old is not None:
        return ToolOutput(
            f"{old.path} exists already: nothing was written and nothing was run. Change it with patch, or "
            "give another path.",
            ok=False,
        )
    told = await create(context, arguments.path, arguments.content)
    try:
        ran: ToolOutput = await bash.run(context, BashArguments(command=arguments.command))
    except SmallCodeError as error:
        ran = ToolOutput(f"The command did not run: {error}", ok=False)
    return replace(told, content=f"{told.content}\n{ran.content}", ok=ran.ok)
