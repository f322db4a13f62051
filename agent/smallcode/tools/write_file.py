"""Write a whole file."""

from __future__ import annotations

from ..core.line_ends import PlainText
from ..core.textdiff import apply_edits
from .base import Arguments, ToolContext, ToolOutput, tool
from .changes import BOM, change, create, existing, summary


class WriteFile(Arguments):
    path: str
    content: str


@tool(
    "write_file",
    "write",
    aliases=("create_file", "save_file", "write", "write_to_file"),
    title=lambda a: f"write {a.path}",
)
async def write_file(context: ToolContext, arguments: WriteFile) -> ToolOutput:
    """Create a file, or replace all of it."""
    base = await existing(context.workspace, arguments.path)
    if base is None:
        return await create(context, arguments.path, arguments.content)
    # Byte order mark, encoding and line ends are the file's own: the model does not see them.
    file = PlainText(base.content, base.newline)
    edits = file.replace(0, len(file.plain), arguments.content.removeprefix(BOM))
    content = apply_edits(base.content, edits)
    if content == base.content:
        context.workspace.shown(base)
        return ToolOutput(f"{base.path} holds exactly this already: nothing was changed.")
    landed = await change(context, base, edits, content)
    return landed.output(summary(landed.after, landed.diff))
