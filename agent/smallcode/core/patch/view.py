"""A file as the tiers look at it, and pieces of text cut into lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

from ..line_ends import PlainText
from .fold import BLANKS, fancy_in, squeeze

# Copies are counted so far.
MOST_COUNTED = 50

# Lines that are looked at to learn how a file is indented.
_MOST_SAMPLED = 2000


@dataclass(frozen=True, slots=True)
class Line:
    """A line in three parts; ``indent`` and ``tail`` are white space."""

    indent: str
    body: str
    tail: str

    @property
    def text(self) -> str:
        return self.indent + self.body + self.tail


def parse(line: str) -> Line:
    rest = line.lstrip(BLANKS)
    body = rest.rstrip(BLANKS)
    return Line(line[: len(line) - len(rest)], body, rest[len(body) :])


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that are not blank, with the blank ones after each but the last; ``lead`` and ``trail`` are how
    many line breaks stand before the first and after the last of them."""

    lines: tuple[Line, ...]
    gaps: tuple[tuple[str, ...], ...]
    lead: int = 0
    trail: int = 0


def block(text: str) -> Block:
    """``text`` has plain line ends."""
    lines: list[Line] = []
    gaps: list[tuple[str, ...]] = []
    blank: list[str] = []
    lead = 0
    for raw in text.split("\n"):
        line = parse(raw)
        if not line.body:
            blank.append(raw)
            continue
        if lines:
            gaps.append(tuple(blank))
        else:
            lead = len(blank)
        lines.append(line)
        blank = []
    return Block(tuple(lines), tuple(gaps), lead, len(blank))


def occurrences(text: str, sought: str, step: int = 1) -> list[int]:
    """Where ``sought`` begins, MOST_COUNTED at most, overlapping ones included: an overlap is as ambiguous as
    any two copies."""
    found: list[int] = []
    start = text.find(sought)
    while start >= 0 and len(found) < MOST_COUNTED:
        found.append(start)
        start = text.find(sought, start + step)
    return found


class FileView(PlainText):
    """The file with plain line ends, and squeezed. Lines are counted from 0 here."""

    @cached_property
    def lines(self) -> list[str]:
        return self.plain.split("\n")

    @cached_property
    def squeezed(self) -> list[str]:
        """Each line without white space, with plain punctuation."""
        return squeeze(self.plain).split("\n")

    @cached_property
    def solid(self) -> list[int]:
        """The lines that are not blank."""
        return [number for number, line in enumerate(self.squeezed) if line]

    @cached_property
    def joined(self) -> str:
        """The squeezed lines that are not blank, each between line breaks."""
        return "\n" + "\n".join(filter(None, self.squeezed)) + "\n"

    @cached_property
    def _before(self) -> list[int]:
        """How many characters of other lines stand before each line, without line breaks."""
        return list(accumulate(map(len, self.lines), initial=0))

    def start(self, line: int) -> int:
        """The offset in ``plain`` at which a line begins."""
        return self._before[line] + line

    def line_of(self, offset: int) -> int:
        """The line that an offset of ``plain`` lies in."""
        return self.plain.count("\n", 0, offset)

    def end(self, line: int) -> int:
        """Where a line ends, before its line break."""
        return self._before[line + 1] + line

    def whole(self, keys: Sequence[str]) -> list[int]:
        """Where these squeezed lines stand as whole lines, as indexes of ``solid``."""
        found = occurrences(self.joined, "\n" + "\n".join(keys) + "\n")
        return [self.solid_at(at) for at in found]

    def solid_at(self, at: int) -> int:
        """The index in ``solid`` of the line that an offset of ``joined`` lies in."""
        return self.joined.count("\n", 0, at + 1) - 1

    def cut(self, first: int, count: int) -> Block:
        """The block of ``count`` solid lines from ``solid[first]`` on."""
        numbers = self.solid[first : first + count]
        gaps = tuple(tuple(self.lines[a + 1 : b]) for a, b in pairwise(numbers))
        return Block(tuple(parse(self.lines[number]) for number in numbers), gaps)

    @cached_property
    def fancy(self) -> set[str]:
        """The characters of the file that look like others."""
        return fancy_in(self.plain)

    @cached_property
    def tabs(self) -> bool:
        """Whether more lines are indented by tabs than by spaces."""
        sample = self.lines[:_MOST_SAMPLED]
        return sum(line.startswith("\t") for line in sample) > sum(line.startswith("  ") for line in sample)

    @cached_property
    def unit(self) -> int:
        """Columns of one level of indentation, by the step that is most common from a line to the next one;
        4 where nothing tells."""
        widths = [len(line) - len(line.lstrip(" ")) for line in self.lines[:_MOST_SAMPLED] if line.strip()]
        steps = Counter(b - a for a, b in pairwise(widths) if b - a in (2, 4, 8))
        return steps.most_common(1)[0][0] if steps else 4
