"""The strictest tiers: every character equal, or every character but line ends.

The new text is put there literally, with two exceptions, both where the old text stands for whole lines. A
first line whose indentation was left out is indented like its place, and a line break that only the old text
ends with stays: else the next line would be glued to the new text.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..line_ends import to_lf
from .bounds import doubt_at_ends, repeated_lines
from .fold import squeeze
from .results import Copies, Doubt, Hit, Outcome, Place
from .view import FileView, Line, block, occurrences

LINE_ENDINGS = "line endings"
LAST_BREAK = "line break at the end"
LOST_INDENT = "indentation of the first line"

# Lines that are looked at before and after a place.
_NEAR = 12

_BLANKS = " \t"
_OPENS = (":", "{", "(", "[", ",", "=", "->", "=>", "\\", "&&", "||", "|", "+", ">", " do", " then", "else")
_GOES_ON = (".", "?", ":", "&", "|", "+", "-", "*", "/", "=", ")", "]", "}", ",", "and ", "or ")


@dataclass(frozen=True, slots=True)
class Named:
    """A tier of this module, which has no more to it than its name."""

    how: str


TIERS = (Named(LINE_ENDINGS), Named(LOST_INDENT), Named(LAST_BREAK))


def find_exactly(file: FileView, old: str, new: str, disable: Collection[str]) -> Outcome:
    """The place where ``old`` stands as it was given, but for line ends."""
    sought = to_lf(old)
    starts = occurrences(file.plain, sought)
    if not starts:
        return None
    # Copies that differ in line ends alone look the same to who reads them.
    if len(starts) > 1:
        return Copies(tuple(starts))
    start, end = starts[0], starts[0] + len(sought)
    how = () if file.text[file.offset(start) : file.offset(end)] == old else (LINE_ENDINGS,)
    copies = _copies_but_for_indent(file, start, sought)
    if len(copies) > 1:
        return Copies(copies)
    outcome = _settled(file, start, end, sought, to_lf_pairs(new))
    if isinstance(outcome, Hit):
        outcome = Hit(outcome.places, how + outcome.how)
        return None if set(outcome.how) & set(disable) else outcome
    return outcome


def _copies_but_for_indent(file: FileView, start: int, sought: str) -> tuple[int, ...]:
    """Where the text stands but for white space, if it begins within the indentation of a line: it is exact
    by accident then, and copies that differ in white space count."""
    line_start = file.plain.rfind("\n", 0, start) + 1
    if line_start == start or file.plain[line_start:start].strip(_BLANKS):
        return ()
    found = file.whole([squeeze(line.body) for line in block(sought).lines])
    return tuple(file.start(file.solid[index]) for index in found)


def to_lf_pairs(text: str) -> str:
    """In a new text, a ``\\r`` alone is a character like any other."""
    return text.replace("\r\n", "\n")


def _settled(file: FileView, start: int, end: int, old: str, new: str) -> Hit | Doubt:
    doubt = doubt_at_ends(file.plain, start, end, old, new)
    first, last = file.line_of(start), file.line_of(max(start, end - 1))
    if doubt:
        return Doubt(
            f"Nothing was changed: line {last + 1} needs a closer look. {doubt}", first + 1, last + 1
        )
    if _is_there(file.plain, start, old, new):
        return Doubt("", first + 1, last + 1, already=True)
    if _whole_lines(file, start, end):
        beside = near(file, first, -1), near(file, last, 1)
        alike = start == file.start(first)
        repeated = repeated_lines(*beside, block(old).lines, block(new).lines, indented_alike=alike)
        if repeated:
            return Doubt(f"Nothing was changed: {repeated}. Copy old_str to its end", first + 1, last + 1)
    return _indented(file, start, end, old, new)


def _is_there(plain: str, start: int, old: str, new: str) -> bool:
    """Whether the new text, of which the old one is a part, stands around the place."""
    if old.strip() == new.strip():
        return False
    return any(
        at <= start and plain.startswith(new, start - at)
        for at in occurrences(new, old)
        if len(new) > len(old)
    )


def near(file: FileView, line: int, step: int) -> Sequence[Line]:
    """The nearest lines that are not blank, before (-1) or after (1) a line."""
    lines: list[str] = []
    index = line + step
    while 0 <= index < len(file.lines) and abs(index - line) <= _NEAR:
        lines.append(file.lines[index])
        index += step
    return block("\n".join(lines)).lines


def _whole_lines(file: FileView, start: int, end: int) -> bool:
    before = file.plain[file.plain.rfind("\n", 0, start) + 1 : start]
    return not before.strip(_BLANKS) and (
        file.plain[end : end + 1] in ("", "\n") or file.plain[end - 1] == "\n"
    )


def _indented(file: FileView, start: int, end: int, old: str, new: str) -> Hit | Doubt:
    """The place, with the new text indented if the old one began after its line's indentation."""
    how: tuple[str, ...] = ()
    line_start = file.plain.rfind("\n", 0, start) + 1
    before = file.plain[line_start:start]
    indented = before and not before.strip(_BLANKS)
    if indented and old.endswith("\n") and not new:
        # Whole lines go, and what stands before the first would end up before the next one.
        return Hit((Place(line_start, end, new),), (LOST_INDENT,))
    if indented and new.strip():
        reading = _beside_indent(file, before, (start, end), old, new)
        line = file.line_of(start) + 1
        if reading is None:
            return Doubt(
                f"old_str begins after the indentation of line {line}, so it is not clear how to indent "
                "new_str. Give both with the full indentation of each line",
                line,
                line,
            )
        if reading != (start, new):
            start, new = reading
            how = (LOST_INDENT,)
    glued = old.endswith("\n") and new.strip() and not new.endswith("\n")
    if glued and not before.strip(_BLANKS):
        new += "\n"
        how += (LAST_BREAK,)
    return Hit((Place(start, end, new),), how)


