"""Show a file, whole or a part of it, as text that can be copied into an edit."""

from __future__ import annotations

from pydantic import Field

from .base import Arguments, ToolContext, ToolOutput, tool
from .showing import show


class ReadFile(Arguments):
    path: str
    start_line: int = Field(1, description="first line, from 1")
    end_line: int = Field(0, description="last line; 0 is the end")


@tool(
    "read_file",
    "read",
    aliases=("cat", "open_file", "view_file", "view", "read"),
    pure=True,
    title=lambda a: f"read {a.path}",
)
async def read_file(context: ToolContext, arguments: ReadFile) -> ToolOutput:
    """Show a text file, or some of its lines."""
    text = await context.workspace.read(arguments.path)
    # The defaults, written out, ask for the beginning of the file; left out, for the file.
    given = arguments.model_fields_set & {"start_line", "end_line"}
    return await show(context, text, *((arguments.start_line, arguments.end_line) if given else (None, None)))
