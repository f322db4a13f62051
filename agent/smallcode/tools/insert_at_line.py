"""Insert text before a line that is given by its number."""

from __future__ import annotations

from pydantic import Field

from ..core.line_ends import PlainText
from ..core.textdiff import apply_edits, split_lines
from ..messages import Text
from .base import Arguments, ToolContext, ToolOutput, tool
from .changes import change, count, summary
from .showing import place
from .whole import meant


class InsertAtLine(Arguments):
    path: str
    line: int = Field(description="the text goes before this line; the last line + 1 is the end")
    content: str


@tool(
    "insert_at_line",
    "write",
    aliases=("insert_line", "insert", "insert_text", "insert_lines"),
    title=lambda a: f"insert into {a.path} at line {a.line}",
    core=False,
    offered_for=("write",),
    about=r"\binsert\b|\b(?:at|before|after|above|below) line \d|\bline \d+\b.*\badd\b",
)
async def insert_at_line(context: ToolContext, arguments: InsertAtLine) -> ToolOutput:
    """Insert lines into a file before a line."""
    base = await context.workspace.read(arguments.path)
    lines = split_lines(base.content)
    line, total = arguments.line, len(lines)
    if not 1 <= line <= total + 1:
        return ToolOutput(
            f"{base.path} has {count(total, 'line')}: line is 1 to {total + 1}, which is the end.",
            ok=False,
        )
    moved = _numbers_moved(context, base, line, total)
    if moved is not None:
        return moved
    file = PlainText(base.content, base.newline)
    at = sum(map(len, split_lines(file.plain)[: line - 1]))

    def put(content: str) -> str:
        return apply_edits(base.content, file.replace(at, at, _whole_lines(file.plain, at, content)))

    given = await meant(context, base.path, base, arguments.content, put)
    edits = file.replace(at, at, _whole_lines(file.plain, at, given.content))
    landed = await change(context, base, edits, apply_edits(base.content, edits))
    added = len(split_lines(landed.after.content)) - total
    shown = place(context, landed.after, line, line + max(added, 1) - 1)
    return landed.output(f"{summary(landed.after, landed.diff)}{given.note}\n{shown}")


def _numbers_moved(context: ToolContext, base: Text, line: int, total: int) -> ToolOutput | None:
    """The refusal of a line whose number the model cannot know: its own edits have moved it, or it was never
    shown. A file that was not shown in this version at all is the write guard's to refuse."""
    seen = context.workspace.seen(base)
    if total == 0 or seen.lines == 0 or seen.knows_place(line - 1 if line > 1 else 1, min(line, total)):
        return None
    return ToolOutput(
        f"{base.path} was not changed: line {line} was not shown to you under that number; lines may have "
        f"moved since you read them. These are the lines there now; send it again with the right number.\n"
        f"{place(context, base, line, line)}",
        ok=False,
    )


def _whole_lines(plain: str, at: int, content: str) -> str:
    """The text as lines of its own between what stands before and behind ``at``."""
    if at == len(plain) and plain and not plain.endswith("\n"):
        return f"\n{content}"
    return content if content.endswith("\n") else f"{content}\n"
