"""A workspace, snapshots and a validator that live in memory: for tests, and for whoever needs no disk."""

from __future__ import annotations

import asyncio
import contextlib
import posixpath
from collections.abc import Iterator, Mapping, Sequence

from ..core.paths import inside_git, nearest_paths
from ..core.textcodec import dominant_newline
from ..core.textdiff import split_lines
from ..core.textmatch import compile_pattern, matching_lines, path_matches
from ..core.turnlog import Began, Record, Turn, bytes_text, key_of, text_bytes
from ..errors import DiskFailed, NoSuchFile, NotAFile, OutsideWorkspace, Protected, StaleEdit
from ..messages import Edit, FileState, Problem, SearchMatch, SearchQuery, Text
from .snapshots import Kept, no_such_turn

_ROOT = "/memory"

TURNS_KEPT = 50
"""Older turns are forgotten, since what they found is kept in memory."""


class MemoryWorkspace:
    """Implements ``ports.RestorableWorkspace`` on a dictionary of contents by path.

    ``texts`` is that dictionary; changing it is what a user or another program would do behind the agent's
    back. ``saves`` counts the calls of ``save``.
    """

    def __init__(self, files: Mapping[str, str] = {}) -> None:
        self.texts: dict[str, str] = dict(files)
        self.saves = 0

    @property
    def root(self) -> str:
        return _ROOT

    @property
    def revision(self) -> int:
        return 0

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

    async def capture(self, path: str) -> FileState:
        relative = self.locate(path)
        content = self.texts.get(relative)
        return FileState(relative, None if content is None else text_bytes(content))

    async def restore(self, current: FileState, wanted: FileState) -> None:
        relative = self.locate(wanted.path)
        if (await self.capture(relative)).data != current.data:
            raise StaleEdit(relative, f"{relative} was changed meanwhile.", "Undo again.")
        if wanted.data is None:
            self.texts.pop(relative, None)
        else:
            self.texts[relative] = bytes_text(wanted.data)

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


class MeetingWorkspace(MemoryWorkspace):
    """A read waits until ``parties`` of them are under way at once, as a test of concurrency wants it: none
    ends where they come one after another. After ``patience`` seconds a read gives up with DiskFailed.

    ``most`` is how many reads were under way at once, ``left`` how many of them were cancelled.
    """

    def __init__(self, files: Mapping[str, str] = {}, *, parties: int = 2, patience: float = 5.0) -> None:
        super().__init__(files)
        self.most = self.left = 0
        self._parties = parties
        self._patience = patience
        self._waiting = 0
        self._met = asyncio.Event()

    async def read(self, path: str) -> Text:
        self._waiting += 1
        self.most = max(self.most, self._waiting)
        if self._waiting >= self._parties:
            self._met.set()
        try:
            async with asyncio.timeout(self._patience):
                await self._met.wait()
        except TimeoutError as error:
            raise DiskFailed(path, f"No other read came while {path} was read.") from error
        except asyncio.CancelledError:
            self.left += 1
            raise
        finally:
            self._waiting -= 1
        return await super().read(path)


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


class MemorySnapshots:
    """Implements ``snapshots.Snapshots``: what a session without a state folder can undo while it lives."""

    where = "memory"

    def __init__(self) -> None:
        self._turns: dict[str, Turn] = {}
        self._contents: dict[str, dict[str, bytes]] = {}
        self._open: set[str] = set()

    def open(self, began: Began) -> None:
        self._turns[began.turn] = Turn(began)
        self._contents[began.turn] = {}
        self._open.add(began.turn)
        while len(self._turns) > TURNS_KEPT:
            oldest = next(iter(self._turns))
            del self._turns[oldest], self._contents[oldest]

    def record(
        self,
        turn_id: str,
        records: Sequence[Record],
        contents: Sequence[bytes] = (),
        spare: bytes | None = None,
    ) -> None:
        turn = self._turns[turn_id]
        for record in records:
            turn.add(record)
        for content in (*contents, *(() if spare is None else (spare,))):
            self._contents[turn_id][key_of(content)] = content

    def note(self, turn_id: str, record: Record, spare: bytes | None = None) -> None:
        self.record(turn_id, [record], spare=spare)

    def close(self, turn_id: str) -> None:
        self._open.discard(turn_id)

    def load(self, key: str) -> bytes | None:
        return next((found[key] for found in self._contents.values() if key in found), None)

    def turns(self, root: str) -> list[Kept]:
        return [Kept(turn, turn.id in self._open) for turn in self._turns.values()]

    @contextlib.contextmanager
    def held(self, root: str, turn_id: str) -> Iterator[Turn]:
        if turn_id not in self._turns:
            raise no_such_turn(turn_id)
        yield self._turns[turn_id]
