"""Find lines in the files of the project."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from pydantic import Field

from ..errors import SmallCodeError
from ..messages import SearchMatch, SearchQuery
from ..ports import GuardedWorkspace
from .base import Arguments, ToolContext, ToolOutput, tool
from .changes import count
from .folders import files_under

MOST_MATCHES = 200
LONGEST_LINE = 200

# Room in the result for the first and the last line.
FRAME_CHARS = 250

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
            told = _report(matches, query, f"{where}{how}", context.settings.max_result_chars)
            return ToolOutput(told, found=tuple(dict.fromkeys(match.path for match in matches)))
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


def _report(matches: Sequence[SearchMatch], query: SearchQuery, where: str, room: int) -> str:
    """The matches by file, as many as have room."""
    lines: list[str] = []
    left = room - FRAME_CHARS
    shown = 0
    for path, group in groupby(matches, key=lambda match: match.path):
        left -= len(path) + 1
        head = [path]
        for match in group:
            line = f"{match.line}: {_cut(match.text, query.pattern)}"
            left -= len(line) + 1
            if left < 0:
                break
            lines += [*head, line]
            head = []
            shown += 1
        if left < 0:
            break
    least = "at least " if len(matches) == MOST_MATCHES else ""
    files = count(len({match.path for match in matches}), "file")
    found = "match" if len(matches) == 1 else "matches"
    first = f"{least}{len(matches)} {found} in {files}{where}"
    more = [f"… {least}{len(matches) - shown} more; narrow it by path, glob or pattern"]
    return "\n".join([first, *lines, *(more if shown < len(matches) else [])])


def _cut(text: str, pattern: str) -> str:
    """A long line is cut to its beginning, or to the surroundings of a literal pattern that stands later."""
    if len(text) <= LONGEST_LINE:
        return text
    at = max(text.lower().find(pattern.lower()), 0)
    start = 0 if at + len(pattern) <= LONGEST_LINE else max(at - LONGEST_LINE // 4, 0)
    end = start + LONGEST_LINE
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
