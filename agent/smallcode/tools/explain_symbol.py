"""All that the code graph knows of one symbol."""

from __future__ import annotations

from pydantic import Field

from ..core.graph.explain import explain, render_explanation
from .base import Arguments, ToolContext, ToolOutput, tool
from .code_graph import NO_GRAPH, RELATIONS, current, room, told


class ExplainSymbol(Arguments):
    name: str = Field(description="such as parse or Parser.parse")


@tool(
    "explain_symbol",
    "code_intel",
    aliases=("symbol_info", "describe_symbol", "find_references", "find_callers", "who_calls", "find_usages"),
    pure=True,
    title=lambda a: f"explain {a.name}",
    core=False,
    offered_for=("write",),
    about=RELATIONS,
    always_for=("code_intel",),
)
async def explain_symbol(context: ToolContext, arguments: ExplainSymbol) -> ToolOutput:
    """Where a symbol is defined, who calls it, its tests."""
    lookup = await current(context)
    if lookup is None:
        return NO_GRAPH
    if not arguments.name.strip():
        return ToolOutput("name is empty. Give the name of a function, class or method.", ok=False)
    found, within = explain(lookup, arguments.name), room(context)
    return told(context, render_explanation(found, within), within, ok=found.symbol is not None)
