"""Lines that hold a text, and definitions that answer it, in one call."""

from __future__ import annotations

from pydantic import Field

from ..core.graph.hybrid import merged, render_merged
from ..core.graph.search import search
from ..core.search_report import ranked
from ..messages import SearchQuery
from .base import Arguments, ToolContext, ToolOutput, tool
from .code_graph import NO_GRAPH, current, room, told

MOST_MATCHES = 300


class HybridSearch(Arguments):
    query: str = Field(description="a text, a name, or words of what the code does")


@tool(
    "hybrid_search",
    "code_intel",
    aliases=("smart_search", "combined_search", "codebase_search"),
    pure=True,
    title=lambda a: f"look for {a.query}",
    core=False,
    offered_for=("search", "code_intel"),
    about=r"\bmention|\bmessages?\b|\bstrings?\b|\btexts?\b|\bwords?\b",
)
async def hybrid_search(context: ToolContext, arguments: HybridSearch) -> ToolOutput:
    """Find lines that contain a text and definitions that match it, best first."""
    lookup = await current(context)
    if lookup is None:
        return NO_GRAPH
    query = arguments.query.strip()
    if not query:
        return ToolOutput("query is empty. Give a text or a name.", ok=False)
    asked = SearchQuery(query, limit=MOST_MATCHES, ignore_case=query == query.lower())
    matches = ranked(await context.workspace.search(asked), query, context.focus)
    context.focus.found(matches)
    entries = merged(lookup.graph, matches, search(lookup, query))
    within = room(context)
    if not entries:
        return told(context, f"No line holds {query!r}, and no definition matches it.", within)
    least = "at least " if len(matches) == MOST_MATCHES else ""
    output = told(context, render_merged(entries, matches, query, least, within), within)
    paths = tuple(dict.fromkeys(match.path for match in matches))
    return ToolOutput(output.content, found=paths)
