"""The workspace on the disk. Every file keeps its encoding, byte order mark and line ends."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from ..core.paths import nearest_paths
from ..core.textcodec import decode, encode
from ..errors import DiskFailed, NoSuchFile, NotAFile, StaleEdit, WorkspaceError
from ..messages import Edit, FileState, SearchMatch, SearchQuery, Text
from .blocking import DEADLINE, to_its_end, with_deadline
from .containment import contained, refuse_git
from .diskfile import exists_already, read_bytes, remove_left_overs, told, too_large
from .diskwriter import DiskWriter
from .filesystem import Metadata, metadata
from .listing import list_files
from .programs import find_program
from .textsearch import SEARCH_DEADLINE, search_files


class DiskWorkspace:
    """The files below a folder, without regard to any editor. Implements ``ports.RestorableWorkspace``.

    ``writer`` makes the changes; several workspaces exclude each other by the state folder of theirs.
    ``max_bytes`` is the size of the largest file that is read or written. ``use_ripgrep`` False searches
    in Python alone. Raises DiskFailed where ``root`` is no folder.
    """

    def __init__(
        self,
        root: str | Path,
        *,
        writer: DiskWriter | None = None,
        max_bytes: int = 10 * 1024 * 1024,
        use_ripgrep: bool = True,
    ) -> None:
        self._root = Path(root).resolve()
        self._max_bytes = max_bytes
        self._ripgrep = find_program("rg", self._root) if use_ripgrep else None
        self._writer = writer or DiskWriter()
        self._require_root()

    @property
    def root(self) -> str:
        return str(self._root)

    @property
    def revision(self) -> int:
        return 0

    def locate(self, path: str) -> str:
        """The real path, links followed, relative to the root; "." for the root itself."""
        return contained(self._root, path).relative_to(self._root).as_posix()

    async def read(self, path: str) -> Text:
        return await with_deadline(path, lambda: self._read(path))

    async def apply_edit(self, edit: Edit) -> Text:
        return await to_its_end(edit.path, lambda: self._apply(edit))

    async def remove(self, base: Text) -> None:
        return await to_its_end(base.path, lambda: self._remove(base))

    async def capture(self, path: str) -> FileState:
        return await with_deadline(path, lambda: self._capture(path))

    async def restore(self, current: FileState, wanted: FileState) -> None:
        return await to_its_end(wanted.path, lambda: self._restore(current, wanted))

    async def files(self, under: str = "") -> Sequence[str]:
        return await with_deadline(under or ".", lambda: self._files(under))

    async def search(self, query: SearchQuery, *, skip: Collection[str] = ()) -> Sequence[SearchMatch]:
        """As in the port; ``skip`` are files that someone else searches, such as open buffers."""
        seconds = SEARCH_DEADLINE + DEADLINE
        return await with_deadline(query.under or ".", lambda: self._search(query, frozenset(skip)), seconds)

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
        real = self._root / relative
        try:
            with self._writer.steady(real):
                return read_bytes(real, relative, self._max_bytes)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise NoSuchFile(relative) from error

    def _apply(self, edit: Edit) -> Text:
        relative = self.locate(edit.path)
        refuse_git(relative)
        self._require_root()
        real = self._root / relative
        with told(relative, "written"), self._writer.alone(real):
            if edit.base is None:
                if real.is_dir():
                    raise NotAFile(relative, f"{relative} is a folder.", "Give the path of a file.")
                if real.exists():
                    raise exists_already(relative)
                data = self._encoded(relative, edit.content, edit.encoding, edit.bom)
                self._writer.create(real, relative, data)
            else:
                old, current = self._unchanged(relative, edit.base)
                data = self._encoded(relative, edit.content, current.encoding, current.bom)
                self._writer.replace(real, relative, old, data)
        return decode(relative, data)

    def _remove(self, base: Text) -> None:
        relative = self.locate(base.path)
        refuse_git(relative)
        real = self._root / relative
        with told(relative, "deleted"), self._writer.alone(real):
            self._unchanged(relative, base)
            self._writer.remove(real, relative)

    def _capture(self, path: str) -> FileState:
        relative = self.locate(path)
        self._require_root()
        real = self._root / relative
        with told(relative, "read"), self._writer.alone(real):
            remove_left_overs(real)
            data = self._bytes_at(real, relative)
            if data is not None:
                return FileState(relative, data, None, *metadata(real, real.stat()))
        above = reversed(real.relative_to(self._root).parents[:-1])
        missing = tuple(folder.as_posix() for folder in above if not (self._root / folder).exists())
        return FileState(relative, None, folders=missing)

    def _restore(self, current: FileState, wanted: FileState) -> None:
        relative = self.locate(wanted.path)
        refuse_git(relative)
        self._require_root()
        real = self._root / relative
        shape = Metadata(wanted.mode, wanted.owner, wanted.attributes)
        with told(relative, "restored"), self._writer.alone(real):
            stands = self._bytes_at(real, relative)
            if stands != current.data:
                raise StaleEdit(relative, f"{relative} was changed meanwhile.", "Undo again.")
            if wanted.data is None:
                if stands is not None:
                    self._writer.remove(real, relative)
                self._remove_empty(wanted.folders)
            elif stands is None:
                self._writer.create(real, relative, wanted.data, shape)
            else:
                self._writer.replace(real, relative, stands, wanted.data, shape)

    def _bytes_at(self, real: Path, relative: str) -> bytes | None:
        try:
            return read_bytes(real, relative, self._max_bytes)
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _remove_empty(self, folders: Sequence[str]) -> None:
        for folder in reversed(folders):
            try:
                (self._root / folder).rmdir()
            except OSError:
                return  # Somebody else has put something there, or taken it away.

    def _unchanged(self, relative: str, base: Text) -> tuple[bytes, Text]:
        """The file as it is on the disk, in bytes and as text. Raises StaleEdit where it is not ``base`` any
        more."""
        data = self._bytes_at(self._root / relative, relative)
        if data is None:
            self._require_root()
            raise StaleEdit(relative, f"{relative} was deleted after it was read.", "Write it as a new file.")
        current = decode(relative, data)
        if current.content != base.content:
            raise StaleEdit(relative, f"{relative} was changed after it was read.", "Read it again.")
        return data, current

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
