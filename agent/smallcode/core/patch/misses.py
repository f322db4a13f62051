"""What the model is told where nothing was changed: what differs, where the place is, what to do next."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from ..line_ends import to_lf
from .elision import is_mark
from .fold import fold, squeeze
from .nearest import MOST_SHOWN_CHARS, MOST_SHOWN_LINES, Region, nearest_region
from .results import Doubt, Miss
from .view import MOST_COUNTED, FileView, block

# This many copies are shown.
MOST_SHOWN = 5

# A line that is quoted in a reason is cut to this many characters.
LONGEST_QUOTE = 80

# A shorter beginning of a text that is nowhere stands in a line by accident.
FEWEST_CHARS_OF_PART = 8

# Blank lines that may stand between what was to be deleted and what stays.
BLANKS_BETWEEN = 4

# A shorter new text may stand in the file by accident.
FEWEST_CHARS_ALREADY = 8


def empty_old(file: FileView, old: str) -> Miss:
    if not file.plain.strip():
        return Miss("The file is empty and old_str too: write the whole text with write_file.")
    what = "old_str is empty" if not old else "old_str is nothing but white space"
    return Miss(f"{what}. Give the exact text that should be replaced, copied from the file.")


def ambiguous(file: FileView, starts: Sequence[int]) -> Miss:
    lines = tuple(file.line_of(start) + 1 for start in starts)
    itself = [file.lines[line - 1] for line in lines]
    if len(set(itself)) == len(itself):
        context = [f"line {line}: {_quote(shown)}" for line, shown in zip(lines, itself, strict=True)]
    else:
        context = [f"line {line}, {_after(file.lines, line)}" for line in lines]
    more = f"\n… and {len(starts) - MOST_SHOWN} more" if len(starts) > MOST_SHOWN else ""
    count = f"at least {len(starts)}" if len(starts) == MOST_COUNTED else str(len(starts))
    listed = "\n".join(context[:MOST_SHOWN])
    return Miss(
        f"old_str occurs {count} times, so it is not clear which one to change. Add lines before or after it "
        f"until only one place fits:\n{listed}{more}",
        ambiguous_at=lines,
    )


def doubtful(file: FileView, doubt: Doubt) -> Miss:
    if doubt.already:
        return Miss(
            f"The change is already there: new_str stands at line {doubt.first}. Nothing was changed.",
            already=True,
        )
    lines = file.lines[doubt.first - 1 : doubt.last]
    text = "\n".join(lines[:MOST_SHOWN_LINES])[:MOST_SHOWN_CHARS]
    where = f"lines {doubt.first}-{doubt.last}" if doubt.last > doubt.first else f"line {doubt.first}"
    return Miss(f"{doubt.reason}. The text there is {where}:", nearest=text, nearest_at=doubt.first)


def already_there(file: FileView, old: str, new: str) -> Miss | None:
    """Whether ``new`` stands in the file, once, as whole lines, and is long enough to be no accident; and
    nothing around it of what ``old`` has and ``new`` has not, as where lines were to be deleted."""
    keys = [squeeze(line.body) for line in block(to_lf(new)).lines]
    olds = [squeeze(one.body) for one in block(to_lf(old)).lines]
    if len("".join(keys)) < FEWEST_CHARS_ALREADY or keys == olds:
        return None
    places = file.whole(keys)
    if len(places) != 1:
        return None
    first, reach = file.solid[places[0]], len(olds) + BLANKS_BETWEEN
    around = file.squeezed[max(first - reach, 0) : first + len(keys) + reach]
    if not set(olds).difference(keys, [""]).isdisjoint(around):
        return None
    return Miss(
        f"The change is already there: new_str stands at line {file.solid[places[0]] + 1} and old_str is "
        "nowhere. Nothing was changed.",
        already=True,
    )


def nowhere(file: FileView, old: str) -> Miss:
    sought = to_lf(old)
    marks = any(is_mark(line) for line in sought.split("\n"))
    hint = " Do not leave lines out with `...`." if marks else ""
    region = nearest_region(file.lines, file.squeezed, sought)
    if region is None and (at := _line_of_part(file, sought.strip())) is not None:
        shown = file.lines[at][:MOST_SHOWN_CHARS]
        return Miss(
            f"old_str does not occur in the file.{hint} A part of it stands in line {at + 1}. Copy old_str "
            "from it exactly:",
            nearest=shown,
            nearest_at=at + 1,
        )
    if region is None:
        return Miss(
            f"old_str does not occur in the file, and nothing in it is similar.{hint} Read the file again."
        )
    lines = f"lines {region.first}-{region.last}" if region.last > region.first else f"line {region.first}"
    cut = "" if region.whole else " The line goes on after what is shown."
    return Miss(
        f"old_str does not occur in the file.{_difference(region)}{hint} The nearest text is {lines}.{cut} "
        "Copy old_str from it exactly:",
        nearest=region.text,
        nearest_at=region.first,
    )


def _line_of_part(file: FileView, sought: str) -> int | None:
    """The line, from 0, that holds the longest beginning or end of a text of one line, which is a small part
    of that line; None where it is short, or in several lines."""
    if "\n" in sought:
        return None
    best: tuple[int, int] | None = None
    least = max(FEWEST_CHARS_OF_PART, (len(sought) + 1) // 2)
    for backwards in (False, True):
        if len(sought) < least or _part(sought, least, backwards) not in file.plain:
            continue
        # What holds a beginning holds every shorter one.
        size = bisect_left(
            range(1, len(sought) + 1), True, key=lambda n: _part(sought, n, backwards) not in file.plain
        )
        part = _part(sought, size, backwards)
        if file.plain.count(part) == 1:
            found = (size, file.line_of(file.plain.find(part)))
            best = found if best is None else max(best, found)
    return None if best is None else best[1]


def _part(text: str, size: int, backwards: bool) -> str:
    return text[len(text) - size :] if backwards else text[:size]


def _difference(region: Region) -> str:
    if region.differing is None:
        return " It differs only in line breaks or text at its beginning or end."
    if region.found is None:
        return " It goes on beyond the file's beginning or end."
    for what, same in _KINDS:
        if same(region.found) == same(region.wanted):
            return f" It differs from line {region.differing} in {what}."
    at = next(
        (index for index, (a, b) in enumerate(zip(region.found, region.wanted, strict=False)) if a != b),
        min(len(region.found), len(region.wanted)),
    )
    return (
        f" Line {region.differing} of the file is {_quote(region.found, at)}; "
        f"old_str has {_quote(region.wanted, at)}."
    )


_KINDS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("white space", lambda line: "".join(line.split())),
    ("punctuation", lambda line: "".join(fold(line).split())),
    ("case", lambda line: " ".join(line.lower().split())),
)


def _after(lines: Sequence[str], line: int) -> str:
    """The nearest line before that is not blank, to tell copies apart by."""
    for index in range(line - 2, -1, -1):
        if lines[index].strip():
            return f"after {_quote(lines[index])}"
    return "at the top of the file"


def _quote(line: str, at: int = 0) -> str:
    """The line between backticks, cut to the part around the character ``at``."""
    if not line.strip():
        return "blank"
    if len(line.strip()) <= LONGEST_QUOTE:
        return f"`{line.strip()}`"
    start = max(0, at - LONGEST_QUOTE // 2)
    end = start + LONGEST_QUOTE
    return f"`{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}`"
