"""A workspace that lives in memory, and a validator to go with it: for tests, and for whoever wants to try an
edit without a disk."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence

from ..core.paths import inside_git, nearest_paths
from ..core.textcodec import dominant_newline
from ..core.textdiff import split_lines
from ..core.textmatch import compile_pattern, matching_lines, path_matches
from ..errors import NoSuchFile, NotAFile, OutsideWorkspace, Protected, StaleEdit
from ..messages import Edit, Problem, SearchMatch, SearchQuery, Text

_ROOT = "/memory"


class MemoryWorkspace:
    """Implements ``ports.Workspace`` on a dictionary of contents by path.

    ``texts`` is that dictionary; changing it is what a user or another program would do behind the agent's
    back. ``saves`` counts the calls of ``save``.
    """

    def __init__(self, files: Mapping[str, str] = {}) -> None:
        self.texts: dict[str, str] = dict(files)
        self.saves = 0

    @property
    def root(self) -> str:
        return _ROOT

    def locate(self, path: str) -> str:
        if not path.strip():
            raise NotAFile(path, "An empty path names no file.", "Give a path relative to the root.")
        whole = posixpath.normpath(posixpath.join(_ROOT, path))
        if whole != _ROOT and not whole.startswith(_ROOT + "/"):
            raise OutsideWorkspace(path, f"{path} lies outside {_ROOT}.", "Give a path relative to the root.")
        return posixpath.relpath(whole, _ROOT)

    async def read(self, path: str) -> Text:
        relative = self.locate(path)
        if relative not in self.texts:
            if relative == "." or any(other.startswith(relative + "/") for other in self.texts):
                raise NotAFile(relative, f"{relative} is a folder.", "Give the path of a file.")
            raise NoSuchFile(relative, nearest_paths(relative, sorted(self.texts)))
        return self._text(relative)

    async def apply_edit(self, edit: Edit) -> Text:
        relative = self.locate(edit.path)
        if inside_git(relative):
            raise Protected(relative, f"{relative} is git's own and is not written.")
        self._require(relative, edit.base)
        self.texts[relative] = edit.content
        return self._text(relative)

    async def remove(self, base: Text) -> None:
        relative = self.locate(base.path)
        self._require(relative, base)
        del self.texts[relative]

    async def files(self, under: str = "") -> Sequence[str]:
        query = SearchQuery("", under=self.locate(under or "."))
        return sorted(path for path in self.texts if path_matches(path, query))

    async def search(self, query: SearchQuery) -> Sequence[SearchMatch]:
        compile_pattern(query)
        found: list[SearchMatch] = []
        for path in await self.files(query.under):
            if path_matches(path, query):
                found += matching_lines(path, self.texts[path], query)
        return found[: query.limit]

    async def save(self) -> None:
        self.saves += 1

    def _require(self, path: str, base: Text | None) -> None:
        current = self.texts.get(path)
        if base is None and current is not None:
            raise StaleEdit(path, f"{path} exists already.", "Read it, then change it.")
        if base is not None and current is None:
            raise StaleEdit(path, f"{path} was deleted after it was read.", "Write it as a new file.")
        if base is not None and current != base.content:
            raise StaleEdit(path, f"{path} was changed after it was read.", "Read it again.")

    def _text(self, path: str) -> Text:
        content = self.texts[path]
        digest = Text(path, content, "").digest
        return Text(path, content, f"memory:{digest}", dominant_newline(content))


class FixedValidator:
    """Implements ``ports.Validator`` by a rule that is easy to see through: every line that holds ``mark`` is
    an error. ``asked`` lists the paths it was asked about, oldest first."""

    def __init__(self, mark: str) -> None:
        self._mark = mark
        self.asked: list[str] = []

    async def new_problems(self, before: Text | None, after: Text) -> Sequence[Problem]:
        self.asked.append(after.path)
        old = [] if before is None else self._marked(before)
        return [
            Problem(after.path, number, f"{self._mark} is not allowed")
            for number, line in enumerate(split_lines(after.content), start=1)
            if self._mark in line and line.strip() not in old
        ]

    def _marked(self, text: Text) -> list[str]:
        return [line.strip() for line in split_lines(text.content) if self._mark in line]
