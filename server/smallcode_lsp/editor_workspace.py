"""The workspace as the editor shows it: open documents from the mirror, all else from the disk."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from smallcode.adapters.containment import refuse_git
from smallcode.core.textcodec import dominant_newline
from smallcode.core.textmatch import matching_lines, path_matches
from smallcode.errors import EditRejected, NoSuchFile, StaleEdit, WorkspaceError
from smallcode.messages import Edit, FileState, SearchMatch, SearchQuery, Text
from smallcode.ports import RestorableWorkspace

from .buffer_edit import PATIENCE, Patience, edit_buffer
from .editor_port import EditorPort
from .mirror import Document, Documents
from .uris import file_key, relative_to, to_path

# A search of the open documents ends after this and gives what it has found. Seconds.
SEARCH_DEADLINE = 10.0


class Disk(RestorableWorkspace, Protocol):
    """The files that are not open."""

    async def search(self, query: SearchQuery, *, skip: Collection[str] = ()) -> Sequence[SearchMatch]:
        """As in the port, without the files of ``skip``."""
        ...


class EditorWorkspace:
    """Implements ``ports.RestorableWorkspace``. One for each session: ``save`` is for what this one changed.

    ``documents`` is shared and fed by the editor's notifications. ``document_changes`` False is for clients
    without ``workspaceEdit.documentChanges``: their edits carry no version.
    """

    def __init__(
        self,
        disk: Disk,
        documents: Documents,
        editor: EditorPort,
        *,
        patience: Patience = PATIENCE,
        document_changes: bool = True,
    ) -> None:
        self._disk = disk
        self._documents = documents
        self._editor = editor
        self._patience = patience
        self._document_changes = document_changes
        self._changed: dict[str, Document] = {}

    @property
    def root(self) -> str:
        return self._disk.root

    @property
    def revision(self) -> int:
        return self._documents.revision

    def locate(self, path: str) -> str:
        return self._disk.locate(path)

    async def read(self, path: str) -> Text:
        """The buffer where one is open, also when the file is gone from the disk."""
        relative, document = self._find(path)
        if document is None:
            return await self._disk.read(path)
        return _text(relative, document.text, document.stamp)

    async def apply_edit(self, edit: Edit) -> Text:
        """Through the editor where the file is open, and then not yet on the disk; else on the disk.

        The text returned is the one the edit made, even where the user has typed on since.
        Raises StaleEdit, EditRejected and what the disk raises.
        """
        relative, document = self._find(edit.path)
        if document is None:
            return await self._disk.apply_edit(edit)
        refuse_git(relative)
        async with document.editing:
            if not document.is_open:
                return await self._disk.apply_edit(edit)
            before = document.text
            try:
                content, stamp = await edit_buffer(
                    document,
                    replace(edit, path=relative),
                    self._editor,
                    patience=self._patience,
                    versioned=self._document_changes,
                )
            except EditRejected:
                if not document.holds(before):
                    # The editor made something else of the edit, and that is ours to save as well.
                    self._changed[document.path] = document
                raise
            except asyncio.CancelledError:
                # The editor has been asked, and may still do it.
                self._changed[document.path] = document
                raise
            if content != before:
                self._changed[document.path] = document
        return _text(relative, content, stamp)

    async def remove(self, base: Text) -> None:
        """Delete the file on the disk; an editor goes on showing the buffer of a file that is gone.

        An open document must hold ``base`` and must not have changes that are not saved: deleting the file
        would leave them in a buffer without a file. Raises StaleEdit, EditRejected, WorkspaceError.
        """
        relative, document = self._find(base.path)
        if document is not None and not document.holds(base.content):
            raise StaleEdit(relative, f"{relative} was changed in the editor.", "Read it again.")
        if document is not None and document.dirty and not await self._is_on_disk(relative, document):
            raise EditRejected(
                relative,
                f"{relative} has unsaved changes in the editor.",
                "Save or close it, then delete it.",
            )
        await self._disk.remove(base)

    async def capture(self, path: str) -> FileState:
        """The disk's bytes, and the buffer's text where one is open."""
        relative, document = self._find(path)
        state = await self._disk.capture(relative)
        return state if document is None else replace(state, buffer=document.text)

    async def restore(self, current: FileState, wanted: FileState) -> None:
        """On the disk; an editor shows a file that comes back under an open buffer by itself. Raises
        StaleEdit where the file was opened since ``current``, and what the disk raises."""
        relative, document = self._find(wanted.path)
        if document is not None and current.buffer is None:
            raise StaleEdit(relative, f"{relative} was opened in the editor meanwhile.", "Undo again.")
        await self._disk.restore(current, wanted)

    async def files(self, under: str = "") -> Sequence[str]:
        """Those on the disk, and those that so far exist only in the editor."""
        fresh = await self._without_file(self._open_below(under))
        try:
            listed = await self._disk.files(under)
        except NoSuchFile:
            if not fresh:
                raise
            listed = ()
        return sorted({*listed, *fresh})

    async def search(self, query: SearchQuery) -> Sequence[SearchMatch]:
        """What git ignores is not searched, open or not: that a file is open does not make it the agent's."""
        inside = self._open_below(query.under)
        if not inside:
            return await self._disk.search(query)
        listed = frozenset(await self.files(query.under))
        contents = {
            path: document.text
            for path, document in sorted(inside.items())
            if path in listed and path_matches(path, replace(query, under=""))
        }
        in_buffers = await asyncio.to_thread(_search_texts, contents, query)
        try:
            in_files = await self._disk.search(query, skip=inside.keys())
        except NoSuchFile:
            # The folder so far exists only in the editor.
            in_files = ()
        found = sorted([*in_buffers, *in_files], key=lambda match: (match.path, match.line))
        return found[: query.limit]

    async def save(self) -> None:
        """Have the editor save what this workspace changed and what is not saved yet.

        The user's own unsaved work in other documents stays as it is. Raises EditRejected.
        """
        self._changed = {
            key: document for key, document in self._changed.items() if document.is_open and document.dirty
        }
        unsaved = list(self._changed.values())
        if not unsaved:
            return
        told = await self._ask_to_save(unsaved)
        saved = await asyncio.gather(*(self._becomes_saved(document, told) for document in unsaved))
        left = [self._name(document) for document, done in zip(unsaved, saved, strict=True) if not done]
        if left:
            raise EditRejected(
                left[0],
                f"The editor did not save {', '.join(left)}.",
                "Save in the editor what is changed there, then try again.",
            )
        self._changed.clear()

    # --- open documents ------------------------------------------------------------------------------

    def _find(self, path: str) -> tuple[str, Document | None]:
        relative = self._disk.locate(path)
        return relative, self._documents.get(str(Path(self._disk.root, relative)))

    def _open(self) -> dict[str, Document]:
        """Open documents below the root by their relative path."""
        found = {relative_to(document.path, self._disk.root): document for document in self._documents}
        return {path: document for path, document in found.items() if path is not None}

    def _name(self, document: Document) -> str:
        return relative_to(document.path, self._disk.root) or document.path

    def _open_below(self, under: str) -> dict[str, Document]:
        folder = self._disk.locate(under or ".")
        below = SearchQuery("", under="" if folder == "." else folder)
        return {path: document for path, document in self._open().items() if path_matches(path, below)}

    async def _without_file(self, inside: Mapping[str, Document]) -> list[str]:
        """The paths of documents that are not on the disk, or not any more."""
        return await asyncio.to_thread(
            lambda: [path for path, document in inside.items() if not Path(document.path).exists()]
        )

    # --- saving --------------------------------------------------------------------------------------

    async def _ask_to_save(self, unsaved: Sequence[Document]) -> set[str]:
        """The keys of the files that the editor says it has saved."""
        try:
            async with asyncio.timeout(self._patience.save):
                saved = await self._editor.save([document.uri for document in unsaved])
        except TimeoutError:
            return set()
        return {file_key(path) for path in map(to_path, saved) if path is not None}

    async def _becomes_saved(self, document: Document, told: set[str]) -> bool:
        """A client may not send didSave, and autosave may have been faster: the disk has the last word."""
        if not document.dirty or await self._is_on_disk(self._name(document), document):
            return True
        if file_key(document.path) not in told:
            return False
        await document.wait_until(lambda current: not current.dirty, self._patience.change)
        return not document.dirty or await self._is_on_disk(self._name(document), document)

    async def _is_on_disk(self, relative: str, document: Document) -> bool:
        try:
            stored = await self._disk.read(relative)
        except WorkspaceError:
            return False
        # Some clients leave the byte order mark in the text.
        return document.holds(stored.content) or document.holds("\ufeff" + stored.content)


def _text(relative: str, content: str, stamp: str) -> Text:
    return Text(relative, content, stamp, dominant_newline(content))


def _search_texts(contents: Mapping[str, str], query: SearchQuery) -> list[SearchMatch]:
    """Runs in a thread: a large buffer takes longer than the event loop may stand still."""
    ends = time.monotonic() + SEARCH_DEADLINE
    found: list[SearchMatch] = []
    for path, content in contents.items():
        left = query.limit - len(found)
        if left <= 0:
            break
        rest = replace(query, limit=left)
        found += matching_lines(path, content, rest, expired=lambda: time.monotonic() > ends)
    return found
