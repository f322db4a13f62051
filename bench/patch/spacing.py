"""Calls whose white space differs from the file's: line ends, indentation, blank lines. It is clear what was
meant, and what each has to come to."""

from __future__ import annotations

import random
import re

from .cases import Call, applied, by_line, kinds
from .edits import Edit, unit_of

_WORD = re.compile(r"[A-Za-z_]{3,}")


def exact(edit: Edit, _: random.Random) -> Call:
    return applied(edit, edit.old, edit.new)


def without_last_break(edit: Edit, _: random.Random) -> Call | None:
    return applied(edit, edit.old[:-1], edit.new[:-1]) if edit.new else None


def last_break_lost_in_new(edit: Edit, _: random.Random) -> Call | None:
    return applied(edit, edit.old, edit.new[:-1]) if edit.new else None


def part_of_a_line(edit: Edit, rng: random.Random) -> Call | None:
    line = edit.old.split("\n")[0]
    words = [match for match in _WORD.finditer(line) if edit.text.count(line[match.start() :]) == 1]
    if not words:
        return None
    word = rng.choice(words)
    old = line[word.start() :]
    new = "better_" + old
    at = edit.text.index(old)
    return Call(edit.text, old, new, edit.text[:at] + new + edit.text[at + len(old) :])


def crlf(edit: Edit, _: random.Random) -> Call:
    return Call(_crlf(edit.text), edit.old, edit.new, _crlf(edit.expected))


def crlf_in_the_call(edit: Edit, _: random.Random) -> Call:
    return applied(edit, _crlf(edit.old), _crlf(edit.new))


def crlf_and_trailing_blanks(edit: Edit, rng: random.Random) -> Call:
    call = blanks_lost_at_line_ends(edit, rng)
    return Call(_crlf(call.text), call.old, call.new, _crlf(call.expected))


def _crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def blanks_added_at_line_ends(edit: Edit, rng: random.Random) -> Call:
    def tail(text: str) -> str:
        return by_line(text, lambda line: line + rng.choice((" ", "  ", "\t", "")))

    old = tail(edit.old)
    return applied(edit, old if old != edit.old else edit.old[:-1] + " \n", edit.new)


def blanks_lost_at_line_ends(edit: Edit, rng: random.Random) -> Call:
    """The file has them on every line of the region that stays as it is, and the call has not."""
    olds, news = edit.old.split("\n"), edit.new.split("\n")
    tails = {line: rng.choice(("  ", " ", "\t")) for line in olds if line.strip() and line in news}
    shared = {line: line + tail for line, tail in tails.items() if edit.text.count(line) == 1}
    text, expected = (_with_lines(whole, shared) for whole in (edit.text, edit.expected))
    return Call(text, edit.old, edit.new, expected)


def _with_lines(text: str, put: dict[str, str]) -> str:
    return "\n".join(put.get(line, line) for line in text.split("\n"))


def indented(edit: Edit, rng: random.Random) -> Call:
    by = rng.choice(("    ", "  ", "\t" if "\n\t" in edit.text else "        "))
    return applied(edit, *(by_line(text, lambda line: by + line) for text in (edit.old, edit.new)))


def dedented(edit: Edit, _: random.Random) -> Call | None:
    lines = [line for line in (edit.old + edit.new).split("\n") if line.strip()]
    least = min(len(line) - len(line.lstrip()) for line in lines)
    if not least:
        return None
    return applied(edit, *(by_line(text, lambda line: line[least:]) for text in (edit.old, edit.new)))


def dedented_in_old_alone(edit: Edit, rng: random.Random) -> Call | None:
    call = dedented(edit, rng)
    return None if call is None else applied(edit, call.old, edit.new)


def first_indent_lost(edit: Edit, _: random.Random) -> Call | None:
    old, new = edit.old.lstrip(), edit.new.lstrip()
    same = edit.old[: len(edit.old) - len(old)] == edit.new[: len(edit.new) - len(new)]
    return applied(edit, old, new) if old != edit.old and same else None


def first_indent_lost_in_old_alone(edit: Edit, _: random.Random) -> Call | None:
    old = edit.old.lstrip()
    return applied(edit, old, edit.new) if old != edit.old else None


def tabs_for_spaces(edit: Edit, _: random.Random) -> Call | None:
    unit = unit_of(edit.source)
    old, new = (by_line(text, lambda line: _tabbed(line, unit)) for text in (edit.old, edit.new))
    return applied(edit, old, new) if old != edit.old else None


