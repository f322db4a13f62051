"""What happens when the place of an edit is not found.

From the cheapest to the dearest: the edit is merged where the file changed since the model read it; a model
is asked to merge after repeated misses, where that is switched on; else the real text of the place is shown,
and after two misses in a small file another way is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..core import merging, threeway
from ..core.definitions import definitions
from ..core.line_ends import to_lf
from ..core.patch import Miss
from ..core.rewriting import rewrite_hint, rewrite_or_patch
from ..core.textdiff import line_changes, minimal_edits, split_lines
from ..messages import Missed, Text
from ..ports import MergeQuestion
from .base import ToolContext, ToolOutput
from .changes import change, summary
from .showing import place


async def after_miss(
    context: ToolContext, base: Text, pair: tuple[str, str] | None, miss: Miss
) -> ToolOutput:
    """The result of an edit that has not found the place of its old text; it may have been made all the same.
    ``pair`` are its old and new text, None for one of several: those are not merged."""
    if miss.already:
        return ToolOutput(f"{base.path}: {miss.reason}")
    mergeable = None if miss.ambiguous_at else pair
    merged = await _merged_with_newer(context, base, *mergeable) if mergeable else None
    if merged is not None:
        return merged
    line = _mark_shown(context, base, miss)
    here, in_file = context.misses.note(base.path, line)
    if mergeable and here >= merging.MISSES_BEFORE_MERGE:
        merged = await _merged_by_model(context, base, *mergeable)
        if merged is not None:
            return merged
    lines = len(split_lines(base.content))
    told = [f"{base.path} was not changed. {miss.reason}", *([miss.nearest] if miss.nearest else [])]
    if in_file > 1 and rewrite_or_patch(lines, context.profile, in_file) == "rewrite":
        told.append(rewrite_hint(base.path, lines, in_file))
    return ToolOutput("\n".join(told), ok=False, missed=Missed(base.path, lines))


def _mark_shown(context: ToolContext, base: Text, miss: Miss) -> int:
    """The model now sees the places that it is about to try again. Returns the line of the first, 0 where
    there is none."""
    for line in miss.ambiguous_at:
        context.workspace.shown(base, line, line)
    if miss.ambiguous_at:
        return miss.ambiguous_at[0]
    if not miss.nearest:
        return 0
    context.workspace.shown(base, miss.nearest_at, miss.nearest_at + miss.nearest.rstrip("\n").count("\n"))
    return miss.nearest_at


async def _merged_with_newer(context: ToolContext, base: Text, old: str, new: str) -> ToolOutput | None:
    """The edit of the version that the model was shown, merged with what the file has become since. None
    where the model saw no version with the old text, or both changed the same place."""
    if threeway.FEATURE in context.settings.disable:
        return None
    for version in context.workspace.earlier(base):
        text = version.text
        ours = threeway.replaced_once(text.content, text.newline, old, new, version.seen)
        if ours is None:
            continue
        merged = threeway.merge(text.content, ours, base.content)
        if merged is None or merged == base.content:
            return None
        how = "The file had changed since you read it; your change was merged into its newer text."
        return await _write(context, base, merged, how)
    return None


async def _merged_by_model(context: ToolContext, base: Text, old: str, new: str) -> ToolOutput | None:
    """A merge by a model, taken only where it passes every check. None where nothing was written."""
    if context.merger is None or merging.FEATURE in context.settings.disable:
        return None
    region = merging.merge_region(to_lf(base.content), old)
    if region is None:
        return None
    answer = await context.merger.merge(MergeQuestion(base.path, region.text, to_lf(old), to_lf(new)))
    if answer is None:
        return None
    merged = merging.put_region(base.content, base.newline, region, answer)
    names = merging.Names(
        _names(context, base, base.content), _names(context, base, merged), definitions(old)
    )
    if merging.objection(base.content, merged, old=old, new=new, names=names, region=region):
        return None
    how = "old_str was not in the file; a merge found what was meant. Look whether it is right:"
    return await _write(context, base, merged, how)


def _names(context: ToolContext, base: Text, content: str) -> Sequence[str]:
    found = None if context.syntax is None else context.syntax.definitions(base.path, content)
    return definitions(content) if found is None else found


async def _write(context: ToolContext, base: Text, merged: str, how: str) -> ToolOutput | None:
    """Write a merge that brings no new error into the file; else None, and nothing is written."""
    candidate = replace(base, content=merged)
    if context.validator is not None and await context.validator.new_problems(base, candidate):
        return None
    hunks = line_changes(base.content, merged)
    # The result shows the place as it is after, so that the guard has no reason to show it before.
    context.workspace.shown(base, hunks[0].a0 + 1, max(hunks[-1].a1, hunks[0].a0 + 1))
    landed = await change(context, base, minimal_edits(base.content, merged), merged)
    shown = place(context, landed.after, hunks[0].b0 + 1, max(hunks[-1].b1, hunks[0].b0 + 1))
    return landed.output(f"{summary(landed.after, landed.diff)} {how}\n{shown}")
