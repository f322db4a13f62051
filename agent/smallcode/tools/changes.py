"""What the tools that write have in common: one change of one file, and how it is told."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.textdiff import split_lines, unified_diff
from ..errors import NoSuchFile
from ..messages import Edit, FileDiff, Text, TextEdit
from ..ports import GuardedWorkspace
from .base import ToolContext, ToolOutput

BOM = "\ufeff"


async def existing(workspace: GuardedWorkspace, path: str) -> Text | None:
    """The text of a file, or None where there is none yet. Raises WorkspaceError."""
    try:
        return await workspace.read(path)
    except NoSuchFile:
        return None


async def create(context: ToolContext, path: str, content: str) -> ToolOutput:
    """Make a new file. A byte order mark at the beginning of ``content`` is kept as the file's own."""
    bom = content.startswith(BOM)
    body = content.removeprefix(BOM)
    edits = (TextEdit(0, 0, body),) if body else ()
    made = await context.workspace.apply_edit(
        Edit(context.workspace.locate(path), None, edits, body, bom=bom)
    )
    diff = FileDiff(made.path, unified_diff(made.path, None, made.content), "created")
    return ToolOutput(
        f"Created {made.path} ({count(len(split_lines(made.content)), 'line')}).", diffs=(diff,)
    )


async def change(
    context: ToolContext, base: Text, edits: Sequence[TextEdit], content: str
) -> tuple[Text, FileDiff]:
    """Bring ``content`` into the file that ``base`` was read from. Raises what ``apply_edit`` does."""
    after = await context.workspace.apply_edit(Edit(base.path, base, tuple(edits), content))
    return after, FileDiff(after.path, unified_diff(after.path, base.content, after.content))


def summary(after: Text, diff: FileDiff) -> str:
    """One line: the file, lines added and removed, lines now."""
    body = split_lines(diff.diff)[2:]
    added = sum(line.startswith("+") for line in body)
    removed = sum(line.startswith("-") for line in body)
    lines = count(len(split_lines(after.content)), "line")
    return f"Changed {after.path}: +{added} -{removed}, now {lines}."


def count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