def _beside_indent(
    file: FileView, before: str, at: tuple[int, int], old: str, new: str
) -> tuple[int, str] | None:
    """Where to begin and what to put for an old text that begins after ``before``, its line's indentation,
    or part of it. None where it is not clear."""
    start, end = at
    olds, news = block(old).lines, block(new).lines
    whole = before + _lead(old)
    if _lead(new) == whole != _lead(old) and not new.startswith("\n"):
        # The new text is indented in full.
        return None if olds[:1] == news[:1] and len(news) == 1 else (start - len(before), new)
    aligned = len(news) > 1 and news[:2] == olds[:2]
    if _lead(new) != _lead(old) or (not aligned and news[0].text in {line.text for line in olds[1:]}):
        return None
    rest = news[1:]
    if not rest or len(olds) > 1 or old.count("\n") > 1:
        return start, new
    if all(line.indent.startswith(whole) for line in rest):
        beside = (
            _goes_with(olds, news) if rest[0].indent == whole else _one_deeper(file, whole, rest[0].indent)
        )
        return (start, new) if beside else None
    return (start, _shifted(new, before)) if _goes_on(file, end, whole) else None


def _one_deeper(file: FileView, indent: str, deeper: str) -> bool:
    """Whether an indentation is one level more than another one, and is not one level by itself."""
    step = deeper.removeprefix(indent)
    levels = ("\t",) if file.tabs else (" " * file.unit,)
    return step in levels and deeper not in levels


def _goes_with(olds: Sequence[Line], news: Sequence[Line]) -> bool:
    """Whether the second new line belongs beside the first, although it seems indented deeper: the first is a
    statement that is over, or one of the two holds the old line."""
    first, second = news[0].body, news[1].body
    if first.endswith(_OPENS) or second.startswith(_GOES_ON):
        return False
    return first.endswith(";") or olds[0].body in first or olds[0].body in second


def _lead(text: str) -> str:
    return text[: len(text) - len(text.lstrip(_BLANKS))]


def _goes_on(file: FileView, end: int, indent: str) -> bool:
    """Whether the block goes on after the place, so that a new line outside of it would cut it in two."""
    following = near(file, file.line_of(max(0, end - 1)), 1)
    return bool(following) and following[0].indent.startswith(indent)


def _shifted(new: str, by: str) -> str:
    first, *rest = new.split("\n")
    return "\n".join([first, *(by + line if line.strip() else line for line in rest)])