def mixed_tabs(edit: Edit, rng: random.Random) -> Call | None:
    """Some lines by tabs and some by spaces."""
    old = by_line(edit.old, lambda line: _tabbed(line, unit_of(edit.source)) if rng.random() < 0.5 else line)
    return applied(edit, old, edit.new) if old != edit.old else None


def _tabbed(line: str, unit: int) -> str:
    indent = line[: len(line) - len(line.lstrip(" "))]
    return indent.replace(" " * unit, "\t") + line.lstrip(" ")


def spaces_for_tabs(edit: Edit, rng: random.Random) -> Call | None:
    """In a file that is indented by tabs: ours in Go, and others made so."""
    if "\n\t" in edit.text:
        text, expected = edit.text, edit.expected
        width = rng.choice((2, 4))
        old, new = (by_line(some, lambda line: _spaced(line, width)) for some in (edit.old, edit.new))
    else:
        unit = unit_of(edit.source)
        old, new = edit.old, edit.new
        text, expected = (
            by_line(some, lambda line: _tabbed(line, unit)) for some in (edit.text, edit.expected)
        )
        if by_line(old, lambda line: _tabbed(line, unit)) == old:
            return None
    return Call(text, old, new, expected) if old not in text else None


def _spaced(line: str, width: int) -> str:
    body = line.lstrip("\t")
    return " " * (width * (len(line) - len(body))) + body


def blank_lines_lost(edit: Edit, _: random.Random) -> Call | None:
    """In both texts, but not where something changes."""
    old, new = (re.sub(r"\n\s*\n", "\n", text) for text in (edit.old, edit.new))
    return applied(edit, old, new) if old != edit.old and _apart(edit) else None


def _apart(edit: Edit) -> bool:
    """Whether every blank line of the old text has the same neighbours in the new one."""
    olds, news = edit.old.split("\n"), edit.new.split("\n")
    if sum(not line.strip() for line in news) != sum(not line.strip() for line in olds):
        return False
    around = [olds[i - 1 : i + 2] for i, line in enumerate(olds[:-1]) if not line.strip()]
    return all(any(news[j : j + 3] == three for j in range(len(news))) for three in around)


def blank_lines_lost_in_old_alone(edit: Edit, _: random.Random) -> Call | None:
    old = re.sub(r"\n\s*\n", "\n", edit.old)
    return applied(edit, old, edit.new) if old != edit.old and _apart(edit) else None


def blank_lines_added(edit: Edit, rng: random.Random) -> Call | None:
    olds, news = edit.old.split("\n")[:-1], edit.new.split("\n")[:-1]
    spots = [
        (i, j)
        for i in range(1, len(olds))
        for j in range(1, len(news))
        if olds[i - 1 : i + 1] == news[j - 1 : j + 1] and all(olds[i - 1 : i + 1])
        if edit.old.count("\n".join(olds[i - 1 : i + 1]))
        == edit.new.count("\n".join(olds[i - 1 : i + 1]))
        == 1
    ]
    if not spots:
        return None
    i, j = rng.choice(spots)
    old, new = ([*olds[:i], "", *olds[i:], ""], [*news[:j], "", *news[j:], ""])
    return applied(edit, "\n".join(old), "\n".join(new))


def blank_lines_around(edit: Edit, rng: random.Random) -> Call | None:
    if not edit.new:
        return None
    before, after = rng.choice((("\n", ""), ("", "\n"), ("\n", "\n")))
    return applied(edit, before + edit.old + after, before + edit.new + after)


def already_applied(edit: Edit, _: random.Random) -> Call | None:
    if edit.new in edit.old or len(edit.new.strip()) < 8:
        return None
    return Call(edit.expected, edit.old, edit.new, edit.expected, "already")


SPACING = kinds(
    exact,
    without_last_break,
    last_break_lost_in_new,
    part_of_a_line,
    crlf,
    crlf_in_the_call,
    crlf_and_trailing_blanks,
    blanks_added_at_line_ends,
    blanks_lost_at_line_ends,
    indented,
    dedented,
    dedented_in_old_alone,
    first_indent_lost,
    first_indent_lost_in_old_alone,
    tabs_for_spaces,
    mixed_tabs,
    spaces_for_tabs,
    blank_lines_lost,
    blank_lines_lost_in_old_alone,
    blank_lines_added,
    blank_lines_around,
    already_applied,
)
