"""What models put around the lines they copy: line numbers, code fences, marks of a diff, a heading.

Each reading gives old and new text without it, for a second look; none is tried where the texts as given are
found. A reading that fits the old text alone does not apply, unless the new text cannot have it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .fold import squeeze
from .view import FileView

Texts = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A tier that reads both texts in another way: ``read`` gives them, the likeliest first."""

    how: str
    read: Callable[[FileView, str, str], Iterator[Texts]]


# ----- line numbers

# Styles of gutters, from those that nothing else looks like to those that other text may look like. The
# arrow is how several agents number lines, the tab how cat -n does, the colon how grep -n does.
_NUMBER = r"[ \t]*+(?:[Ll](?:ine )?)?(\d+)(?:-\d+)?"
_SURE = (
    rf"{_NUMBER}[ \t]*+(?:\||│|┃|→|⇥|»|->)",
    r"[ \t]*+\[(\d+)\]:?",
    r"[ \t]*+[Ll](?:ine )?(\d+)[:.)]?",
    r"[ \t]*+\((\d+)\)",
    rf"{_NUMBER}\t",
)
_UNSURE = (rf"{_NUMBER}:", rf"{_NUMBER}[.)\-]", rf"{_NUMBER}(?= |$)")
_GUTTERS = tuple((re.compile(style), True) for style in _SURE) + tuple(
    (re.compile(style), False) for style in _UNSURE
)
# cat -n writes a tab after a gutter of another style, too, when a model adds one of its own.
_SPACE = re.compile(r"[ \t]")


def _numbers(file: FileView, old: str, new: str) -> Iterator[Texts]:
    olds, news = old.split("\n"), new.split("\n")
    for gutter, sure in _GUTTERS:
        numbers = [int(match[1]) for line in olds if line.strip() and (match := gutter.match(line))]
        if len(numbers) != sum(bool(line.strip()) for line in olds) or not _ascending(numbers):
            continue
        texts = [
            (stripped, put)
            for width in (1, 0, 2)
            if (stripped := _without(gutter, olds, width)) is not None
            and (put := _new_without(gutter, news, width, sure)) is not None
            and (len(numbers) > 1 or sure or _is_line(file, numbers[0], stripped))
        ]
        # How many blanks belong to the gutter is seen by the lines of the file; an indentation that was lost
        # as well hides it, but then it is the same for both texts.
        yield from sorted(texts, key=lambda given: f"\n{given[0].strip(chr(10))}\n" not in f"\n{file.plain}")


def _ascending(numbers: Sequence[int]) -> bool:
    return bool(numbers) and all(a < b for a, b in pairwise(numbers))


def _is_line(file: FileView, number: int, text: str) -> bool:
    return 0 < number <= len(file.lines) and file.squeezed[number - 1] == squeeze(text).strip("\n")


def _without(gutter: re.Pattern[str], lines: Sequence[str], width: int) -> str | None:
    """The lines without the gutter and ``width`` blanks after it; None where there are not that many."""
    out = []
    for line in lines:
        match = gutter.match(line)
        rest = line[match.end() :] if match else line
        if match and rest.strip():
            if len(rest[:width].strip()) or len(rest) < width:
                return None
            rest = rest[width:]
        out.append(rest if rest.strip() else "")
    return "\n".join(out)


def _new_without(gutter: re.Pattern[str], lines: Sequence[str], width: int, sure: bool) -> str | None:
    """New lines may all have a gutter, or none; some alone only where nothing else looks like it."""
    have = [bool(gutter.match(line)) for line in lines if line.strip()]
    if not any(have):
        return "\n".join(lines)
    if not all(have) and not sure:
        return None
    return _without(gutter, lines, width)


# ----- fences, headings, diffs

_FENCE = re.compile(r"[ \t]*+(`{3,}|~{3,})[^`\n]*$")
_HEADING = re.compile(
    r"[ \t]*+(?:(?:#|//|--|\*+|/\*)?[ \t]*+(?:file|path|filename)[ \t]*+:[ \t]*+\S+.*"
    r"|[\w./\\-]+\.\w+, (?:lines? \d+(?:-\d+)? of \d+|\d+ lines?)\b.*)$",
    re.IGNORECASE,
)


def _fences(file: FileView, old: str, new: str) -> Iterator[Texts]:
    inner = _unfenced(old)
    if inner is None:
        return
    put = _unfenced(new)
    if put is not None:
        yield inner, put
    elif "```" not in file.plain and "~~~" not in file.plain and "```" not in new:
        yield inner, new


def _unfenced(text: str) -> str | None:
    lines = text.strip("\n").split("\n")
    if len(lines) < 3 or not _FENCE.match(lines[0]) or not _FENCE.match(lines[-1]):
        return None
    return "\n".join(lines[1:-1]) + "\n"


def _headings(_: FileView, old: str, new: str) -> Iterator[Texts]:
    inner = _unheaded(old)
    if inner is not None:
        put = _unheaded(new)
        yield inner, new if put is None else put


def _unheaded(text: str) -> str | None:
    first, found, rest = text.lstrip("\n").partition("\n")
    return rest if found and rest.strip() and _HEADING.match(first) else None


def _diff_marks(_: FileView, old: str, new: str) -> Iterator[Texts]:
    removed, added = _unmarked(old, "-"), _unmarked(new, "+")
    if removed is not None and (added is not None or not new.strip()):
        yield removed, added or ""


def _unmarked(text: str, mark: str) -> str | None:
    """The text without the first character of each line, which has to be ``mark`` or a space."""
    lines = text.split("\n")
    marked = [line for line in lines if line]
    if not all(line[0] in (mark, " ") for line in marked) or not any(line[0] == mark for line in marked):
        return None
    return "\n".join(line[1:] for line in lines)


# ----- entities

_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|#39|#x27|#34);")
_RAW = re.compile(r"[<>]|&(?!(?:lt|gt|amp|quot|apos|#39|#x27|#34);)")


def _entities(_: FileView, old: str, new: str) -> Iterator[Texts]:
    """Both texts escaped through and through, as those of a call in XML are."""
    if _ENTITY.search(old) and not _RAW.search(old) and not _RAW.search(new):
        yield _without_entities(old), _without_entities(new)


def _without_entities(text: str) -> str:
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)


LINE_NUMBERS = Reading("line numbers", _numbers)
FENCES = Reading("code fences", _fences)
HEADING = Reading("a heading", _headings)
DIFF_MARKS = Reading("diff marks", _diff_marks)
ENTITIES = Reading("HTML entities", _entities)
