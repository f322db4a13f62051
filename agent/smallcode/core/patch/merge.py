"""The new text in the file's own spelling, for a place that equals the old text but for white space and
look-alikes.

It is a three-way merge: what the new text leaves as the old one had it stays as the file has it, down to
blank lines and characters; what it changes is taken literally, indented like the place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property

from ..textdiff import line_hunks
from .fold import Spelling, fancy_in, fold, same_blanks
from .indent import Remap, Style, remapped
from .view import Block, FileView, Line

# A new line that holds this share of an old one's characters has those that both share from it.
_LEAST_ALIKE = 0.8
_MOST_COMPARED = 40
_LONGEST_COMPARED = 300


class Unclear(Exception):
    """It is not clear what the new text should become. The message ends the sentence "…, and"."""


@dataclass(frozen=True)
class Match:
    """Lines of the file that equal those of the old text: as many, in the same order, none of them blank."""

    old: Block
    found: Block

    @property
    def pairs(self) -> list[tuple[Line, Line]]:
        return list(zip(self.old.lines, self.found.lines, strict=True))

    @cached_property
    def fits(self) -> bool:
        """Whether the bodies are equal but for look-alikes and tabs."""
        return all(same_blanks(fold(old.body), fold(found.body)) for old, found in self.pairs)

    @property
    def gaps(self) -> list[tuple[int, int]]:
        """Blank lines after each line: in the old text, in the file."""
        return [(len(a), len(b)) for a, b in zip(self.old.gaps, self.found.gaps, strict=True)]


def merged(file: FileView, match: Match, new: Block, nearby: Collection[str]) -> list[str]:
    """The lines that belong in the place. ``nearby`` are lines before and after it. Raises Unclear."""
    return _Merge(file, match, new, nearby).lines()


class _Merge:
    def __init__(self, file: FileView, match: Match, new: Block, nearby: Collection[str]) -> None:
        odd = fancy_in("".join(line.text for line in match.old.lines))
        if all(line.indent.isascii() for line in match.found.lines):
            match, new = replace(match, old=_plainly_indented(match.old)), _plainly_indented(new)
        self._match = match
        self._new = new
        self._nearby = nearby
        self._counterpart = _counterparts(match.old.lines, new.lines)
        self._paired = sorted(self._counterpart)
        self._moved = _moved(match.old.lines, new.lines, self._counterpart)
        old, found = [a.body for a, _ in match.pairs], [b.body for _, b in match.pairs]
        self._spelling = Spelling(old, found, odd, file.fancy)
        self._sloppy = any(a.tail and not b.tail for a, b in match.pairs)
        self._in_file_terms = self._frame() == "file"
        self._indent = self._remap(file)

    def lines(self) -> list[str]:
        out: list[str] = []
        for index in range(len(self._new.lines)):
            if index:
                out += self._gap(index - 1)
            out.append(self._line(index))
        return out

    def _line(self, index: int) -> str:
        line = self._new.lines[index]
        at = self._counterpart.get(index, self._moved.get(index))
        if at is None:
            tail = "" if self._sloppy else line.tail
            return self._indented(line) + self._spelt(line.body) + tail
        old, found = self._match.old.lines[at], self._match.found.lines[at]
        body = self._sure(self._spelling.carried_over(old.body, found.body, line.body))
        kept = line.indent == (found if self._in_file_terms else old).indent
        indent = found.indent if kept else self._indented(line)
        return indent + body + self._tail(old, found, line)

    def _spelt(self, body: str) -> str:
        """A line that stands for no old one may still be the work of one that goes: a block put around it."""
        changed = [(old.body, found.body) for old, found in self._match.pairs if old.body != found.body]
        old, found = max(
            changed[:_MOST_COMPARED], key=lambda pair: _alike(pair[0], body), default=(body, body)
        )
        if old == found or _alike(old, body) < _LEAST_ALIKE:
            return self._sure(self._spelling.of_new(body))
        return self._sure(self._spelling.carried_over(old, found, body))

    def _sure(self, body: str | None) -> str:
        if body is None:
            raise Unclear("new_str adds typographic characters: write them as the file does")
        return body

    def _indented(self, line: Line) -> str:
        indent = self._indent(line.indent)
        if indent is None:
            raise Unclear("new_str is indented less than the place")
        return indent

    def _tail(self, old: Line, found: Line, new: Line) -> str:
        return new.tail if old.tail == found.tail and not self._sloppy else found.tail

    def _remap(self, file: FileView) -> Remap:
        old = [line.indent for line in self._match.old.lines]
        found = [line.indent for line in self._match.found.lines]
        new = [] if self._in_file_terms else [line.indent for line in self._new.lines]
        if old == found:
            return lambda indent: indent
        mapping = remapped(old, found, new, Style(file.tabs, file.unit))
        if mapping is None:
            raise Unclear("old_str is indented in another way than it")
        return (lambda indent: indent) if self._in_file_terms else mapping

    def _frame(self) -> str:
        """Whether the new text is indented like the old one ("old") or like the file ("file")."""
        if all(a.indent == b.indent for a, b in self._match.pairs) or not self._new.lines:
            return "file"
        told = [
            (old.indent, found.indent, line.indent)
            for index, line in enumerate(self._new.lines)
            for old, found in [
                self._match.pairs[at] for at in [self._counterpart.get(index)] if at is not None
            ]
            if fold(old.body) == fold(line.body) and old.indent != found.indent
        ]
        as_old = any(new == old for old, _, new in told)
        as_file = any(new == found for _, found, new in told)
        return "old" if as_old and not as_file else self._frame_by_columns(as_old, as_file)

    def _frame_by_columns(self, as_old: bool, as_file: bool) -> str:
        """By the outermost and the first lines: those that are only moved deeper look like the file's.
        ``as_old`` and ``as_file`` tell whether a line that stayed is indented so."""
        texts = (self._match.old.lines, self._match.found.lines, self._new.lines)
        with_old, with_found, with_new = map(_indented_with, texts)
        if with_found and with_new and not with_old <= with_found:
            return "file" if with_new <= with_found else "old"
        old, found, new = map(_least, texts)
        first_old, first_found, first_new = (_columns(lines[0]) for lines in texts)
        if as_file and new == found != old:
            return "file"
        if as_old and new != old:
            raise Unclear("new_str is indented partly like old_str and partly like the file")
        if new == old != found or (not as_file and first_new == first_old != first_found):
            return "old"
        if first_new == first_found != first_old and new >= found:
            return "file"
        if new == old == found:
            return "file" if as_file else "old"
        raise Unclear("new_str is indented neither like old_str nor like the file")

    def _gap(self, index: int) -> Sequence[str]:
        """The blank lines between new lines ``index`` and ``index + 1``."""
        given = self._new.gaps[index]
        before, after = self._around(index)
        gaps = self._match.gaps
        if after == before + 1 and {index, index + 1} <= self._counterpart.keys():
            old, found = gaps[before]
            if found in (old, len(given)) or len(given) == old:
                return given if old == found != len(given) else self._match.found.gaps[before]
        elif all(old == found for old, found in gaps[max(before, 0) : after]) or (
            after == before + 1 and self._brings_its_own(index, gaps[before][1])
        ):
            return given
        raise Unclear("it has other blank lines where new_str changes something")

    def _around(self, index: int) -> tuple[int, int]:
        """The old lines that have counterparts nearest before and after the gap; -1, and the number of the
        last, where there are none."""
        at = bisect_right(self._paired, index)
        before = self._counterpart[self._paired[at - 1]] if at else -1
        last = len(self._match.old.lines) - 1
        return before, self._counterpart[self._paired[at]] if at < len(self._paired) else last

    def _brings_its_own(self, index: int, found: int) -> bool:
        """Whether lines were put between two old ones together with the blank lines that the file has there
        and the old text left out. Lines that stand nearby are none that were put there: the old text then
        rather left them out."""
        first = max((j for j in self._counterpart if j <= index), default=None)
        last = min((j for j in self._counterpart if j > index), default=None)
        if first is None or last is None:
            return False
        if any(line.body in self._nearby for line in self._new.lines[first + 1 : last]):
            return False
        return found in (len(self._new.gaps[first]), len(self._new.gaps[last - 1]))


def _plainly_indented(given: Block) -> Block:
    """Without no-break spaces before the lines."""
    return replace(given, lines=tuple(replace(line, indent=fold(line.indent)) for line in given.lines))


def _counterparts(old: Sequence[Line], new: Sequence[Line]) -> Mapping[int, int]:
    """New line → old line, for those that stayed and for those changed one for one."""
    a, b = [fold(line.body) for line in old], [fold(line.body) for line in new]
    pairs: dict[int, int] = {}
    i = j = 0
    for hunk in line_hunks(a, b):
        pairs |= dict(zip(range(j, hunk.b0), range(i, hunk.a0), strict=True))
        if hunk.a1 - hunk.a0 == hunk.b1 - hunk.b0:
            pairs |= dict(zip(range(hunk.b0, hunk.b1), range(hunk.a0, hunk.a1), strict=True))
        i, j = hunk.a1, hunk.b1
    return pairs | dict(zip(range(j, len(b)), range(i, len(a)), strict=True))


def _moved(old: Sequence[Line], new: Sequence[Line], known: Mapping[int, int]) -> Mapping[int, int]:
    """New line → old line, for those of the rest that are the same and occur once in each."""
    paired = set(known.values())
    left = {i: fold(line.body) for i, line in enumerate(old) if i not in paired}
    added = {j: fold(line.body) for j, line in enumerate(new) if j not in known}
    once_left, once_added = Counter(left.values()), Counter(added.values())
    place = {body: i for i, body in left.items() if once_left[body] == 1}
    return {j: place[body] for j, body in added.items() if body in place and once_added[body] == 1}


def _alike(one: str, other: str) -> float:
    if max(len(one), len(other)) > _LONGEST_COMPARED:
        return 0.0
    blocks = SequenceMatcher(None, fold(one), fold(other), autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / max(1, len(fold(one)))


def _columns(line: Line) -> int:
    return len(fold(line.indent).expandtabs(4))


def _least(lines: Sequence[Line]) -> int:
    return min(map(_columns, lines))


def _indented_with(lines: Sequence[Line]) -> set[str]:
    """Tabs, spaces, or both."""
    return {line.indent[0] for line in lines if line.indent}
