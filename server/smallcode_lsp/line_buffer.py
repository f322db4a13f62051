"""A text that takes many small changes, addressed by the positions of the Language Server Protocol.

Lines end at ``\\n``, ``\\r\\n`` and ``\\r`` and nowhere else (LSP 3.17, "Text Documents"); str.splitlines
would also break at form feeds and U+2028. Nothing here does I/O or knows a wire type.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal, NamedTuple

from smallcode.core import textdiff
from smallcode.messages import well_formed

Encoding = Literal["utf-8", "utf-16", "utf-32"]

# Where the client's lines end: as LSP says, or at \n alone. Neovim (0.12 measured) counts a lone \r, and the
# \r of a mixed file, as a character of the line, against LSP.
LineEnds = Literal["lsp", "lf"]


class Position(NamedTuple):
    """Zero-based; ``character`` counts code units of the negotiated encoding."""

    line: int
    character: int


class Range(NamedTuple):
    """From ``start`` up to, and without, ``end``."""

    start: Position
    end: Position


@dataclass(frozen=True, slots=True)
class Change:
    """``text`` takes the place of ``range``, or of everything where that is None."""

    text: str
    range: Range | None = None


def split_lines(text: str, line_ends: LineEnds = "lsp") -> list[str]:
    """The lines with their ends. The last one has none, so that there is always one line more than ends."""
    if line_ends == "lf":
        *ended, rest = text.split("\n")
        return [*(f"{line}\n" for line in ended), rest]
    lines = textdiff.split_lines(text)
    if not lines or lines[-1].endswith(("\n", "\r")):
        lines.append("")
    return lines


class LineBuffer:
    """The text as a list of lines; the joined text and the lines' offsets are made when asked for, and kept.

    A change costs what it touches plus one move of the list's tail; offsets count code points.
    """

    def __init__(self, text: str, encoding: Encoding = "utf-16", line_ends: LineEnds = "lsp") -> None:
        self.encoding = encoding
        self.line_ends = line_ends
        self._text: str | None = well_formed(text)
        self._lines: list[str] | None = None
        self._starts: list[int] | None = None
        self._length = len(self._text)

    def __len__(self) -> int:
        return self._length

    @property
    def text(self) -> str:
        if self._text is None:
            self._text = "".join(self._split())
        return self._text

    @property
    def lines(self) -> Sequence[str]:
        """Every line with its end; not to be changed by the caller."""
        return self._split()

    def holds(self, text: str) -> bool:
        """Whether this is the text; cheap where the lengths differ."""
        return self._length == len(text) and self.text == text

    def apply(self, change: Change) -> None:
        """Positions out of range are moved to the nearest that exists; a range given backwards is turned."""
        if change.range is None:
            self._text = well_formed(change.text)
            self._lines = None
            self._starts = None
            self._length = len(self._text)
        else:
            self._replace(*change.range, change.text)

    def position_to_offset(self, position: Position) -> int:
        line, index = self._clamp(position)
        return self._line_starts()[line] + index

    def offset_to_position(self, offset: int) -> Position:
        """Between ``\\r`` and ``\\n`` LSP has no position: the place before the pair stands for it."""
        starts = self._line_starts()
        offset = min(max(offset, 0), self._length)
        line = bisect_right(starts, offset) - 1
        content = self._split()[line]
        head = content[: min(offset - starts[line], self._body_length(content))]
        return Position(line, _units(head, self.encoding))

    def _replace(self, start: Position, end: Position, text: str) -> None:
        lines = self._split()
        (first, low), (last, high) = sorted((self._clamp(start), self._clamp(end)))
        touched = lines[first][:low] + text + lines[last][high:]
        if first > 0 and touched.startswith("\n") and lines[first - 1].endswith("\r"):
            # What stood apart is now one line end.
            first -= 1
            touched = lines[first] + touched
        touched = well_formed(touched)
        fresh = split_lines(touched, self.line_ends)
        if last < len(lines) - 1:
            # What is left of the last line brings its own end, so the split's empty rest is not a line.
            fresh.pop()
        self._length += len(touched) - sum(map(len, lines[first : last + 1]))
        lines[first : last + 1] = fresh
        self._text = None
        self._starts = None

    def _clamp(self, position: Position) -> tuple[int, int]:
        """The line that exists, and the index of a code point in it, at most at its end."""
        lines = self._split()
        if position.line >= len(lines):
            return len(lines) - 1, len(lines[-1])
        if position.line < 0:
            return 0, 0
        content = lines[position.line]
        return position.line, _index(content, self._body_length(content), position.character, self.encoding)

    def _body_length(self, line: str) -> int:
        """Code points before the line's end."""
        if self.line_ends == "lsp" and line.endswith("\r\n"):
            return len(line) - 2
        ends = ("\n", "\r") if self.line_ends == "lsp" else "\n"
        return len(line) - line.endswith(ends)

    def _split(self) -> list[str]:
        if self._lines is None:
            self._lines = split_lines(self._text or "", self.line_ends)
        return self._lines

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            self._starts = list(accumulate(map(len, self._split()[:-1]), initial=0))
        return self._starts


def _units(text: str, encoding: Encoding) -> int:
    if encoding == "utf-32" or text.isascii():
        return len(text)
    if encoding == "utf-8":
        return len(text.encode("utf-8"))
    return len(text.encode("utf-16-le")) // 2


def _index(line: str, end: int, character: int, encoding: Encoding) -> int:
    """The code point that ``character`` units into the line fall on, at most ``end``; a position inside a
    character means its start."""
    # A code point takes at least one unit, so no more of a long line than this need be looked at.
    head = line[: max(0, min(end, character))]
    if encoding == "utf-32" or head.isascii():
        return len(head)
    if encoding == "utf-8":
        return len(head.encode("utf-8")[:character].decode("utf-8", "ignore"))
    return len(head.encode("utf-16-le")[: 2 * character].decode("utf-16-le", "ignore"))
