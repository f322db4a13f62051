"""Find lines in the files of the project."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pydantic import Field

from ..core.search_report import ranked, render
from ..errors import SmallCodeError
from ..messages import SearchMatch, SearchQuery
from ..ports import GuardedWorkspace
from .base import Arguments, ToolContext, ToolOutput, tool
from .changes import count
from .folders import files_under

# Looked at, so that the best of them can be told; far fewer have room.
MOST_MATCHES = 1000

_LOOKS_LIKE_REGEX = re.compile(r"[|*+?^$\\\[\](){}]|\.\*")


class Search(Arguments):
    pattern: str
    path: str = Field("", description="folder or file to search in")
    glob: str = Field("", description="file names, such as *.py")
    regex: bool = Field(False, description="pattern is a regular expression")


@tool(
    "search",
    "search",
    aliases=("grep", "rg", "search_files"),
    pure=True,
    title=lambda a: f"search {a.pattern}",
)
async def search(context: ToolContext, arguments: Search) -> ToolOutput:
    """Find lines of files that contain a text."""
    listed = await files_under(context.workspace, arguments.path)
    if isinstance(listed, ToolOutput):
        return listed
    under = "" if arguments.path in ("", ".", "/") else context.workspace.locate(arguments.path)
    asked = SearchQuery(
        arguments.pattern, regex=arguments.regex, under=under, glob=arguments.glob, limit=MOST_MATCHES
    )
    where = f" in {under}" if under else ""
    for query, how in _attempts(asked):
        matches = await _matches(context.workspace, query, asked)
        if matches:
            return _report(context, matches, query, f"{where}{how}")
    glob = f" (files {arguments.glob})" if arguments.glob else ""
    return ToolOutput(
        f"No line contains {arguments.pattern!r}{where}{glob}; {count(len(listed), 'file')} there."
    )


def _attempts(asked: SearchQuery) -> list[tuple[SearchQuery, str]]:
    """The search as asked, and the more lenient ones that are tried where nothing is found: a search that
    misses by its case costs a small model a whole step."""
    attempts = [(asked, ""), (replace(asked, ignore_case=True), ", upper and lower case alike")]
    if not asked.regex and _LOOKS_LIKE_REGEX.search(asked.pattern):
        attempts.append((replace(asked, regex=True), ", as a regular expression"))
    return attempts


async def _matches(
    workspace: GuardedWorkspace, query: SearchQuery, asked: SearchQuery
) -> Sequence[SearchMatch]:
    """Raises SmallCodeError for a pattern that was asked for, not for one that was only tried."""
    try:
        return await workspace.search(query)
    except SmallCodeError:
        if query.regex == asked.regex:
            raise
        return ()


def _report(
    context: ToolContext, matches: Sequence[SearchMatch], query: SearchQuery, where: str
) -> ToolOutput:
    best = ranked(matches, query.pattern, context.focus)
    context.focus.found(best)
    least = "at least " if len(matches) == MOST_MATCHES else ""
    files = count(len({match.path for match in matches}), "file")
    found = "match" if len(matches) == 1 else "matches"
    first = f"{least}{len(matches)} {found} in {files}{where}"
    room = context.budget.room("search", context.settings.max_result_chars)
    paths = tuple(dict.fromkeys(match.path for match in matches))
    return ToolOutput(render(best, first, query.pattern, least, room), found=paths)
