"""Matching whole lines but for white space and look-alikes, and naming what differs.

All these tiers are one search: for lines that are equal with all white space and typography squeezed out.
Only where a single place in the file is equal in that widest sense is it looked at closely. So copies that
differ in white space are copies, whichever tier might have told them apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from itertools import pairwise

from ..line_ends import to_lf
from .bounds import FEWEST_WORD_CHARS, doubt_at_ends, repeated_lines
from .exact import LAST_BREAK, LINE_ENDINGS, near
from .fold import BLANKS, fold, squeeze
from .merge import Match, Unclear, merged
from .results import Copies, Doubt, Hit, Outcome, Place
from .view import Block, FileView, block, occurrences, parse

_LINE_END = re.compile(r"\r\n|\r|\n")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Difference:
    """A tier that equates: ``seen`` tells whether the match needs it."""

    how: str
    seen: Callable[[Match], bool]


def _tails(match: Match) -> bool:
    return any(old.tail != found.tail for old, found in match.pairs)


def _looks(match: Match) -> bool:
    return any(
        old.body != found.body and not _tabs_alone(old.body, found.body) for old, found in match.pairs
    ) or any(fold(old.indent) != old.indent != found.indent for old, found in match.pairs)


def _tabs_alone(one: str, other: str) -> bool:
    """Whether two bodies differ in nothing but runs of spaces and tabs."""
    return one.split() == other.split() and fold(one) != fold(other)


def _indents(match: Match) -> bool:
    return any(old != found for old, found in _plain_indents(match)) and not _tabs(match)


def _tabs(match: Match) -> bool:
    return any(
        (old and found and ("\t" in old) != ("\t" in found))
        or ("\t" in old and old != found and " " in old + found)
        for old, found in _plain_indents(match)
    ) or any(fold(old.body) != fold(found.body) for old, found in match.pairs)


def _plain_indents(match: Match) -> list[tuple[str, str]]:
    return [(fold(old.indent), fold(found.indent)) for old, found in match.pairs]


def _blanks(match: Match) -> bool:
    return any(old != found for old, found in match.gaps)


TRAILING = Difference("trailing white space", _tails)
LOOKS = Difference("Unicode punctuation", _looks)
INDENTATION = Difference("indentation", _indents)
TABS = Difference("tabs and spaces", _tabs)
BLANK_LINES = Difference("blank lines", _blanks)

# What was given may need any of these, together as well.
DIFFERENCES = (TRAILING, LOOKS, INDENTATION, TABS, BLANK_LINES)


def find_leniently(file: FileView, old: str, new: str, disable: Collection[str]) -> Outcome:
    """The place that equals ``old`` but for white space and look-alikes."""
    sought = block(to_lf(old))
    keys = [squeeze(line.body) for line in sought.lines]
    if not any(_WORD.search(key) for key in keys):
        return None
    places = file.whole(keys)
    # A single line may as well be part of a longer one.
    parts = occurrences(file.joined, "\n".join(keys)) if len(keys) == 1 or not places else []
    found = places if len(places) >= len(parts) else [file.solid_at(at) for at in parts]
    if len(found) > 1:
        return Copies(tuple(file.start(file.solid[index]) for index in found))
    if not found:
        return None
    first = found[0]
    ends = (LINE_ENDINGS,) if _other_ends(file, first, old, len(keys)) else ()
    if set(ends) & set(disable):
        return None
    if places:
        outcome = _settled(file, first, sought, block(to_lf(new)), disable)
    else:
        outcome = _within_lines(file, parts[0], sought, block(to_lf(new)), disable)
    return Hit(outcome.places, ends + outcome.how) if isinstance(outcome, Hit) else outcome


def _other_ends(file: FileView, first: int, old: str, count: int) -> bool:
    """Whether the lines of the place end otherwise than those of the old text."""
    if "\r" not in old and "\r" not in file.text:
        return False
    top, bottom = file.solid[first], file.solid[first + count - 1]
    there = file.text[file.offset(file.start(top)) : file.offset(file.end(bottom))]
    theirs, ours = set(_LINE_END.findall(there)), set(_LINE_END.findall(old))
    return bool(theirs and ours and theirs != ours)


def _settled(file: FileView, first: int, old: Block, new: Block, disable: Collection[str]) -> Outcome:
    """What becomes of the lines from ``solid[first]`` on."""
    match = Match(old, file.cut(first, len(old.lines)))
    if not match.fits:
        return None
    how = _differences(file, first, match)
    if set(how) & set(disable):
        return None
    top, bottom = file.solid[first], file.solid[first + len(old.lines) - 1]
    if _is_there(file, first, old, new):
        return Doubt("", top + 1, bottom + 1, already=True)
    beside = near(file, top, -1), near(file, bottom, 1)
    repeated = repeated_lines(*beside, old.lines, new.lines, indented_alike=False)
    if repeated:
        return Doubt(f"Nothing was changed: {repeated}. Copy old_str to its end", top + 1, bottom + 1)
    if {INDENTATION.how, TABS.how} & set(how) and _from_elsewhere(file, match, new):
        return Doubt(
            f"old_str stands at line {top + 1}, but with another indentation, and lines of it stand "
            "elsewhere as they are given. Copy the whole old_str, with its indentation",
            top + 1,
            bottom + 1,
        )
    try:
        return Hit((_place(file, top, bottom, match, new),), how)
    except Unclear as unclear:
        return Doubt(
            f"old_str stands at line {top + 1} but for white space, and {unclear}", top + 1, bottom + 1
        )


def _from_elsewhere(file: FileView, match: Match, new: Block) -> bool:
    """Whether the texts were copied from another place, and only what the old one left out hides that: all
    its telling lines stand elsewhere as they are given, or the new text goes from an old line to an added
    one as the file does."""
    telling = [pair for pair in match.pairs if len(_WORD.findall(pair[0].body)) >= FEWEST_WORD_CHARS]
    if telling and all(
        old.indent != found.indent and f"\n{old.text}\n" in file.plain for old, found in telling
    ):
        return True
    stays = {fold(line.body) for line in match.old.lines}
    return any(
        (fold(a.body) in stays) != (fold(b.body) in stays) and f"\n{a.text}\n{b.text}\n" in file.plain
        for a, b in pairwise(new.lines)
    )


def _is_there(file: FileView, first: int, old: Block, new: Block) -> bool:
    """Whether the new lines, of which the old ones are a part, stand around the place."""
    keys = [squeeze(line.body) for line in new.lines]
    count = len(keys) - len(old.lines)
    return count > 0 and any(
        [file.squeezed[number] for number in file.solid[start : start + len(keys)]] == keys
        for start in range(max(0, first - count), first + 1)
    )


def _differences(file: FileView, first: int, match: Match) -> tuple[str, ...]:
    how = [one.how for one in DIFFERENCES if one.seen(match)]
    top = file.solid[first]
    bottom = file.solid[first + len(match.old.lines) - 1]
    outside = match.old.lead > _blank_above(file, top) or match.old.trail - 1 > _blank_below(file, bottom)
    if outside and BLANK_LINES.how not in how:
        how.append(BLANK_LINES.how)
    if match.old.trail and bottom + 1 == len(file.lines):
        how.append(LAST_BREAK)
    # What is left are blanks of a last line that the old text has only the beginning of.
    return tuple(how) or (TRAILING.how,)


def _place(file: FileView, top: int, bottom: int, match: Match, new: Block) -> Place:
    """The place and its new lines, with the blank lines around them that old and new text differ in."""
    old = match.old
    beside = (*near(file, top, -1), *near(file, bottom, 1))
    nearby = {line.body for line in beside if len(_WORD.findall(line.body)) >= FEWEST_WORD_CHARS}
    body = merged(file, match, new, nearby)
    if not body:
        return _removal(file, top, bottom, match)
    above = _outside(old.lead, new.lead, _blank_above(file, top))
    # Without a line break at the end of either text, the file keeps the one it has.
    trail_old, trail_new = max(old.trail - 1, 0), max(new.trail - 1, 0)
    below = _outside(trail_old, trail_new, _blank_below(file, bottom))
    body = [""] * max(above, 0) + body + [""] * max(below, 0)
    return Place(file.start(top + min(above, 0)), file.end(bottom - min(below, 0)), "\n".join(body))


def _outside(old: int, new: int, there: int) -> int:
    """How many blank lines are put (or, below zero, taken away) at one end of the place."""
    if old == new or (old > there and new == 0):
        return -min(there, old - new) if old > new else 0
    if old > there:
        raise Unclear("there are fewer blank lines around it than in old_str")
    return new - old


def _removal(file: FileView, top: int, bottom: int, match: Match) -> Place:
    """The lines go; with their line break where the old text had one, and with blank lines that it had."""
    if any(old != found for old, found in match.gaps):
        raise Unclear("it has other blank lines, which would be removed as well")
    top -= min(match.old.lead, _blank_above(file, top))
    bottom += min(max(match.old.trail - 1, 0), _blank_below(file, bottom))
    end = file.end(bottom)
    return Place(file.start(top), min(end + bool(match.old.trail), len(file.plain)), "")


def _blank_above(file: FileView, top: int) -> int:
    above = top
    while above and not file.squeezed[above - 1]:
        above -= 1
    return top - above


def _blank_below(file: FileView, bottom: int) -> int:
    """The empty line after the last line break of a file is none."""
    last = len(file.lines) - 1
    below = bottom
    while below + 1 < last and not file.squeezed[below + 1]:
        below += 1
    return below - bottom


def _within_lines(file: FileView, at: int, sought: Block, new: Block, disable: Collection[str]) -> Outcome:
    """A place that begins or ends within a line: the rest of that line is added to both texts, which then
    are whole lines. One that spans lines may begin within a line, but not end there."""
    first = file.solid_at(at)
    top = file.solid[first]
    bottom = file.solid[first + len(sought.lines) - 1]
    length = len("\n".join(squeeze(line.body) for line in sought.lines))
    start = _offset(file.lines[top], at - file.joined.rfind("\n", 0, at + 1) - 1)
    back = _offset(file.lines[bottom][::-1], file.joined.find("\n", at + length) - at - length)
    if start is None or back is None or not new.lines or sought.lead or new.lead:
        return None
    before, after = file.lines[top][:start], file.lines[bottom][len(file.lines[bottom]) - back :]
    if after.strip() and (len(sought.lines) > 1 or sought.trail or new.trail):
        return None
    if not before.strip() and len(new.lines) > 1:
        return None
    bounds = file.start(top) + start, file.end(bottom) - back
    doubt = doubt_at_ends(file.plain, *bounds, _text(sought), _text(new))
    if doubt:
        return Doubt(
            f"old_str stands in line {top + 1} but for white space or punctuation. {doubt}",
            top + 1,
            bottom + 1,
        )
    return _settled(file, first, _widened(before, sought, after), _widened(before, new, after), disable)


def _offset(line: str, squeezed: int) -> int | None:
    """Where in a line the character stands that has ``squeezed`` characters before it in the squeezed line;
    None where it is not sure."""
    passed = 0
    for index, char in enumerate(line):
        size = len(squeeze(char))
        if passed >= squeezed and size:
            return index if passed == squeezed else None
        passed += size
    return len(line) if passed == squeezed else None


def _text(given: Block) -> str:
    return "\n".join(line.body for line in given.lines)


def _widened(before: str, given: Block, after: str) -> Block:
    """The block with the rest of its first and last line."""
    lines = [line.text for line in given.lines]
    if before.strip():
        lines[0] = (before.rstrip(BLANKS) if given.lines[0].indent else before) + lines[0]
    if after.strip():
        lines[-1] += after.lstrip(BLANKS) if given.lines[-1].tail else after
    return replace(given, lines=tuple(map(parse, lines)))
