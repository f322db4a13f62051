"""Which names exist in the code of the project."""

from __future__ import annotations

from pydantic import Field

from ..core.graph.scope import check, render_checked
from .base import Arguments, ToolContext, ToolOutput, tool
from .code_graph import NO_GRAPH, current, room, told


class ScopeCheck(Arguments):
    names: list[str] = Field(description="such as parse or Parser.parse")


@tool(
    "scope_check",
    "code_intel",
    aliases=("check_names", "check_symbols", "symbol_exists"),
    pure=True,
    title=lambda a: f"check {', '.join(a.names[:3])}",
    core=False,
    offered_for=("code_intel", "search", "read"),
    about=r"\bexists?\b|\bis there (?:a|an|any)\b|\bare there any\b|\bdo we have\b",
)
async def scope_check(context: ToolContext, arguments: ScopeCheck) -> ToolOutput:
    """Tell which of these names exist in the project, and what was meant by the others."""
    lookup = await current(context)
    if lookup is None:
        return NO_GRAPH
    names = list(dict.fromkeys(name for name in arguments.names if name.strip()))
    if not names:
        return ToolOutput("names is empty. Give names of functions, classes or methods.", ok=False)
    within = room(context)
    return told(context, render_checked([check(lookup, name) for name in names], within), within)
