"""What is open in the editor, kept in step with it by its notifications.

pygls keeps such a mirror too, but breaks lines at form feeds and U+2028 and finds documents by the URI's
spelling (docs/architecture.md); this one is the only one that the server reads.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Protocol, TypeVar

from .line_buffer import Change, Encoding, LineBuffer, LineEnds, Position
from .uris import file_key, lexical_key, to_path

logger = logging.getLogger(__name__)

T = TypeVar("T")

State = tuple[int, int]
"""How often a file was opened, and its version since: comparable, where a version alone begins anew."""

_STAMP = re.compile(r"buffer:(\d+)\.(-?\d+)(?:\.\d+)?")


def state_of(stamp: str) -> State | None:
    """What a document's ``stamp`` tells of it; None for the stamp of what is no open document."""
    parts = _STAMP.fullmatch(stamp)
    return (int(parts[1]), int(parts[2])) if parts else None


class Document:
    """One open document. ``path`` is its real path, ``uri`` what the editor calls it.

    ``dirty`` is set by every change and cleared by a save. ``changes`` counts the notifications of change.
    ``editing`` is held while an edit is on its way to the editor, so that two turns do not cross.
    """

    def __init__(
        self,
        uri: str,
        path: str,
        version: int,
        text: str,
        *,
        encoding: Encoding = "utf-16",
        line_ends: LineEnds = "lsp",
        generation: int = 1,
    ) -> None:
        self.uri = uri
        self.path = path
        self.version = version
        self.generation = generation
        self.dirty = False
        self.is_open = True
        self.changes = 0
        self.editing = asyncio.Lock()
        self._buffer = LineBuffer(text, encoding, line_ends)
        self._repeats = 0
        self._watchers: list[Callable[[], None]] = []

    @property
    def text(self) -> str:
        return self._buffer.text

    @property
    def buffer(self) -> LineBuffer:
        """To be read; changes go through ``apply``."""
        return self._buffer

    @property
    def stamp(self) -> str:
        """Names this state of this document: opening anew and every change make another."""
        # A client that does not count its versions up gets a third number.
        return f"buffer:{self.generation}.{self.version}" + (f".{self._repeats}" if self._repeats else "")

    def holds(self, text: str) -> bool:
        return self._buffer.holds(text)

    def offset_to_position(self, offset: int) -> Position:
        return self._buffer.offset_to_position(offset)

    def position_to_offset(self, position: Position) -> int:
        return self._buffer.position_to_offset(position)

    def apply(self, changes: Iterable[Change], version: int) -> None:
        """Make the changes one after the other; who watches sees each state in between."""
        self._repeats = 0 if version > self.version else self._repeats + 1
        self.version = version
        self.dirty = True
        self.changes += 1
        for change in changes:
            self._buffer.apply(change)
            self._wake()

    def mark_saved(self) -> None:
        self.dirty = False
        self._wake()

    def mark_closed(self) -> None:
        self.is_open = False
        self._wake()

    def watch(self, probe: Callable[[Document], T | None]) -> asyncio.Future[T | None]:
        """The first value other than None that ``probe`` gives, asked now and after each change, save and
        close; None when the document is closed. Whoever watches waits with a deadline and cancels."""
        future: asyncio.Future[T | None] = asyncio.get_running_loop().create_future()
        watcher = partial(self._probe, probe, future)
        self._watchers.append(watcher)
        future.add_done_callback(lambda _: self._watchers.remove(watcher))
        watcher()
        return future

    async def wait_until(self, predicate: Callable[[Document], bool], timeout: float) -> bool:
        """Whether the predicate came true within ``timeout`` seconds and while the document was open."""
        try:
            async with asyncio.timeout(timeout):
                return await self.watch(lambda document: predicate(document) or None) or False
        except TimeoutError:
            return False

    def _probe(self, probe: Callable[[Document], T | None], future: asyncio.Future[T | None]) -> None:
        if future.done():
            return
        try:
            value = probe(self)
        except Exception as error:
            future.set_exception(error)
            return
        if value is not None or not self.is_open:
            future.set_result(value)

    def _wake(self) -> None:
        for watcher in tuple(self._watchers):
            watcher()


