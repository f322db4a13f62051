"""Mistakes after which it is not clear what was meant: where anything but a refusal may be damage.

Two of them, ``elided`` and ``drifted``, may be applied where the result is the one that was meant.
"""

from __future__ import annotations

import random
import re

from .cases import Call, applied, by_line, kinds, refused
from .edits import Edit

_NAME = re.compile(r"\b[A-Za-z_]{4,}\b")


def elided(edit: Edit, rng: random.Random) -> Call | None:
    """Lines of the region that stay are left out in both texts, with a mark for them."""
    olds, news = edit.old.split("\n")[:-1], edit.new.split("\n")[:-1]
    same = 0
    while same < min(len(olds), len(news)) and olds[same] == news[same]:
        same += 1
    if same < 3:
        return None
    mark = rng.choice(("...", "    ...", "# ...", "// ... existing code ..."))
    old, new = ([lines[0], mark, *lines[same - 1 :], ""] for lines in (olds, news))
    return applied(edit, "\n".join(old), "\n".join(new))


def drifted(edit: Edit, rng: random.Random) -> Call | None:
    """One line that stays is another one in the file by now."""
    olds, news = edit.old.split("\n")[:-1], edit.new.split("\n")[:-1]
    stays = [
        i for i, line in enumerate(olds) if line.strip() and news.count(line) == 1 and olds.count(line) == 1
    ]
    if len(olds) < 3 or not stays:
        return None
    line = olds[rng.choice(stays)]
    other = _NAME.sub(lambda match: match[0] + "_before", line, count=1)
    if other == line:
        return None
    old, new = ("".join(f"{other if one == line else one}\n" for one in some) for some in (olds, news))
    return applied(edit, old, new)


def hallucinated_middle(edit: Edit, rng: random.Random) -> Call | None:
    olds = edit.old.split("\n")[:-1]
    if len(olds) < 3:
        return None
    at = rng.randrange(1, len(olds) - 1)
    olds[at] = "    result = compute_everything(context, options)"
    return refused(edit.text, "\n".join(olds) + "\n", edit.new)


def two_copies(edit: Edit, _: random.Random) -> Call:
    return refused(edit.text + "\n" + edit.old, edit.old, edit.new)


def two_copies_but_for_white_space(edit: Edit, rng: random.Random) -> Call | None:
    """Neither copy is exactly the old text."""
    tail, indent = rng.choice((" ", "\t")), rng.choice(("    ", "\t"))
    one = by_line(edit.old, lambda line: line + tail)
    other = by_line(edit.old, lambda line: indent + line)
    text = edit.in_place_of(edit.old, one) + "\n" + other
    old = by_line(edit.old, lambda line: rng.choice((" ", "      ")) + line.lstrip())
    return refused(text, old, edit.new) if old not in text else None


def empty_old(edit: Edit, _: random.Random) -> Call:
    return refused(edit.text, "", edit.new)


def blank_old(edit: Edit, rng: random.Random) -> Call:
    return refused(edit.text, rng.choice(("\n", "    ", "\n\n\n\n\n", " \n")), edit.new)


def old_is_new(edit: Edit, _: random.Random) -> Call:
    return refused(edit.text, edit.old, edit.old)


def deleted_with_a_sibling(edit: Edit, _: random.Random) -> Call | None:
    """The region is gone, and one that differs in its names stands there."""
    olds = edit.old.split("\n")[:-1]
    names = _NAME.findall(olds[0])
    if not names:
        return None
    sibling = edit.old.replace(names[0], names[0] + "_other")
    text = edit.in_place_of(edit.old, sibling)
    return refused(text, edit.old, edit.new) if edit.old not in text else None


def prefix_of_a_longer_line(edit: Edit, rng: random.Random) -> Call | None:
    olds = edit.old.split("\n")[:-1]
    if len(olds) < 2:
        return None
    text = edit.in_place_of(
        edit.old, "\n".join(olds) + rng.choice((" + more(1)", "_extended", ", other)")) + "\n"
    )
    return refused(text, "\n".join(olds), edit.new[:-1])


