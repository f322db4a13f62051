"""Replace one place of a file, or several at once."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field, WithJsonSchema, model_validator

from ..core.line_ends import to_lf
from ..core.patch import Miss, Patched, apply_patches
from ..messages import Text
from .base import Arguments, ToolContext, ToolOutput, tool
from .changes import change, summary
from .missing import after_miss
from .whole import meant

# How much of the result is shown after a change: enough to see that it landed where it was meant.
CONTEXT_LINES = 2
MOST_SHOWN_LINES = 12
LONGEST_SHOWN_LINE = 200


class Pair(Arguments):
    old_str: str
    new_str: str


# Flat: what an item holds is said in a few words, which every server's grammar takes and which costs least.
_PAIRS_SCHEMA = {
    "type": "array",
    "items": {"type": "object"},
    "description": "more changes of this file: {old_str, new_str}",
}


def _as_shown(schema: dict[str, Any]) -> None:
    """A model is told to give the one change that it nearly always makes; without it, ``edits`` will do."""
    schema["required"] = ["path", "old_str", "new_str"]
    for prop in schema["properties"].values():
        prop.pop("default", None)


class Patch(Arguments):
    model_config = ConfigDict(json_schema_extra=_as_shown)

    path: str
    old_str: Annotated[
        str | None,
        WithJsonSchema(
            {"type": "string", "description": "exact text from the file that occurs only once in it"}
        ),
    ] = None
    new_str: Annotated[str | None, WithJsonSchema({"type": "string", "description": "text to put there"})] = (
        None
    )
    edits: Annotated[tuple[Pair, ...], WithJsonSchema(_PAIRS_SCHEMA)] = Field(())

    @model_validator(mode="after")
    def _whole(self) -> Patch:
        """Half a pair is never completed: an empty new_str deletes."""
        given = [name for name in ("old_str", "new_str") if getattr(self, name) is not None]
        if len(given) == 1 or not (given or self.edits):
            missing = [name for name in ("old_str", "new_str") if name not in given]
            raise ValueError(f"{' and '.join(missing)} missing")
        return self

    @property
    def pairs(self) -> list[tuple[str, str]]:
        first = [] if self.old_str is None or self.new_str is None else [(self.old_str, self.new_str)]
        return first + [(pair.old_str, pair.new_str) for pair in self.edits]


@tool(
    "patch",
    "write",
    aliases=("str_replace", "str_replace_editor", "edit_file", "edit", "replace_in_file"),
    title=lambda a: f"edit {a.path}",
)
async def patch(context: ToolContext, arguments: Patch) -> ToolOutput:
    """Replace old_str by new_str in a file."""
    base = await context.workspace.read(arguments.path)
    pairs, note = arguments.pairs, ""
    result = apply_patches(base.content, pairs, base.newline, context.settings.disable)
    alone = pairs[0] if len(pairs) == 1 else None
    if isinstance(result, Miss):
        return await after_miss(context, base, alone, result)
    if alone is not None and "\\" not in alone[0]:
        result, note = await _unescaped(context, base, alone, result)
    landed = await change(context, base, result.edits, result.text)
    how = "" if result.how == "exact" else f" (old_str matched but for {result.how})"
    return landed.output(f"{summary(landed.after, landed.diff)}{how}{note}\n{_landed(result)}")


async def _unescaped(
    context: ToolContext, base: Text, pair: tuple[str, str], result: Patched
) -> tuple[Patched, str]:
    """An old text of one line has no escapes by which the search could tell that the new one has some."""
    old, disable = pair[0], context.settings.disable

    def with_new(new: str) -> Patched | Miss:
        return apply_patches(base.content, [(old, new)], base.newline, disable)

    def put(new: str) -> str:
        patched = with_new(new)
        return base.content if isinstance(patched, Miss) else patched.text

    given = await meant(context, base.path, base, pair[1], put)
    again = with_new(given.content) if given.note else result
    return (again, given.note) if isinstance(again, Patched) else (result, "")


def _landed(patched: Patched) -> str:
    """The changed lines as they are now, with a little around them."""
    first_edit, last_edit = patched.edits[0], patched.edits[-1]
    grown = sum(len(edit.new) - (edit.end - edit.start) for edit in patched.edits)
    start = to_lf(patched.text[: first_edit.start]).count("\n")
    end = to_lf(patched.text[: last_edit.end + grown]).count("\n") + 1
    lines = to_lf(patched.text).split("\n")
    first, last = max(0, start - CONTEXT_LINES), min(len(lines), end + CONTEXT_LINES)
    shown = lines[first:last][:MOST_SHOWN_LINES]
    body = "\n".join(
        line if len(line) <= LONGEST_SHOWN_LINE else f"{line[:LONGEST_SHOWN_LINE]}…" for line in shown
    )
    rest = f"\n… {last - first - len(shown)} more lines" if last - first > len(shown) else ""
    return f"Lines {first + 1}-{first + len(shown)} are now:\n{body}{rest}"
