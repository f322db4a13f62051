"""The workspace on the disk. Every file keeps its encoding, byte order mark and line ends."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from ..core.paths import nearest_paths
from ..core.textcodec import decode, encode
from ..errors import DiskFailed, NoSuchFile, NotAFile, StaleEdit, WorkspaceError
from ..messages import Edit, SearchMatch, SearchQuery, Text
from .containment import contained, refuse_git
from .diskfile import create_file, exists_already, read_bytes, remove_file, replace_file, told, too_large
from .listing import list_files
from .programs import find_program
from .textsearch import SEARCH_DEADLINE, search_files

T = TypeVar("T")

DEADLINE = 30.0
"""Seconds for anything but a search: a network drive that is gone never answers."""

SETTLING = 2.0
"""Seconds that a cancelled turn waits for a write that it has begun."""


class DiskWorkspace:
    """The files below a folder, without regard to any editor. Implements ``ports.Workspace``.

    ``max_bytes`` is the size of the largest file that is read or written. ``use_ripgrep`` False searches
    in Python alone. Raises DiskFailed where ``root`` is no folder.
    """

    def __init__(
        self, root: str | Path, *, max_bytes: int = 10 * 1024 * 1024, use_ripgrep: bool = True
    ) -> None:
        self._root = Path(root).resolve()
        self._max_bytes = max_bytes
        self._ripgrep = find_program("rg", self._root) if use_ripgrep else None
        # Two sessions may share this workspace: comparing a file and replacing it is one step.
        self._writing = threading.Lock()
        self._require_root()

    @property
    def root(self) -> str:
        return str(self._root)

    def locate(self, path: str) -> str:
        """The real path, links followed, relative to the root; "." for the root itself."""
        return contained(self._root, path).relative_to(self._root).as_posix()

    async def read(self, path: str) -> Text:
        return await _with_deadline(path, lambda: self._read(path))

    async def apply_edit(self, edit: Edit) -> Text:
        return await _to_its_end(edit.path, lambda: self._apply(edit))

    async def remove(self, base: Text) -> None:
        return await _to_its_end(base.path, lambda: self._remove(base))

    async def files(self, under: str = "") -> Sequence[str]:
        return await _with_deadline(under or ".", lambda: self._files(under))

    async def search(self, query: SearchQuery, *, skip: Collection[str] = ()) -> Sequence[SearchMatch]:
        """As in the port; ``skip`` are files that someone else searches, such as open buffers."""
        seconds = SEARCH_DEADLINE + DEADLINE
        return await _with_deadline(query.under or ".", lambda: self._search(query, frozenset(skip)), seconds)

    async def save(self) -> None:
        """Nothing is ever held back from the disk."""

    def _read(self, path: str) -> Text:
        relative = self.locate(path)
        try:
            with told(relative, "read"):
                data = self._bytes_of(relative)
        except NoSuchFile:
            self._require_root()
            raise NoSuchFile(relative, nearest_paths(relative, self._known_files())) from None
        return decode(relative, data)

    def _bytes_of(self, relative: str) -> bytes:
        try:
            return read_bytes(self._root / relative, relative, self._max_bytes)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise NoSuchFile(relative) from error

    def _apply(self, edit: Edit) -> Text:
        relative = self.locate(edit.path)
        refuse_git(relative)
        self._require_root()
        real = self._root / relative
        with self._writing, told(relative, "written"):
            if edit.base is None:
                if real.is_dir():
                    raise NotAFile(relative, f"{relative} is a folder.", "Give the path of a file.")
                if real.exists():
                    raise exists_already(relative)
                data = self._encoded(relative, edit.content, edit.encoding, edit.bom)
                create_file(real, relative, data)
            else:
                current = self._unchanged(relative, edit.base)
                data = self._encoded(relative, edit.content, current.encoding, current.bom)
                replace_file(real, relative, data)
        return decode(relative, data)

    def _remove(self, base: Text) -> None:
        relative = self.locate(base.path)
        refuse_git(relative)
        with self._writing, told(relative, "deleted"):
            self._unchanged(relative, base)
            remove_file(self._root / relative, relative)

    def _unchanged(self, relative: str, base: Text) -> Text:
        """The file as it is on the disk. Raises StaleEdit where it is not ``base`` any more."""
        try:
            current = decode(relative, self._bytes_of(relative))
        except NoSuchFile as error:
            self._require_root()
            raise StaleEdit(
                relative, f"{relative} was deleted after it was read.", "Write it as a new file."
            ) from error
        if current.content != base.content:
            raise StaleEdit(relative, f"{relative} was changed after it was read.", "Read it again.")
        return current

    def _encoded(self, relative: str, content: str, encoding: str, bom: bool) -> bytes:
        data = encode(relative, content, encoding=encoding, bom=bom)
        if len(data) > self._max_bytes:
            raise too_large(relative, len(data), self._max_bytes)
        return data

    def _files(self, under: str) -> list[str]:
        relative = self.locate(under or ".")
        real = self._root / relative
        self._require_root()
        if real.is_file():
            return [relative]
        with told(relative, "listed"):
            if not real.exists():
                raise NoSuchFile(relative, nearest_paths(relative, self._known_files()))
            if not real.is_dir():
                raise NotAFile(relative, f"{relative} is no folder.", "Give the path of a folder.")
            return list_files(self._root, real)

    def _search(self, query: SearchQuery, skip: frozenset[str]) -> list[SearchMatch]:
        listed = self._files(query.under)
        # The files are those below the folder already, by its real path.
        everywhere = replace(query, under="")
        paths = [path for path in listed if path not in skip]
        return search_files(self._root, paths, everywhere, self._searchable, ripgrep=self._ripgrep)

    def _searchable(self, path: str) -> str | None:
        """None for binary, too large and vanished files: a search passes over them."""
        try:
            with told(path, "read"):
                return decode(path, self._bytes_of(path)).content
        except WorkspaceError:
            return None

    def _known_files(self) -> list[str]:
        try:
            return list_files(self._root, self._root)
        except OSError:
            return []

    def _require_root(self) -> None:
        if not self._root.is_dir():
            raise DiskFailed(
                str(self._root),
                f"The project's folder {self._root} does not exist.",
                "Bring it back, or open another one.",
            )


async def _with_deadline(path: str, work: Callable[[], T], seconds: float = DEADLINE) -> T:
    """Runs what blocks in a thread. It cannot be ended there: only the waiting for it ends."""
    try:
        async with asyncio.timeout(seconds):
            return await asyncio.to_thread(work)
    except TimeoutError as error:
        raise DiskFailed(
            path, f"The disk does not answer for {path} within {seconds:g} s.", "Check the drive."
        ) from error


async def _to_its_end(path: str, work: Callable[[], T]) -> T:
    """A write that has begun is waited for when the turn is cancelled: it would otherwise reach the file
    after the turn was told to be over, and after it was undone."""
    writing = asyncio.ensure_future(_with_deadline(path, work))
    try:
        return await asyncio.shield(writing)
    except asyncio.CancelledError:
        await asyncio.wait({writing}, timeout=SETTLING)
        if writing.done() and not writing.cancelled():
            writing.exception()  # Taken note of: the one who would have been told is gone.
        raise
