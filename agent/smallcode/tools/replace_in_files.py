"""Rename or replace a text in many files at once, shown as one change."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from ..core.replacing import Rule, replace_all
from ..core.textdiff import line_changes, unified_diff
from ..errors import BatchFailed
from ..messages import Edit, FileDiff
from .base import Arguments, ToolContext, ToolOutput, tool
from .changes import Landed, change_all, count, output
from .folders import files_under

MOST_FILES = 50
MOST_LINES = 5000

# Room in the result for everything but the diffs.
FRAME_CHARS = 1500


class ReplaceInFiles(Arguments):
    pattern: str
    replacement: str
    regex: bool = Field(False, description="pattern is a regular expression; \\1 in replacement is a group")
    whole_word: bool = Field(False, description="not inside longer words")
    glob: str = Field("", description="file names, such as *.py")
    path: str = Field("", description="folder or file")


@tool(
    "replace_in_files",
    "write",
    aliases=("rename_symbol", "replace_all", "search_and_replace", "rename"),
    title=lambda a: f"replace {a.pattern} in files",
    core=False,
    offered_for=("write",),
    about=r"\brenam|\beverywhere\b|\bthroughout\b|\bacross\b|\b(?:all|every) (?:of )?(?:the )?"
    r"(?:files?|occurrences?|places?|usages?|uses|callers?)\b"
    r"|\b(?:um)?benenn|überall|\brenomm|\bpartout\b|\brenombr|\brenome|переимен|везде|重命名|所有|全部|すべて",
)
async def replace_in_files(context: ToolContext, arguments: ReplaceInFiles) -> ToolOutput:
    """Replace a text in all files of the project, such as a name."""
    listed = await files_under(context.workspace, arguments.path)
    if isinstance(listed, ToolOutput):
        return listed
    if arguments.pattern == arguments.replacement:
        return ToolOutput("pattern and replacement are the same, so nothing would change.", ok=False)
    under = "" if arguments.path in ("", ".", "/") else context.workspace.locate(arguments.path)
    rule = Rule(arguments.pattern, arguments.replacement, arguments.regex, arguments.whole_word)
    matches = await context.workspace.search(rule.query(under, arguments.glob, MOST_LINES))
    paths = sorted({match.path for match in matches})
    if len(paths) > MOST_FILES or len(matches) >= MOST_LINES:
        return ToolOutput(
            f"{arguments.pattern!r} stands in {len(paths)} files or more, on {len(matches)} lines; at most "
            f"{MOST_FILES} files change at once. Nothing was changed. Narrow it by glob, path or pattern.",
            ok=False,
        )
    edits, times = await _edits(context, rule, paths)
    if not edits:
        return ToolOutput(
            f"No line contains {arguments.pattern!r} in {count(len(listed), 'file')}: nothing was changed.",
            ok=False,
        )
    try:
        landed = await change_all(context, edits)
    except BatchFailed as error:
        return ToolOutput(str(error), ok=False, diffs=_still_changed(edits, error))
    rows = [f"{edit.path}: {number}" for edit, number in zip(edits, times, strict=True)]
    head = f"Replaced {count(sum(times), 'occurrence')} in {count(len(edits), 'file')}:"
    diffs = _diffs(context, edits, landed, context.settings.max_result_chars - FRAME_CHARS)
    return output(landed, "\n".join([head, *rows, *diffs]))


async def _edits(context: ToolContext, rule: Rule, paths: Sequence[str]) -> tuple[list[Edit], list[int]]:
    """All edits, before any is made, and how often each replaces. Raises WorkspaceError, SmallCodeError."""
    edits: list[Edit] = []
    times: list[int] = []
    for path in paths:
        base = await context.workspace.read(path)
        replaced = replace_all(base, rule)
        if replaced.content != base.content:
            edits.append(Edit(base.path, base, replaced.edits, replaced.content))
            times.append(replaced.times)
    return edits, times


def _diffs(context: ToolContext, edits: Sequence[Edit], landed: Sequence[Landed], room: int) -> list[str]:
    """The diffs that have room; the lines in them count as shown."""
    told: list[str] = []
    for edit, one in zip(edits, landed, strict=True):
        room -= len(one.diff.diff)
        if room < 0:
            return [*told, f"… {len(landed) - len(told)} more files are not shown"]
        told.append(one.diff.diff)
        before = "" if edit.base is None else edit.base.content
        for hunk in line_changes(before, one.after.content):
            context.workspace.shown(one.after, hunk.b0 + 1, hunk.b1)
    return told


def _still_changed(edits: Sequence[Edit], error: BatchFailed) -> tuple[FileDiff, ...]:
    return tuple(
        FileDiff(edit.path, unified_diff(edit.path, edit.base.content, edit.content))
        for edit in edits
        if edit.path in error.changed and edit.base is not None
    )
