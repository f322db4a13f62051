"""Texts with mixed line ends, seen as models see them: every line ends with ``\\n``."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from itertools import accumulate

from ..messages import TextEdit
from .textdiff import minimal_edits

_LINE_END = re.compile(r"\r\n|\r|\n")


def to_lf(text: str) -> str:
    """Every ``\\r\\n`` and every ``\\r`` alone becomes ``\\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


class PlainText:
    """A text, the same with plain line ends, and the way back.

    ``newline`` is the line end that new lines take where the text has none to go by.
    """

    def __init__(self, text: str, newline: str = "\n") -> None:
        self.text = text
        self.plain = to_lf(text)
        self._newline = newline

    def offset(self, plain_offset: int) -> int:
        """The offset in ``text`` of an offset in ``plain``; never between ``\\r`` and ``\\n``."""
        return plain_offset + bisect_left(self._pairs, plain_offset)

    def line(self, plain_offset: int) -> int:
        """The number of the line, from 1, that an offset in ``plain`` lies in."""
        return self.plain.count("\n", 0, plain_offset) + 1

    def replace(self, start: int, end: int, new: str) -> tuple[TextEdit, ...]:
        """Minimal edits of ``text`` that put ``new`` for ``plain[start:end]``.

        Lines that stay keep the ends they have; new ones take those of their surroundings. A ``\\r`` alone
        in ``new`` is a character like any other.
        """
        edits = minimal_edits(self.plain[start:end], new.replace("\r\n", "\n"))
        return tuple(self._in_text(edit, start) for edit in edits)

    def _in_text(self, edit: TextEdit, start: int) -> TextEdit:
        first, last = self.offset(start + edit.start), self.offset(start + edit.end)
        new = edit.new
        if "\n" in new:
            new = new.replace("\n", self._line_end_near(first))
        return TextEdit(first, last, new)

    def _line_end_near(self, offset: int) -> str:
        """The end of the line before that of ``offset``, else of the one that ``offset`` lies in."""
        if "\r" not in self.text:
            return "\n" if "\n" in self.text else self._newline
        before = max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset))
        if before >= 0:
            pair = self.text[before - 1 : before + 1] == "\r\n"
            return "\r\n" if pair else self.text[before]
        after = _LINE_END.search(self.text, offset)
        return after.group() if after else self._newline

    @cached_property
    def _pairs(self) -> list[int]:
        """Where in ``plain`` the line ends stand that are two characters in ``text``."""
        if "\r\n" not in self.text:
            return []
        ends = accumulate(map(len, self.text.split("\r\n")[:-1]))
        return [before + index for index, before in enumerate(ends)]
