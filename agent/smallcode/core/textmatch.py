"""Searching text line by line, the same for open buffers and for files on the disk."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import regex
from pathspec import GitIgnoreSpec

from ..errors import SmallCodeError
from ..messages import SearchMatch, SearchQuery
from .textdiff import split_lines

LINE_TIMEOUT = 0.5
"""Seconds that a pattern may take on one line; one that backtracks without end is not waited for."""

LONGEST_LINE = 2000
"""Characters of a match's line that are kept; a minified file has lines of megabytes."""

_MOST_BRACES = 64


def matching_lines(
    path: str, content: str, query: SearchQuery, *, expired: Callable[[], bool] = lambda: False
) -> list[SearchMatch]:
    """The first ``query.limit`` matching lines of ``content``; ``query.under`` and ``query.glob`` are not
    looked at.

    A longer line than LONGEST_LINE is cut around the match, with ``…`` where something is missing.
    ``expired`` is asked at every line and ends the search early. Raises SmallCodeError for a pattern that
    is none, and for one that takes longer than LINE_TIMEOUT.
    """
    pattern = compile_pattern(query)
    found: list[SearchMatch] = []
    for number, ended in enumerate(split_lines(content), start=1):
        if len(found) >= query.limit or expired():
            break
        line = ended.rstrip("\r\n")
        try:
            match = pattern.search(line, timeout=LINE_TIMEOUT)
        except TimeoutError as error:
            raise SmallCodeError(
                f"The pattern {query.pattern!r} takes too long on {path}, line {number}.",
                "Use one without nested repetition, or search for literal text.",
            ) from error
        if match:
            found.append(SearchMatch(path, number, _cut(line, match.start())))
    return found


def compile_pattern(query: SearchQuery) -> regex.Pattern[str]:
    """Raises SmallCodeError for an empty pattern, one with a line break, and one that is not a regular
    expression."""
    if not query.pattern:
        raise SmallCodeError("The pattern is empty.", "Give the text or regular expression to search for.")
    if "\n" in query.pattern or "\r" in query.pattern:
        raise SmallCodeError("The pattern holds a line break.", "Lines are searched one by one.")
    source = query.pattern if query.regex else regex.escape(query.pattern)
    try:
        return regex.compile(source, regex.IGNORECASE if query.ignore_case else 0)
    except (regex.error, OverflowError, RecursionError) as error:
        raise SmallCodeError(
            f"The pattern {query.pattern!r} is not a regular expression: {error}.",
            "Mend it, or search for it as literal text.",
        ) from error


def path_matches(path: str, query: SearchQuery) -> bool:
    """Whether a file lies under ``query.under`` and fits ``query.glob``.

    The glob is read as a line of .gitignore: ``*.py`` fits at any depth, ``src/*.py`` from the root on,
    ``**`` spans folders. ``{a,b}`` stands for either, and a leading ``!`` turns the meaning round.
    """
    under = query.under.replace("\\", "/").removeprefix("./").strip("/")
    if under not in {"", "."} and path != under and not path.startswith(under + "/"):
        return False
    if not query.glob:
        return True
    negated = query.glob.startswith("!")
    try:
        fits = any(
            pattern.search(path, timeout=LINE_TIMEOUT)
            for pattern in _glob_patterns(query.glob.removeprefix("!"))
        )
    except TimeoutError as error:
        raise SmallCodeError(
            f"The pattern {query.glob!r} takes too long on {path}.", "Use one with fewer asterisks."
        ) from error
    return fits is not negated


@lru_cache(maxsize=64)
def _glob_patterns(glob: str) -> tuple[regex.Pattern[str], ...]:
    """pathspec knows what the glob means; its expressions are compiled anew for a matcher with a deadline."""
    try:
        read = GitIgnoreSpec.from_lines(_without_braces(glob.removeprefix("./")))
        return tuple(
            regex.compile(pattern.regex.pattern)
            for pattern in read.patterns
            if pattern.include and pattern.regex is not None
        )
    except (ValueError, regex.error) as error:
        raise SmallCodeError(f"{glob!r} is not a pattern for file names: {error}.") from error


def _without_braces(glob: str) -> list[str]:
    """``*.{ts,tsx}`` as ``*.ts`` and ``*.tsx``; innermost braces first, at most _MOST_BRACES patterns."""
    done: list[str] = []
    waiting = [glob]
    while waiting and len(done) + len(waiting) <= _MOST_BRACES:
        pattern = waiting.pop()
        braces = re.search(r"\{([^{}]*)\}", pattern)
        if braces is None:
            done.append(pattern)
            continue
        head, tail = pattern[: braces.start()], pattern[braces.end() :]
        waiting += [head + choice + tail for choice in braces[1].split(",")]
    return done + waiting


def _cut(line: str, at: int) -> str:
    if len(line) <= LONGEST_LINE:
        return line
    start = max(0, min(at - LONGEST_LINE // 4, len(line) - LONGEST_LINE))
    end = start + LONGEST_LINE
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")
