"""What a turn is about, as far as its words tell: names of code, files, and lines that a search has found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..messages import SearchMatch

_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_PATH = re.compile(r"[\w.@+-]+(?:/[\w.@+-]+)*")

# A word of prose is in small letters, with a capital at most in front.
_LIKE_CODE = re.compile(r"_|\$|\d|[a-z][A-Z]|[A-Z]{2}|[A-Z][a-z]+[A-Z]")

# Shorter words of a request name a definition by chance.
SHORTEST_PROSE = 4


class Focus:
    """For one turn; searches add to it. ``paths`` are files that the editor says the request is about."""

    def __init__(self, request: str = "", paths: Sequence[str] = ()) -> None:
        words = list(dict.fromkeys(_WORD.findall(request)))
        called = set(re.findall(r"([A-Za-z_$][\w$]*)\(", request))
        quoted = {word for span in re.findall(r"`([^`\n]+)`", request) for word in _WORD.findall(span)}
        self.code_names = tuple(word for word in words if _LIKE_CODE.search(word) or word in called | quoted)
        self.prose_names = tuple(
            word for word in words if word not in self.code_names and len(word) >= SHORTEST_PROSE
        )
        named = [path.removeprefix("./").rstrip(".") for path in _PATH.findall(request)]
        self._paths = frozenset(path for path in named if "/" in path or "." in path) | frozenset(paths)
        self._hits: dict[str, int] = {}

    def found(self, matches: Sequence[SearchMatch]) -> None:
        """A search has shown these, the most relevant first; the newest search counts."""
        best: dict[str, int] = {}
        for match in matches:
            best.setdefault(match.path, match.line)
        self._hits.update(best)

    def hit_in(self, path: str) -> int | None:
        """The line, counted from 1, that the last search to find something in a file found first."""
        return self._hits.get(path)

    def names_file(self, path: str) -> bool:
        """Whether the request names this file, by its path or the end of it."""
        return any(path == named or path.endswith(f"/{named}") for named in self._paths)
