"""Find definitions by name or by words, with what is connected with them."""

from __future__ import annotations

from pydantic import Field

from ..core.graph.listing import render, worth_reading
from ..core.graph.search import search
from .base import Arguments, ToolContext, ToolOutput, tool
from .code_graph import NO_GRAPH, RELATIONS, bodies_of, current, room, told

USUAL_TOKENS = 1500
"""Of a result where the model does not say: the definition that was meant and those next to it."""


class GraphSearch(Arguments):
    query: str = Field(description="name, or what the code does")
    max_tokens: int = 0


@tool(
    "graph_search",
    "code_intel",
    aliases=(
        "code_search",
        "search_code",
        "search_symbols",
        "find_symbol",
        "symbol_search",
        "semantic_search",
    ),
    pure=True,
    title=lambda a: f"look for {a.query}",
    core=False,
    offered_for=("write",),
    about=RELATIONS,
    always_for=("code_intel", "search", "plan", "read"),
)
async def graph_search(context: ToolContext, arguments: GraphSearch) -> ToolOutput:
    """Find code by name or meaning, with callers and callees."""
    lookup = await current(context)
    if lookup is None:
        return NO_GRAPH
    if not arguments.query.strip():
        return ToolOutput("query is empty. Give a name, or words of what the code does.", ok=False)
    within = room(context, arguments.max_tokens or USUAL_TOKENS)
    found = search(lookup, arguments.query)
    bodies = await bodies_of(context, worth_reading(found))
    listing = render(found, {id: body for id, (_, body) in bodies.items()}, within)
    for symbol in listing.whole:
        context.workspace.shown(bodies[symbol.id][0], symbol.definition.first, symbol.definition.last)
    return told(context, listing.text, within)
