"""The code graphs of the workspace's folders, fed with what the editor tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from .mirror import Document, Documents
from .uris import relative_to

if TYPE_CHECKING:
    from smallcode.adapters.graph.index import CodeIndex


class Graphs:
    """Implements mirror.Observer. A document belongs to the innermost folder that holds it."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._by_root: dict[str, CodeIndex] = {}
        documents.observe(self)

    def get(self, root: str) -> CodeIndex | None:
        return self._by_root.get(root)

    def items(self) -> tuple[tuple[str, CodeIndex], ...]:
        """Each graph with the real path of its folder."""
        return tuple(self._by_root.items())

    def add(self, root: str, index: CodeIndex) -> None:
        """``root`` is a real path."""
        self._by_root[root] = index
        for document in self._documents:
            if (found := self.holding(document.path)) and found[0] is index:
                index.opened(found[1], _text_of(document))

    def holding(self, path: str) -> tuple[CodeIndex, str] | None:
        """The graph that a real path belongs to, and the path as it is named there."""
        for root in sorted(self._by_root, key=len, reverse=True):
            inside = relative_to(path, root)
            if inside is not None:
                return self._by_root[root], inside
        return None

    def touched(self, paths: Iterable[str]) -> None:
        """Real paths of files or folders that were changed on the disk."""
        for path in paths:
            if found := self.holding(path):
                found[0].touched([found[1]])

    async def aclose(self) -> None:
        closing = list(self._by_root.values())
        self._by_root.clear()
        for index in closing:
            await index.aclose()

    # --- what the editor tells ---------------------------------------------------------------------------

    def opened(self, document: Document) -> None:
        if found := self.holding(document.path):
            found[0].opened(found[1], _text_of(document))

    def changed(self, document: Document) -> None:
        if found := self.holding(document.path):
            found[0].edited(found[1])

    def saved(self, document: Document) -> None:
        self.touched([document.path])

    def closed(self, document: Document) -> None:
        """The file may still be open under another name."""
        found = self.holding(document.path)
        if found is None:
            return
        other = self._documents.get(document.path)
        if other is None:
            found[0].closed(found[1])
        else:
            found[0].opened(found[1], _text_of(other))


def _text_of(document: Document) -> Callable[[], str]:
    return lambda: document.text
