"""What the tools that write have in common: the one door through which a change goes, and how it is told.

Whatever the tool, the text is checked for placeholders before it is written, the workspace guards, asks and
remembers, and the validator looks at the file afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..core import placeholders
from ..core.frames import frame_line
from ..core.seen import mask_of, named
from ..core.textdiff import line_changes, split_lines, unified_diff
from ..errors import NoSuchFile, WriteRefused
from ..messages import Edit, FileDiff, Problem, Text, TextEdit
from ..ports import GuardedWorkspace
from .base import ToolContext, ToolOutput
from .whole import meant

BOM = "\ufeff"

# New errors that are told of one change, and how much of their lines.
MOST_PROBLEMS = 5
LONGEST_QUOTE = 120


@dataclass(frozen=True, slots=True)
class Landed:
    """A change that was made: the file as it stands now, and the errors that it has since."""

    after: Text
    diff: FileDiff
    problems: tuple[Problem, ...]

    def output(self, told: str) -> ToolOutput:
        """The result of the call, with the new errors after what is told."""
        return output([self], told)


def output(landed: Sequence[Landed], told: str) -> ToolOutput:
    """The result of one call that changed one file or several."""
    problems = tuple(problem for one in landed for problem in one.problems)
    texts = {one.after.path: one.after for one in landed}
    found = f"\n{_errors(problems, texts)}" if problems else ""
    return ToolOutput(f"{told}{found}", diffs=tuple(one.diff for one in landed), problems=problems)


async def existing(workspace: GuardedWorkspace, path: str) -> Text | None:
    """The text of a file, or None where there is none yet. Raises WorkspaceError."""
    try:
        return await workspace.read(path)
    except NoSuchFile:
        return None


async def make(context: ToolContext, path: str, content: str) -> Landed:
    """Make a new file. A byte order mark at the beginning of ``content`` is kept as the file's own. Raises
    what ``apply_edit`` does."""
    bom = content.startswith(BOM)
    body = content.removeprefix(BOM)
    path = context.workspace.locate(path)
    _refuse_frame(path, None, body)
    _refuse_placeholders(context, path, None, body)
    edits = (TextEdit(0, 0, body),) if body else ()
    made = await context.workspace.apply_edit(Edit(path, None, edits, body, bom=bom))
    return await _landed(context, None, made)


async def create(context: ToolContext, path: str, content: str) -> ToolOutput:
    """Make a new file and say so."""
    given = await meant(context, context.workspace.locate(path), None, content)
    made = await make(context, path, given.content)
    return made.output(f"{created(made.after)}{given.note}")


async def change(context: ToolContext, base: Text, edits: Sequence[TextEdit], content: str) -> Landed:
    """Bring ``content`` into the file that ``base`` was read from. Raises what ``apply_edit`` does."""
    _refuse_frame(base.path, base, content)
    _refuse_placeholders(context, base.path, base, content)
    after = await context.workspace.apply_edit(Edit(base.path, base, tuple(edits), content))
    return await _landed(context, base, after)


async def change_all(context: ToolContext, edits: Sequence[Edit]) -> list[Landed]:
    """Change several files under one permission. Raises what ``apply_edits`` does."""
    for edit in edits:
        _refuse_frame(edit.path, edit.base, edit.content)
        _refuse_placeholders(context, edit.path, edit.base, edit.content)
    results = await context.workspace.apply_edits(edits)
    return [await _landed(context, edit.base, after) for edit, after in zip(edits, results, strict=True)]


async def _landed(context: ToolContext, before: Text | None, after: Text) -> Landed:
    context.misses.landed(after.path)
    diff = unified_diff(after.path, None if before is None else before.content, after.content)
    problems: tuple[Problem, ...] = ()
    if context.validator is not None:
        baseline = context.baselines.before(after.path, before)
        problems = tuple(await context.validator.new_problems(baseline, after))
        context.baselines.leave(baseline, after, errors=bool(problems))
    return Landed(after, FileDiff(after.path, diff, "created" if before is None else "changed"), problems)


def _refuse_frame(path: str, base: Text | None, content: str) -> None:
    """Raises WriteRefused where a result was copied with the words around the file's text."""
    frame = frame_line(path, content)
    if frame and (base is None or frame not in base.content):
        raise WriteRefused(
            path,
            f"{path} was not written: its text would begin with words of a tool's result, `{frame}`.",
            "Send the text of the file alone; to change a part of it, use patch.",
        )


def _refuse_placeholders(context: ToolContext, path: str, base: Text | None, content: str) -> None:
    """Raises WriteRefused where the new text says "rest unchanged" instead of being written out."""
    if placeholders.FEATURE in context.settings.disable:
        return
    old = "" if base is None else base.content
    found = placeholders.find_placeholders(path, content, old)
    if not found:
        return
    lost = 0
    for hunk in line_changes(old, content):
        lost |= mask_of(hunk.a0, hunk.a1)
    told = f" Of the file, {named(lost)} would be lost." if lost else ""
    others = f" (and {len(found) - 1} more like it)" if len(found) > 1 else ""
    how = (
        "Write all of the text out"
        if base is None
        else "Write those lines out, or leave them alone and change only what differs, with patch"
    )
    raise WriteRefused(
        path,
        f"{path} was not written: `{found[0].text}`{others} stands for text that you left out, and a file "
        f"holds only what is written.{told}",
        f"{how}. If it is meant as a comment, word it in another way.",
    )


def created(made: Text) -> str:
    return f"Created {made.path} ({count(len(split_lines(made.content)), 'line')})."


def summary(after: Text, diff: FileDiff) -> str:
    """One line: the file, lines added and removed, lines now."""
    body = split_lines(diff.diff)[2:]
    added = sum(line.startswith("+") for line in body)
    removed = sum(line.startswith("-") for line in body)
    lines = count(len(split_lines(after.content)), "line")
    return f"Changed {after.path}: +{added} -{removed}, now {lines}."


def count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _errors(problems: Sequence[Problem], texts: dict[str, Text]) -> str:
    """The new errors, each with the text of its line."""
    head = (
        f"New problems: {count(len(problems), 'error')} since your changes, to be put right next (the change "
        "itself was made):"
    )
    rows = []
    for problem in problems[:MOST_PROBLEMS]:
        text = texts.get(problem.path)
        lines = split_lines(text.content) if text is not None else []
        quoted = lines[problem.line - 1].strip() if 0 < problem.line <= len(lines) else ""
        rows.append(
            f"{problem.path}, line {problem.line}: error: {problem.message}"
            + (
                f"\n    {quoted[:LONGEST_QUOTE]}{'…' if len(quoted) > LONGEST_QUOTE else ''}"
                if quoted
                else ""
            )
        )
    more = len(problems) - MOST_PROBLEMS
    return "\n".join([head, *rows, *([f"… and {more} more"] if more > 0 else [])])
