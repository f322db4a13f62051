"""What is open in an editor, parsed again from where it was changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from ...core.graph.facts import FileFacts
from .extract import Extractor, Parsed


class Buffers:
    """The trees of open files, so that a change costs the parsing of what changed. For one event loop."""

    def __init__(self, extractor: Extractor) -> None:
        self._extractor = extractor
        self._texts: dict[str, Callable[[], str]] = {}
        self._trees: dict[str, Parsed] = {}

    def __contains__(self, path: object) -> bool:
        return path in self._texts

    def open(self, path: str, text: Callable[[], str]) -> None:
        """``text`` gives what stands in the buffer, whenever it is called."""
        self._texts[path] = text
        self._trees.pop(path, None)

    def close(self, path: str) -> None:
        self._texts.pop(path, None)
        self._trees.pop(path, None)

    async def read(self, path: str) -> FileFacts | None:
        """The facts of the text as it stands now; None for a file that is not open, or closed meanwhile."""
        text = self._texts.get(path)
        if text is None:
            return None
        tree, facts = await asyncio.to_thread(self._read, path, text(), self._trees.get(path))
        if self._texts.get(path) is not text:
            return None
        self._trees[path] = tree
        return facts

    def _read(self, path: str, content: str, before: Parsed | None) -> tuple[Parsed, FileFacts]:
        parsed = self._extractor.parse(path, content, before)
        return parsed, self._extractor.extract(parsed)
