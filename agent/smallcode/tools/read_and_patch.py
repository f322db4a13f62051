"""Replace one place of a file that need not have been read, or show the place that was meant."""

from __future__ import annotations

from ..core.patch import Patched, apply_patches
from ..core.textdiff import split_lines
from .base import ToolContext, ToolOutput, tool
from .patch import Patch, patch
from .showing import show

# Of a file in which nothing resembles the text, the beginning is shown.
FILE_CHARS = 3000


class ReadAndPatch(Patch):
    pass


@tool(
    "read_and_patch",
    "write",
    aliases=("find_and_replace",),
    title=lambda a: f"edit {a.path}",
    core=False,
)
async def read_and_patch(context: ToolContext, arguments: ReadAndPatch) -> ToolOutput:
    """Replace old_str by new_str in a file that you have not read; if it is not there, see the file."""
    base = await context.workspace.read(arguments.path)
    result = apply_patches(base.content, arguments.pairs, base.newline, context.settings.disable)
    if isinstance(result, Patched):
        # Who gives the text of a place that occurs once has seen it somewhere.
        first, last = (len(split_lines(base.content[:at] + ".")) for at in _span(result))
        context.workspace.shown(base, first, last)
    output: ToolOutput = await patch.run(context, arguments)
    if output.ok or (not isinstance(result, Patched) and (result.nearest or result.ambiguous_at)):
        return output
    seen = await show(context, base, room=min(FILE_CHARS, context.settings.max_result_chars))
    return ToolOutput(f"{output.content}\n{seen.content}", ok=False, missed=output.missed)


def _span(patched: Patched) -> tuple[int, int]:
    return patched.edits[0].start, patched.edits[-1].end
