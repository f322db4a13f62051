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
from .view import FileView

Find = Callable[[FileView, str, str], Outcome]

HOW = "elision"

_MARK = re.compile(
    r"[ \t]*+(?:#|//|/\*|<!--|--|;|%|\{/\*)?[ \t]*+[\[(]?(?:\.\.\.|…)[^\n]{0,80}$",
)
_WORDS_ALLOWED = re.compile(
    r"[ \t]*+(?:#|//|/\*|<!--|--|;|%|\{/\*)?[ \t]*+[\[(]?(?:\.\.\.|…)[ \t]*+"
    r"(?:[\w ,'/-]*?(?:\.\.\.|…)?)[ \t]*+[\])]?[ \t]*+(?:\*/\}?|-->)?[ \t]*+$"
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
    """The places of all pieces that change. Nothing is found where only one of the texts has marks, or where
    they differ."""
    marks, olds = pieces(to_lf(old))
    new_marks, news = pieces(to_lf(new))
    if not marks or marks != new_marks:
        return None
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
