"""Searching files on the disk: ripgrep finds the files where it is installed, the lines are found here.

ripgrep only narrows the files down. Line numbers, line ends, encodings and the limit are then the same with
and without it, and the same as for open buffers, since core.textmatch alone decides what matches. It is
asked only for patterns that mean the same in its regular expressions and in Python's.
"""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ..core.textmatch import compile_pattern, matching_lines, path_matches
from ..errors import SmallCodeError
from ..messages import SearchMatch, SearchQuery

SEARCH_DEADLINE = 20.0
"""Seconds for a whole search."""

# Windows takes 32,767 characters as a command line, the least of all systems (CreateProcessW).
_ARGV_CHARS = 30_000

# No set operations in brackets, no groups but plain ones, no escapes but the common classes and signs.
_MEANS_THE_SAME = re.compile(
    r"(?: [^\\\[\](){}] | \\[dDwWsSbBt] | \\[^\w\s<>] | \((?:\?:|(?!\?)) | \) | \{\d+(?:,\d*)?\}"
    r" | \[\^?(?: [^\\\[\]&~|-] | [^\W_]-[^\W_] | \\[dDwWsS] | \\[^\w\s] )+-?\] )*",
    re.VERBOSE,
)


def search_files(
    root: Path,
    paths: Sequence[str],
    query: SearchQuery,
    read: Callable[[str], str | None],
    *,
    ripgrep: str | None,
    seconds: float = SEARCH_DEADLINE,
) -> list[SearchMatch]:
    """Matching lines in the order of ``paths``; at most ``query.limit``.

    ``paths`` are relative to ``root``; ``read`` gives a file's content, None for one that is not searched;
    ``ripgrep`` is the path of the program. Blocks. Raises SmallCodeError for a pattern that cannot be used
    and for a search that takes longer than ``seconds``.
    """
    compile_pattern(query)
    end = time.monotonic() + seconds

    def expired() -> bool:
        return time.monotonic() > end

    found: list[SearchMatch] = []
    wanted = [path for path in paths if path_matches(path, query)]
    for path in _candidates(root, wanted, query, ripgrep, end):
        if len(found) >= query.limit:
            break
        content = read(path)
        if content is not None:
            left = replace(query, limit=query.limit - len(found))
            found += matching_lines(path, content, left, expired=expired)
        if expired():
            raise SmallCodeError(
                f"The search for {query.pattern!r} takes longer than {seconds:g} s.",
                "Limit it to a folder or to some file names.",
            )
    return found


def _candidates(
    root: Path, paths: Sequence[str], query: SearchQuery, ripgrep: str | None, end: float
) -> Iterator[str]:
    if ripgrep is None or (query.regex and not _MEANS_THE_SAME.fullmatch(query.pattern)):
        yield from paths
        return
    for batch in _batches(paths):
        yield from _narrowed(root, batch, query, ripgrep, end)


def _batches(paths: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for path in paths:
        size += len(path) + 5
        if batch and size > _ARGV_CHARS:
            yield batch
            batch, size = [], len(path) + 5
        batch.append(path)
    if batch:
        yield batch


def _narrowed(
    root: Path, paths: Sequence[str], query: SearchQuery, ripgrep: str, end: float
) -> Iterator[str]:
    """Those of the paths in which something matches; all of them where ripgrep fails."""
    argv = [ripgrep, "--no-config", "--files-with-matches", "--null", "--no-messages", "--color=never"]
    argv += ["--ignore-case"] if query.ignore_case else ["--case-sensitive"]
    argv += [] if query.regex else ["--fixed-strings"]
    argv += ["-e", query.pattern]
    if query.regex and ("^" in query.pattern or "$" in query.pattern):
        # For ripgrep a line ends at \n alone: a file with another line end has to be looked at.
        argv += ["-e", r"\r"]
    argv += ["--", *(f"./{path}" for path in paths)]
    try:
        done = subprocess.run(
            argv,
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=max(0.1, end - time.monotonic()),
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        yield from paths
        return
    if done.returncode not in {0, 1}:
        yield from paths
        return
    hits = {_plain(name) for name in done.stdout.decode("utf-8", "replace").split("\0")}
    yield from (path for path in paths if _plain(path) in hits)


def _plain(name: str) -> str:
    """One spelling for what was asked and what is answered, where separators differ."""
    return name.replace("\\", "/").removeprefix("./")
