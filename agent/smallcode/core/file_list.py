"""Which files of a task are still to be changed, for a model that loses sight of them.

A small model that has changed two of five files says that it is done. From the third file of a turn on, the
list stands at the end of the newest message of each request: nowhere else, since a prompt that changes in
front is read anew by the server.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .tokens import BYTES_PER_TOKEN, utf8_size

FEATURE = "file list"
"""The name under which it can be switched off."""

FEWEST_FILES = 3
"""Files that a turn is about, changed or not, before they are listed."""

MOST_TOKENS = 80

SUFFIXES = (
    "py|pyi|js|mjs|cjs|jsx|ts|tsx|vue|svelte|css|scss|html|json|md|rst|txt|toml|ya?ml|ini|cfg|c|h|cc|cpp|hpp"
    "|cs|go|rs|java|kt|swift|rb|php|lua|sh|sql|ex|exs|scala"
)
"""Suffixes by which a word is known for a file's name, as a part of a regular expression."""

_NAMED = re.compile(rf"(?<![\w@/.-])(?:\.?/)?((?:[\w.-]+/)*[\w-][\w.-]*\.(?:{SUFFIXES}))(?![\w/-])")


@dataclass(slots=True)
class FilesOfTurn:
    """What a turn has had to do with, each in the order in which it came up.

    ``named`` are the files that the request or the plan names, ``found`` those in which a search found what
    is to be changed, ``read`` and ``changed`` what was done so far.
    """

    named: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)

    def note(
        self, *, read: Iterable[str] = (), changed: Iterable[str] = (), found: Iterable[str] = ()
    ) -> None:
        """What one call has done. A search that finds other files than before replaces what an earlier one
        found: the last one shows where the old text still stands."""
        for known, new in ((self.read, read), (self.changed, changed)):
            known += [path for path in dict.fromkeys(new) if path not in known]
        if newly := list(dict.fromkeys(found)):
            self.found = newly


def named_files(text: str) -> list[str]:
    """The file names in a request, as they are written there, each once."""
    return list(dict.fromkeys(match[1] for match in _NAMED.finditer(text)))


def files_left(files: FilesOfTurn) -> list[str]:
    """The files still to be changed: those named first, read ones before the others, then those that a
    search found while others of them were changed already."""
    known = [*files.read, *files.changed, *files.found]
    named = [_as_known(name, known) for name in files.named]
    left = [path for path in named if path not in files.changed]
    left.sort(key=lambda path: path not in files.read)
    if any(path in files.changed for path in files.found):
        left += files.found
    return [path for path in dict.fromkeys(left) if path not in files.changed]


def reminder(files: FilesOfTurn) -> str:
    """The list as it stands at the end of a request, of MOST_TOKENS tokens at most; "" where it is not
    due."""
    left = files_left(files)
    if not left or not files.changed or len(left) + len(files.changed) < FEWEST_FILES:
        return ""
    for shown in range(len(left), 0, -1):
        for done in (f" Changed: {', '.join(files.changed)}.", f" Changed: {len(files.changed)} files."):
            text = f"[Files of this task not changed yet: {_listed(left, shown)}.{done}]"
            if utf8_size(text) <= MOST_TOKENS * BYTES_PER_TOKEN:
                return text
    return f"[{len(left)} files of this task are not changed yet.]"


def _listed(paths: Sequence[str], shown: int) -> str:
    more = len(paths) - shown
    return ", ".join(paths[:shown]) + (f" and {more} more" if more else "")


def _as_known(name: str, known: Sequence[str]) -> str:
    """The path by which the file was met, where the request names only the end of it."""
    return next((path for path in known if path == name or path.endswith(f"/{name}")), name)
