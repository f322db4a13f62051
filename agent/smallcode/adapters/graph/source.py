"""The text of one file, as the parser counts it (bytes) and as people do (lines, characters)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node


class Source:
    """``text`` is what is parsed: UTF-8 with LF alone, since grammars count other line ends otherwise than
    editors do."""

    def __init__(self, content: str) -> None:
        if "\r" in content:
            content = content.replace("\r\n", "\n").replace("\r", "\n")
        self.text = content.encode("utf-8", "replace")
        self._content = content
        self._plain = len(self.text) == len(content)
        self.cut: Callable[[int, int], str] = self._characters if self._plain else self._decoded

    @cached_property
    def lines(self) -> list[str]:
        return self._content.split("\n")

    def of(self, node: Node) -> str:
        return self.cut(node.start_byte, node.end_byte)

    def place(self, node: Node) -> tuple[int, int]:
        """The line, counted from 1, and the column, in characters counted from 0."""
        row, column = node.start_point
        if not self._plain and column:
            start = node.start_byte
            column = len(self._decoded(start - column, start))
        return row + 1, column

    def _characters(self, start: int, end: int) -> str:
        return self._content[start:end]

    def _decoded(self, start: int, end: int) -> str:
        return self.text[start:end].decode("utf-8", "replace")
