"""Add text at the end of a file."""

from __future__ import annotations

from ..core.line_ends import PlainText
from ..core.textdiff import apply_edits
from .base import Arguments, ToolContext, ToolOutput, tool
from .changes import change, create, existing, summary
from .whole import meant


class AppendFile(Arguments):
    path: str
    content: str


@tool("append_file", "write", aliases=("append_to_file",), title=lambda a: f"append to {a.path}")
async def append_file(context: ToolContext, arguments: AppendFile) -> ToolOutput:
    """Add text at the end of a file."""
    base = await existing(context.workspace, arguments.path)
    if base is None:
        return await create(context, arguments.path, arguments.content)
    if not arguments.content:
        return ToolOutput(f"content is empty: nothing was added to {base.path}.", ok=False)
    file = PlainText(base.content, base.newline)
    end = len(file.plain)
    separator = "\n" if file.plain and not file.plain.endswith("\n") else ""

    def put(content: str) -> str:
        return apply_edits(base.content, file.replace(end, end, separator + content))

    given = await meant(context, base.path, base, arguments.content, put)
    edits = file.replace(end, end, separator + given.content)
    landed = await change(context, base, edits, apply_edits(base.content, edits))
    return landed.output(f"{summary(landed.after, landed.diff)}{given.note}")