class Observer(Protocol):
    """Hears of each document that is opened, changed, saved or closed, after it was."""

    def opened(self, document: Document) -> None: ...
    def changed(self, document: Document) -> None: ...
    def saved(self, document: Document) -> None: ...
    def closed(self, document: Document) -> None: ...


class Documents:
    """The open documents, found by file: however the URI is spelled and whichever link led to it.

    One file can be open twice, through a link and directly, and the editor then counts versions for each;
    the one that was opened or changed last stands for the file. Only ``file:`` URIs are kept; others are
    passed over in silence. ``encoding`` and ``line_ends`` are the client's, set before a document opens.
    """

    def __init__(self, encoding: Encoding = "utf-16", line_ends: LineEnds = "lsp") -> None:
        self.encoding = encoding
        self.line_ends = line_ends
        self._by_name: dict[str, Document] = {}
        self._by_file: dict[str, list[Document]] = {}
        self._opened: Counter[str] = Counter()
        self._observers: list[Observer] = []

    def __iter__(self) -> Iterator[Document]:
        """One document for each file that is open."""
        return iter([documents[-1] for documents in self._by_file.values()])

    def observe(self, observer: Observer) -> None:
        self._observers.append(observer)

    def get(self, path: str) -> Document | None:
        """By absolute path. Looks at the disk to resolve links."""
        documents = self._by_file.get(file_key(path))
        return documents[-1] if documents else None

    def find(self, uri: str) -> Document | None:
        """By URI; None for a file that is not open and for what is no file."""
        path = to_path(uri)
        if path is None:
            return None
        return self._by_name.get(lexical_key(path)) or self.get(path)

    def did_open(self, uri: str, version: int, text: str) -> None:
        path = to_path(uri)
        if path is None:
            return
        name = lexical_key(path)
        if name in self._by_name:
            logger.warning("%s was opened twice; the later text counts", uri)
            self._forget(name)
        real = os.path.realpath(path)
        key = os.path.normcase(real)
        self._opened[key] += 1
        document = Document(
            uri,
            real,
            version,
            text,
            encoding=self.encoding,
            line_ends=self.line_ends,
            generation=self._opened[key],
        )
        self._by_name[name] = document
        self._by_file.setdefault(key, []).append(document)
        for observer in self._observers:
            observer.opened(document)

    def did_change(self, uri: str, version: int, changes: Iterable[Change]) -> None:
        document = self._known(uri, "changed")
        if document is None:
            return
        twins = self._by_file[os.path.normcase(document.path)]
        if twins[-1] is not document:
            twins.remove(document)
            twins.append(document)
        document.apply(changes, version)
        for observer in self._observers:
            observer.changed(document)

    def did_save(self, uri: str) -> None:
        """Some editors tell of the saving of documents that they never opened for us, such as settings."""
        path = to_path(uri)
        document = self._by_name.get(lexical_key(path)) if path is not None else None
        if document is not None:
            document.mark_saved()
            for observer in self._observers:
                observer.saved(document)

    def did_close(self, uri: str) -> None:
        path = to_path(uri)
        if path is not None and self._known(uri, "closed") is not None:
            self._forget(lexical_key(path))

    def _known(self, uri: str, what: str) -> Document | None:
        path = to_path(uri)
        if path is None:
            return None
        document = self._by_name.get(lexical_key(path))
        if document is None:
            logger.warning("%s was %s without having been opened; passed over", uri, what)
        return document

    def _forget(self, name: str) -> None:
        document = self._by_name.pop(name)
        key = os.path.normcase(document.path)
        self._by_file[key].remove(document)
        if not self._by_file[key]:
            del self._by_file[key]
        document.mark_closed()
        for observer in self._observers:
            observer.closed(document)
