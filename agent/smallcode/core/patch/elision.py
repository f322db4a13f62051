"""Texts that leave lines out and put ``...`` for them, in old and new text alike.

What stands between the marks is matched piece by piece. Pieces that change have to be unique in the file;
those that stay only have to follow in order. Text that was left out is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ..line_ends import to_lf
from .results import Copies, Doubt, Hit, Outcome, Place
from .view import MOST_COUNTED, FileView

Find = Callable[[FileView, str, str], Outcome]

HOW = "elision"

_MARK = re.compile(
    r"[ \t]*+(?:#|//|/\*|<!--|--|;|%|\{/\*)?[ \t]*+[\[(]?(?:\.\.\.|…)[^\n]{0,80}$",
)
_WORDS_ALLOWED = re.compile(
    r"[ \t]*+(?:#|//|/\*|<!--|--|;|%|\{/\*)?[ \t]*+[\[(]?(?:\.\.\.|…)[ \t]*+"
    r"(?:[\w ,'/-]*?(?:\.\.\.|…)?)[ \t]*+[\])]?[ \t]*+(?:\*/\}?|-->)?[ \t]*+$"
)
# Longer files are not looked through for what is left out.
MOST_LINES_LOOKED_AT = 30_000
UNPAIRED = (
    "Nothing was changed: what `...` leaves out in old_str and new_str is not surely the same. Do not leave "
    "lines out: copy old_str whole, and write new_str out"
)
_OPENS = ("{", "(", "[", ":")


def is_mark(line: str) -> bool:
    return bool(_MARK.match(line) and _WORDS_ALLOWED.match(line))


def pieces(text: str) -> tuple[list[str], list[str]]:
    """The marks of a text and what stands around them, one piece more than marks."""
    marks: list[str] = []
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        if is_mark(line):
            marks.append(line.strip())
            found.append([])
        else:
            found[-1].append(line)
    last = len(found) - 1
    texts = ["\n".join(lines) + ("\n" if lines and index < last else "") for index, lines in enumerate(found)]
    return marks, texts


def find_elided(file: FileView, old: str, new: str, find: Find) -> Outcome:
    """The places of all pieces that change. Where the marks do not surely stand for the same lines in both
    texts, nothing is changed, and the whole place is shown if it is known."""
    marks, olds = pieces(to_lf(old))
    if not marks:
        return None
    new_marks, news = pieces(to_lf(new))
    if marks != new_marks or not _marks_agree(olds, news):
        return _whole_place(file, olds)
    return _paired(file, olds, news, find)


def _paired(file: FileView, olds: Sequence[str], news: Sequence[str], find: Find) -> Outcome:
    changed: dict[int, Hit] = {}
    for index, (before, after) in enumerate(zip(olds, news, strict=True)):
        if before == after:
            continue
        outcome = find(file, before, after) if before.strip() else None
        if isinstance(outcome, Copies) and index and olds[index - 1] == news[index - 1]:
            outcome = _in_block_of(file, olds[index - 1].strip("\n"), before, after, find) or outcome
        if not isinstance(outcome, Hit):
            return outcome if isinstance(outcome, Copies | Doubt) else None
        changed[index] = outcome
    spans = _spans(file, olds, {index: hit.places[0] for index, hit in changed.items()})
    if not changed or spans is None:
        return None
    # Pieces that change are unique by themselves; of others it is seen whether they belong together.
    if not all(
        _left_out(file, spans[a], spans[b])
        for a, b in pairwise(sorted(spans))
        if not {a, b} <= changed.keys()
    ):
        return None
    how = dict.fromkeys((HOW, *(one for hit in changed.values() for one in hit.how)))
    return Hit(tuple(hit.places[0] for hit in changed.values()), tuple(how))


def _marks_agree(olds: Sequence[str], news: Sequence[str]) -> bool:
    """Whether the lines around each mark are the same in both texts. Only then do both marks stand for the
    same lines; else the new text may leave out lines that it never shows, and that nobody would write."""
    return all(
        _edge(olds[index], -1) == _edge(news[index], -1)
        and _edge(olds[index + 1], 0) == _edge(news[index + 1], 0)
        for index in range(len(olds) - 1)
    )


def unpaired(file: FileView, old: str) -> Doubt | None:
    """The whole place of an old text that leaves lines out, to be shown."""
    marks, olds = pieces(to_lf(old))
    return _whole_place(file, olds) if marks else None


def _whole_place(file: FileView, olds: Sequence[str]) -> Doubt | None:
    """From the first piece to the nearest last one behind it; None where the first is not there once."""
    if len(file.lines) > MOST_LINES_LOOKED_AT:
        return None
    for strip in (str.rstrip, str.strip):
        bare = [strip(line) for line in file.lines]
        first, last = ([strip(line) for line in olds[index].split("\n") if line.strip()] for index in (0, -1))
        if not first or not last:
            return None
        # The last line may be copied in part.
        cut = [line[: len(last[-1])] for line in bare]
        for lines in (bare, cut):
            place = _between(bare, lines, first, last)
            if place is not None:
                return Doubt(UNPAIRED, *place)
    return None


def _between(
    bare: Sequence[str], ending: Sequence[str], first: Sequence[str], last: Sequence[str]
) -> tuple[int, int] | None:
    """First and last line, from 1."""
    starts = _runs(bare, first)
    ends = [end + len(last) for end in _runs(ending, last)]
    if len(starts) != 1 and len(ends) == 1:
        starts = [start for start in starts if start < ends[0]][-1:]
    end = next((end for end in ends if starts and end >= starts[0] + len(first) + len(last)), None)
    return None if len(starts) != 1 or end is None else (starts[0] + 1, end)


def _runs(lines: Sequence[str], sought: Sequence[str]) -> list[int]:
    """Where the sought lines stand one after the other; no more than tell that they are not unique."""
    found: list[int] = []
    for index, line in enumerate(lines):
        if line == sought[0] and lines[index : index + len(sought)] == sought:
            found.append(index)
            if len(found) == MOST_COUNTED:
                break
    return found


def _edge(text: str, index: int) -> str:
    lines = [line for line in text.split("\n") if line.strip()]
    return lines[index] if lines else ""


def _in_block_of(file: FileView, anchor: str, before: str, after: str, find: Find) -> Hit | None:
    """A piece that is not unique in the file but in the block that begins with the piece before, which is."""
    lined = f"\n{file.plain}\n"
    if not anchor.strip() or lined.count(f"\n{anchor}\n") != 1:
        return None
    first = file.line_of(lined.find(f"\n{anchor}\n"))
    inner = end = first + anchor.count("\n") + 1
    depth = _depth(file.lines[inner - 1])
    while end < len(file.lines) and (not file.lines[end].strip() or _depth(file.lines[end]) > depth):
        end += 1
    start = file.start(inner) if inner < end else 0
    outcome = find(FileView(file.plain[start : file.end(end - 1)] + "\n"), before, after) if start else None
    if not isinstance(outcome, Hit):
        return None
    moved = (replace(one, start=one.start + start, end=one.end + start) for one in outcome.places)
    return Hit(tuple(moved), outcome.how)


def _spans(
    file: FileView, olds: Sequence[str], changed: Mapping[int, Place]
) -> dict[int, tuple[int, int]] | None:
    """First and last line of each piece, counted from 0: of those that stay, the ones nearest to the changes.
    None where they do not follow each other."""
    lines = {
        index: (file.line_of(place.start), file.line_of(max(place.start, place.end - 1)))
        for index, place in changed.items()
    }
    first = min(changed, default=0)
    order = [*range(first - 1, -1, -1), *range(first + 1, len(olds))]
    for index in order:
        piece = olds[index].strip("\n")
        if index in changed or not piece.strip():
            continue
        if index < first:
            end = file.start(min(line for line, _ in lines.values()))
            at = f"\n{file.plain[:end]}".rfind(f"\n{piece}\n")
        else:
            start = file.start(max(line for number, (_, line) in lines.items() if number < index))
            at = f"{file.plain}\n".find(f"\n{piece}\n", start) + 1 or -1
        if at < 0:
            return None
        lines[index] = (file.line_of(at), file.line_of(at + len(piece) - 1))
    ordered = pairwise(sorted(lines))
    return lines if all(lines[a][1] < lines[b][0] for a, b in ordered) else None


def _left_out(file: FileView, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether what stands between two pieces may be what a mark stands for: it does not leave the block that
    both belong to, so that no other definition begins in between."""
    top, bottom = _depth(file.lines[before[0]]), _depth(file.lines[after[0]])
    inside = top != bottom or file.lines[before[1]].rstrip().endswith(_OPENS)
    least = min(top, bottom) + inside
    return all(_depth(line) >= least for line in file.lines[before[1] + 1 : after[0]] if line.strip())


def _depth(line: str) -> int:
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
