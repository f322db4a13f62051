"""Find a text in the project and show the file around the best match."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from ..core.definitions import defined_on
from ..messages import SearchMatch, SearchQuery
from .base import Arguments, ToolContext, ToolOutput, tool
from .showing import show_around

MOST_MATCHES = 200
MOST_OTHERS = 8

# Room in the result for the first line and for the other matches.
FRAME_CHARS = 600
WINDOW_CHARS = 4000


class SearchAndRead(Arguments):
    pattern: str
    path: str = Field("", description="folder or file to search in")
    regex: bool = Field(False, description="pattern is a regular expression")


@tool(
    "search_and_read",
    "search",
    aliases=("grep_and_read", "find_definition"),
    pure=True,
    title=lambda a: f"search {a.pattern} and read",
    core=False,
    offered_for=("search", "code_intel"),
)
async def search_and_read(context: ToolContext, arguments: SearchAndRead) -> ToolOutput:
    """Find a text and show the file around the best match, such as a definition."""
    workspace = context.workspace
    under = "" if arguments.path in ("", ".", "/") else workspace.locate(arguments.path)
    query = SearchQuery(arguments.pattern, regex=arguments.regex, under=under, limit=MOST_MATCHES)
    matches = await workspace.search(query)
    if not matches:
        where = f" in {under}" if under else ""
        return ToolOutput(f"No line contains {arguments.pattern!r}{where}.", ok=False)
    best = best_match(matches, arguments.pattern)
    text = await workspace.read(best.path)
    room = min(WINDOW_CHARS, context.settings.max_result_chars - FRAME_CHARS)
    window = await show_around(context, text, best.line, max(room, FRAME_CHARS))
    which = f"The best of {len(matches)} matches" if len(matches) > 1 else "The only match"
    where = f"{which} is {best.path}:{best.line}."
    found = tuple(dict.fromkeys(match.path for match in matches))
    return ToolOutput(f"{where}{_others(matches, best)}\n{window.content}", found=found)


def best_match(matches: Sequence[SearchMatch], pattern: str) -> SearchMatch:
    """The definition of the very name, else a definition on a matching line, else the first match; those of
    tests come after the others."""

    def rank(match: SearchMatch) -> tuple[bool, bool, bool]:
        name = defined_on(match.text)
        return name != pattern, not name, "test" in match.path.casefold()

    return min(matches, key=rank)


def _others(matches: Sequence[SearchMatch], best: SearchMatch) -> str:
    others = [f"{match.path}:{match.line}" for match in matches if match != best]
    if not others:
        return ""
    more = f" and {len(others) - MOST_OTHERS} more" if len(others) > MOST_OTHERS else ""
    return f" Others: {', '.join(others[:MOST_OTHERS])}{more}."
