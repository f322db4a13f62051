"""The files of a project, as they are read, changed and guarded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from .. import messages
from ..core.seen import Seen
from ..messages import Edit, Text

# Values of core.textmatch, which may not know the ports; the Workspace speaks of them.
SearchQuery = messages.SearchQuery
SearchMatch = messages.SearchMatch


class Workspace(Protocol):
    """The files under one root. Paths given may be relative or absolute; paths returned are relative,
    with forward slashes."""

    @property
    def root(self) -> str:
        """Absolute real path of the root, in the platform's own form."""
        ...

    @property
    def revision(self) -> int:
        """Counts what happened in the editor: documents opened, changed and closed. On the disk alone it
        stays 0."""
        ...

    def locate(self, path: str) -> str:
        """The path relative to the root. Raises OutsideWorkspace."""
        ...

    async def read(self, path: str) -> Text:
        """Raises WorkspaceError."""
        ...

    async def apply_edit(self, edit: Edit) -> Text:
        """Make the change and return the text as it stands after. Raises WorkspaceError, PermissionDenied;
        nothing is changed then. A missing folder is made."""
        ...

    async def remove(self, base: Text) -> None:
        """Delete the file if it still is ``base``. Raises WorkspaceError."""
        ...

    async def files(self, under: str = "") -> Sequence[str]:
        """Sorted paths of the files below a folder that git does not ignore. Raises WorkspaceError."""
        ...

    async def search(self, query: SearchQuery) -> Sequence[SearchMatch]:
        """Matching lines by path and line, of open buffers as they stand and of the disk for the rest.
        Raises WorkspaceError, and SmallCodeError for a pattern that is no regular expression."""
        ...

    async def save(self) -> None:
        """Bring what this agent changed in open buffers onto the disk. Raises EditRejected, naming what
        could not be saved."""
        ...


@dataclass(frozen=True, slots=True)
class ShownText:
    """A version of a file that the model was shown, and which of its lines."""

    text: Text
    seen: Seen


class RestorableWorkspace(Workspace, Protocol):
    """A workspace that can bring back the very bytes that stood at a path."""

    async def capture(self, path: str) -> messages.FileState:
        """What stands there, text or not; ``data`` None where there is nothing. Raises WorkspaceError."""
        ...

    async def restore(self, current: messages.FileState, wanted: messages.FileState) -> None:
        """Put ``wanted.data`` on the disk if ``current.data`` still is what stands there; None deletes, and
        takes ``wanted.folders`` along where they are empty. Raises WorkspaceError."""
        ...


class GuardedWorkspace(Workspace, Protocol):
    """A workspace that knows which text the model has seen and refuses blind writes, once."""

    def shown(self, text: Text, first: int = 1, last: int | None = None) -> None:
        """The model is shown lines ``first`` to ``last`` of this version now, counted from 1; None is the
        last line of the file."""
        ...

    def seen(self, text: Text) -> Seen:
        """Which lines of this version the model knows."""
        ...

    def earlier(self, current: Text) -> Sequence[ShownText]:
        """Other versions of the file that the model was shown, newest first; only the last few are kept."""
        ...

    async def apply_edits(self, edits: Sequence[Edit]) -> Sequence[Text]:
        """Change several files by a rule that the model gave, such as a rename: one permission for all, and
        the texts need not have been shown. All or nothing as far as possible: where one edit fails, those
        before it are taken back and BatchFailed says what could not be. Raises what ``apply_edit`` does, and
        ValueError for two edits of one file."""
        ...