def cut_old(edit: Edit, rng: random.Random) -> Call | None:
    """The old text ends early, within a line, and the new one is whole."""
    low = edit.old.find("\n") + 2 if edit.old.count("\n") > 1 else len(edit.old) // 2
    ends = [
        at
        for at in range(low, len(edit.old) - 1)
        if edit.old[at - 1].isalnum() and edit.old[at].isalnum() and edit.text.count(edit.old[:at]) == 1
    ]
    return refused(edit.text, edit.old[: rng.choice(ends)], edit.new) if ends else None


def cut_old_at_a_line(edit: Edit, _: random.Random) -> Call | None:
    """The old text lacks its last two lines, which the new one has as they are."""
    olds, news = edit.old.split("\n")[:-1], edit.new.split("\n")[:-1]
    if (
        len(olds) < 4
        or olds[-2:] != news[-2:]
        or set(olds[-2:]) & set(olds[:-2])
        or len(re.findall(r"\w", "".join(olds[-2:]))) < 8
    ):
        return None
    old = "".join(line + "\n" for line in olds[:-2])
    return refused(edit.text, old, edit.new) if edit.text.count(old) == 1 else None


def anchors_alone(edit: Edit, _: random.Random) -> Call | None:
    olds = edit.old.split("\n")[:-1]
    if len([line for line in olds if line.strip()]) < 3:
        return None
    old = olds[0] + "\n" + olds[-1] + "\n"
    return refused(edit.text, old, edit.new) if old not in edit.text else None


def other_case(edit: Edit, rng: random.Random) -> Call | None:
    old = rng.choice((str.upper, str.title, str.swapcase))(edit.old)
    return refused(edit.text, old, edit.new) if old != edit.old else None


def other_file(edit: Edit, _: random.Random) -> Call:
    """The region is nowhere, nor is anything like it."""
    lines = edit.text.split("\n")
    text = "\n".join(lines[: edit.first] + lines[edit.last :])
    return refused(text, edit.old, edit.new)


def elided_in_old_alone(edit: Edit, _: random.Random) -> Call | None:
    olds = edit.old.split("\n")[:-1]
    if len(olds) < 3:
        return None
    return refused(edit.text, f"{olds[0]}\n...\n{olds[-1]}\n", edit.new)


def elided_in_new_alone(edit: Edit, rng: random.Random) -> Call | None:
    """A placeholder would take the place of lines."""
    olds, news = edit.old.split("\n")[:-1], edit.new.split("\n")[:-1]
    if len(olds) < 4 or not news:
        return None
    mark = rng.choice(("    # ... existing code ...", "  // ... rest unchanged", "    /* ... */"))
    return refused(edit.text, edit.old, f"{news[0]}\n{mark}\n{news[-1]}\n")


def wrapped(edit: Edit, _: random.Random) -> Call | None:
    """A line is broken in two: a new one may be any of two layouts."""
    olds = edit.old.split("\n")[:-1]
    longest = max(range(len(olds)), key=lambda index: len(olds[index]))
    line = olds[longest]
    at = line.find(" ", len(line) // 2)
    if at < 0 or not line[:at].strip():
        return None
    olds[longest] = f"{line[:at]}\n        {line[at + 1 :]}"
    return refused(edit.text, "\n".join(olds) + "\n", edit.new)


SAFE_OR_REFUSED = kinds(elided, drifted, floor=0)

MUST_REFUSE = kinds(
    hallucinated_middle,
    two_copies,
    two_copies_but_for_white_space,
    empty_old,
    blank_old,
    old_is_new,
    deleted_with_a_sibling,
    prefix_of_a_longer_line,
    cut_old,
    cut_old_at_a_line,
    anchors_alone,
    other_case,
    other_file,
    elided_in_old_alone,
    elided_in_new_alone,
    wrapped,
    floor=1,
)
