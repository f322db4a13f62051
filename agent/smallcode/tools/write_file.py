"""Write a whole file."""

from __future__ import annotations

from dataclasses import replace

from ..core import fragment
from ..core.line_ends import PlainText
from ..core.seen import named
from ..core.textdiff import apply_edits, split_lines
from ..messages import Text
from .base import Arguments, ToolContext, ToolOutput, tool
from .changes import BOM, change, create, existing, summary
from .whole import meant


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
    given = await meant(context, base.path, base, arguments.content.removeprefix(BOM))
    edits = file.replace(0, len(file.plain), given.content)
    content = apply_edits(base.content, edits)
    if content == base.content:
        context.workspace.shown(base)
        return ToolOutput(f"{base.path} holds exactly this already: nothing was changed.")
    if (piece := _piece(context, base, content)) is not None:
        return piece
    landed = await change(context, base, edits, content)
    return landed.output(f"{summary(landed.after, landed.diff)}{given.note}")


def _piece(context: ToolContext, base: Text, content: str) -> ToolOutput | None:
    """The refusal, once, of a text that is a piece of the file and would put an end to all else in it."""
    key = f"{base.path} {replace(base, content=content).digest}"
    if fragment.FEATURE in context.settings.disable or key in context.warned:
        return None
    lost = fragment.lost_around(base.content, content)
    if not lost or lost & ~context.workspace.seen(base).lines:
        # What was not read is the guard's to refuse, each time.
        return None
    context.warned.add(key)
    total = len(split_lines(base.content))
    return ToolOutput(
        f"{base.path} was not written: your text is a piece of it, and of its {total} lines, {named(lost)} "
        "would be lost. Change that piece with patch. If the file should really hold nothing else, send this "
        "again.",
        ok=False,
    )
