"""What a search found, the most relevant first, in as much room as there is."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..messages import SearchMatch
from .definitions import defined_on
from .focus import Focus
from .room import Room
from .shorten import shorten_to

LONGEST_LINE = 200

# Where not all have room, each file gets a line first, then a few more, and then all: a file full of matches
# does not push out the others.
ROUNDS = (1, 3, 10, 1 << 30)

_TEST = re.compile(
    r"(^|[/._-])(tests?|specs?|__tests__|testing|conftest)([/._-]|$)|Tests?\.\w+$", re.IGNORECASE
)


def is_test(path: str) -> bool:
    """Whether a path looks like that of a test."""
    return bool(_TEST.search(path))


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    matches: tuple[SearchMatch, ...]


def ranked(matches: Sequence[SearchMatch], pattern: str, focus: Focus) -> list[SearchMatch]:
    """By file, and in a file the definitions first. Files that the request names come first, then those that
    define the very name, then those that define anything on a matching line, tests after the others."""
    by_path: dict[str, list[SearchMatch]] = {}
    for match in matches:
        by_path.setdefault(match.path, []).append(match)
    files = [
        _File(path, tuple(sorted(found, key=lambda match: (_use(match, pattern), match.line))))
        for path, found in by_path.items()
    ]
    files.sort(key=lambda file: _rank(file, pattern, focus))
    return [match for file in files for match in file.matches]


def _use(match: SearchMatch, pattern: str) -> int:
    """0 for the definition of the very name, 1 for another definition, 2 for a use."""
    name = defined_on(match.text)
    return 0 if name and name == pattern else 1 if name else 2


def _rank(file: _File, pattern: str, focus: Focus) -> tuple[bool, bool, int, str, str]:
    folder, name = posixpath.split(file.path)
    return (
        not focus.names_file(file.path),
        is_test(file.path),
        _use(file.matches[0], pattern),
        folder,
        name,
    )


def render(matches: Sequence[SearchMatch], first: str, pattern: str, least: str, room: Room) -> str:
    """``matches`` as ``ranked`` gives them, under their files, below the line ``first``. ``least`` is what
    stands before a number that may be larger."""
    for shown in _selections(matches):
        told = _told(matches, shown, first, pattern, least)
        if room.holds(told):
            return told
    return shorten_to(_told(matches, [], first, pattern, least), room)


def _selections(matches: Sequence[SearchMatch]) -> Iterator[Sequence[SearchMatch]]:
    """All of them, then fewer and fewer: first the many of one file go, then the files at the end."""
    yield matches
    order: dict[str, int] = {}
    in_file: list[int] = []
    for match in matches:
        in_file.append(order.get(match.path, 0))
        order[match.path] = in_file[-1] + 1
    by_round = [
        match
        for low, high in zip((0, *ROUNDS), ROUNDS, strict=False)
        for match, number in zip(matches, in_file, strict=True)
        if low <= number < high
    ]
    kept = len(by_round)
    while kept > 1:
        kept = min(kept - 1, kept * 7 // 8)
        chosen = set(by_round[:kept])
        yield [match for match in matches if match in chosen]


def _told(
    matches: Sequence[SearchMatch], shown: Sequence[SearchMatch], first: str, pattern: str, least: str
) -> str:
    lines = [first]
    by_path: dict[str, list[SearchMatch]] = {}
    for match in shown:
        by_path.setdefault(match.path, []).append(match)
    for path, found in by_path.items():
        lines.append(path)
        lines += [
            f"{match.line}: {_cut(match.text, pattern)}" for match in sorted(found, key=lambda one: one.line)
        ]
    missing = set(matches) - set(shown)
    if missing:
        files = len({match.path for match in missing})
        where = f"{files} {'file' if files == 1 else 'files'}"
        lines.append(f"… {least}{len(missing)} more in {where}; narrow it by path, glob or pattern")
    return "\n".join(lines)


def _cut(text: str, pattern: str) -> str:
    """A long line is cut to its beginning, or to the surroundings of a literal pattern that stands later."""
    if len(text) <= LONGEST_LINE:
        return text
    at = max(text.lower().find(pattern.lower()), 0)
    start = 0 if at + len(pattern) <= LONGEST_LINE else max(at - LONGEST_LINE // 4, 0)
    end = start + LONGEST_LINE
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
