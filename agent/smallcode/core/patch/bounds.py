"""Signs that an old text which does occur was cut, or that a new one leaves text out.

Each would damage the file although the place is the right one, and without an error: half a word would stay
behind, lines would stand there twice, a placeholder would replace what it stands for. A repeated call with
whole lines costs little.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .view import Line, block

# A line with fewer letters and digits, such as `end` or `break;`, often follows itself.
FEWEST_WORD_CHARS = 6

_WORD_CHAR = re.compile(r"[A-Za-z0-9_]")
_WORD_CHARS = re.compile(r"\w")
_LAST_PART = re.compile(r"\w+$")
_FIRST_PART = re.compile(r"\w+")
# Lines of these kinds rightly stand before or after one definition as before or after the next.
_REPEATED = re.compile(r"@|#(?!\w)|//|/\*|\*|<!--|--|\"\"\"|'''")
_PLACEHOLDER = re.compile(r"\s*+(?:#|//|/\*|<!--|--|;|%|\{/\*)\s*+(?:\.\.\.|…)")
_PAIRS = {")": "(", "]": "[", "}": "{"}


def doubt_at_ends(plain: str, start: int, end: int, old: str, new: str) -> str | None:
    """Why ``plain[start:end]``, which is ``old``, should not be replaced, or None. It ends a sentence that
    begins with the line's number."""
    line_start = plain.rfind("\n", 0, start) + 1
    line_end = plain.find("\n", end)
    rest = plain[end : len(plain) if line_end < 0 else line_end]
    if old.endswith("\n") or not rest.strip():
        rest = ""
    begins = not plain[line_start:start].strip()
    if "\n" in old.strip("\n") and begins and rest and not _stops_at_a_name(rest, old, new):
        return f"old_str ends inside it, before `{rest.strip()[:60]}`. Copy the line whole"
    if _halved(plain, start, old[::-1], new[::-1]) or _halved(plain, end, old, new):
        return "old_str begins or ends inside a word of it. Copy whole words"
    if rest and _completed(rest, old, new):
        return f"new_str repeats what follows old_str there, `{rest.strip()[:60]}`. Copy the line whole"
    return None


def _stops_at_a_name(rest: str, old: str, new: str) -> bool:
    """Whether both texts end with the same beginning of a line, up to what opens there, as in ``def name``:
    then it is meant to tell the place, and not taken for the whole line."""
    return rest.startswith(("(", "[", "{", "<", ":")) and old.rsplit("\n", 1)[1] == new.rsplit("\n", 1)[-1]


def _halved(plain: str, at: int, old: str, new: str) -> bool:
    """Whether the change touches a boundary at ``at`` that lies inside a word. ``old`` and ``new`` end there
    (are given backwards where they begin there)."""
    if not 0 < at < len(plain) or not _WORD_CHAR.match(plain, at - 1) or not _WORD_CHAR.match(plain, at):
        return False
    if plain[at - 1].isdigit() and plain[at].isalpha():
        return False
    return old[-1:] != new[-1:]


def _completed(rest: str, old: str, new: str) -> bool:
    """Whether the new text already holds what stays behind the old one on its line."""
    shown = rest.strip()
    word, more = _LAST_PART.search(old), _FIRST_PART.match(rest)
    if word and more and re.search(rf"\b{re.escape(word[0] + more[0])}\b", new):
        return True
    if _WORD_CHARS.search(shown):
        return shown in new and shown not in old
    last = shown[0]
    if new.rstrip()[-1:] != last or old.rstrip()[-1:] == last:
        return False
    opening = _PAIRS.get(last)
    if opening is None:
        return last in ";,:"
    balance = (text.count(opening) - text.count(last) for text in (old, new))
    return len(set(balance)) > 1


def repeated_lines(
    above: Sequence[Line],
    below: Sequence[Line],
    old: Sequence[Line],
    new: Sequence[Line],
    *,
    indented_alike: bool,
) -> str | None:
    """Why whole lines should not be replaced: new lines at the end (or beginning) repeat those after (before)
    the place, so that the old text was cut. ``above`` and ``below`` are the nearest lines that are not blank,
    the nearest first. ``indented_alike`` tells that the texts have the file's indentation, so that a line
    with another one is another line."""
    sides = [[_key(line, indented_alike) for line in lines] for lines in (above, below, old, new)]
    if _repeats(sides[1], sides[2], sides[3]):
        return f"new_str repeats `{below[0].body[:60]}`, which follows old_str there: old_str seems cut"
    if _repeats(sides[0], sides[2][::-1], sides[3][::-1]):
        return f"new_str repeats `{above[0].body[:60]}`, which stands before old_str there: old_str seems cut"
    return None


def _key(line: Line, indented_alike: bool) -> str:
    return line.indent + line.body if indented_alike else line.body


def _repeats(near: Sequence[str], old: Sequence[str], new: Sequence[str]) -> bool:
    """For the end; the beginning is given backwards."""
    kept = max((index for index, line in enumerate(new) if line in old), default=-1)
    # The file goes on as the new text does after what it kept, or as it ends.
    onward = _common(new[kept + 1 :], near) if kept >= 0 else 0
    ends = max((n for n in range(1, len(new) + 1) if new[-n:] == near[:n] != old[-n:]), default=0)
    # Where the new text ends so, each line counts; where it only goes on so, not what is often repeated.
    run = [*near[:ends], *(line for line in near[ends:onward] if not _REPEATED.match(line.strip()))]
    return sum(len(_WORD_CHARS.findall(line)) for line in run) >= FEWEST_WORD_CHARS


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def placeholder(old: str, new: str) -> str | None:
    """A comment of the new text alone that stands for text which it leaves out, if there is one."""
    if "..." not in new and "…" not in new:
        return None
    there = {line.body for line in block(old).lines}
    return next(
        (one.body for one in block(new).lines if _PLACEHOLDER.match(one.body) and one.body not in there), None
    )
