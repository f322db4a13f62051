"""Calls whose text is written otherwise than the file's, or has something around it: typography, escapes,
line numbers, fences. It is clear what was meant, and what each has to come to."""

from __future__ import annotations

import html
import random
import re
import unicodedata
from collections.abc import Callable

from .cases import Call, applied, by_line, kinds
from .edits import Edit
from .spacing import dedented

_CURLY = {'"': "“", "'": "’", "-": "–"}
_WORD = re.compile(r"[A-Za-z_]{3,}")


def curly(edit: Edit, _: random.Random) -> Call | None:
    old, new = (_replaced(text, _CURLY) for text in (edit.old, edit.new))
    return applied(edit, old, new) if old != edit.old else None


def curly_in_old_alone(edit: Edit, _: random.Random) -> Call | None:
    old = _replaced(edit.old, _CURLY)
    return applied(edit, old, edit.new) if old != edit.old else None


def plain_for_curly(edit: Edit, _: random.Random) -> Call | None:
    """The file has typographic quotes, and the call plain ones."""
    if '"' not in edit.old or edit.old.count('"') != edit.new.count('"'):
        return None
    text, expected = (_replaced(whole, {'"': "”"}) for whole in (edit.text, edit.expected))
    return Call(text, edit.old, edit.new, expected)


def _replaced(text: str, table: dict[str, str]) -> str:
    return text.translate({ord(key): value for key, value in table.items()})


def no_break_spaces(edit: Edit, _: random.Random) -> Call | None:
    old, new = (by_line(text, lambda line: line.replace(" ", "\u00a0")) for text in (edit.old, edit.new))
    return applied(edit, old, new) if old != edit.old else None


def invisible(edit: Edit, rng: random.Random) -> Call:
    def strewn(line: str) -> str:
        at = rng.randrange(len(line) + 1)
        return line[:at] + rng.choice("\u200b\ufeff") + line[at:]

    return applied(edit, by_line(edit.old, strewn), edit.new)


def bom(edit: Edit, _: random.Random) -> Call:
    return applied(edit, "\ufeff" + edit.old, edit.new and "\ufeff" + edit.new)


def decomposed(edit: Edit, _: random.Random) -> Call:
    """The file has accents as one character each, the call as two."""
    word = _WORD.search(edit.old)
    name = word[0] if word else ""
    text, old, new, expected = (
        re.sub(rf"\b{name}\b", name + "é", given) for given in (edit.text, edit.old, edit.new, edit.expected)
    )
    return Call(text, *(unicodedata.normalize("NFD", given) for given in (old, new)), expected)


GUTTERS: tuple[Callable[[int], str], ...] = (
    lambda n: f"{n}|",
    lambda n: f"{n}: ",
    lambda n: f"{n}\t",
    lambda n: f"{n:>6}\t",
    lambda n: f"{n:>5}→",
    lambda n: f"L{n}: ",
    lambda n: f"{n} | ",
    lambda n: f"{n:>4} | ",
    lambda n: f"[{n}] ",
    lambda n: f"{n:>3} ",
    lambda n: f"{n}. ",
)


def line_numbers(edit: Edit, rng: random.Random) -> Call:
    gutter = rng.choice(GUTTERS)
    return applied(edit, *(_numbered(text, edit.first + 1, gutter) for text in (edit.old, edit.new)))


def line_numbers_in_old_alone(edit: Edit, rng: random.Random) -> Call:
    return applied(edit, _numbered(edit.old, edit.first + 1, rng.choice(GUTTERS)), edit.new)


def line_numbers_and_dedent(edit: Edit, rng: random.Random) -> Call | None:
    call = dedented(edit, rng)
    if call is None:
        return None
    gutter = rng.choice(GUTTERS[:3])
    return applied(edit, *(_numbered(text, edit.first + 1, gutter) for text in (call.old, call.new)))


def _numbered(text: str, first: int, gutter: Callable[[int], str]) -> str:
    lines = text.split("\n")[:-1]
    return "".join(f"{gutter(number)}{line}\n" for number, line in enumerate(lines, start=first))


def escaped(edit: Edit, _: random.Random) -> Call | None:
    """As JSON has it, once too often."""
    if "\\" in edit.old + edit.new:
        return None
    return applied(edit, *(_escaped(text) for text in (edit.old, edit.new)))


def escaped_breaks(edit: Edit, _: random.Random) -> Call | None:
    """Line breaks and tabs alone."""
    if "\\" in edit.old + edit.new:
        return None
    old, new = (text.replace("\n", "\\n").replace("\t", "\\t") for text in (edit.old, edit.new))
    return applied(edit, old, new)


def escaped_with_escapes(edit: Edit, _: random.Random) -> Call | None:
    """A region that itself has escapes, escaped as a whole."""
    if "\\" not in edit.old:
        return None
    return applied(edit, *(_escaped(text) for text in (edit.old, edit.new)))


def escaped_quotes(edit: Edit, _: random.Random) -> Call | None:
    old, new = (text.replace('"', '\\"') for text in (edit.old, edit.new))
    return applied(edit, old, new) if old != edit.old and "\\" not in edit.old else None


def doubled_backslashes(edit: Edit, _: random.Random) -> Call | None:
    old, new = (text.replace("\\", "\\\\") for text in (edit.old, edit.new))
    return applied(edit, old, new) if old != edit.old else None


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")


def fenced(edit: Edit, rng: random.Random) -> Call:
    opening = rng.choice(("```\n", f"```{edit.source.language}\n"))
    return applied(edit, *(text and f"{opening}{text}```" for text in (edit.old, edit.new)))


def headed(edit: Edit, _: random.Random) -> Call:
    return applied(edit, f"File: src/{edit.source.name}\n{edit.old}", edit.new)


def diff_marks(edit: Edit, _: random.Random) -> Call:
    def marked(text: str, mark: str) -> str:
        return "".join(f"{mark}{line}\n" for line in text.split("\n")[:-1])

    return applied(edit, marked(edit.old, "-"), marked(edit.new, "+"))


def entities(edit: Edit, _: random.Random) -> Call | None:
    old, new = (html.escape(text, quote=False) for text in (edit.old, edit.new))
    return applied(edit, old, new) if old != edit.old else None


DISGUISES = kinds(
    curly,
    curly_in_old_alone,
    plain_for_curly,
    no_break_spaces,
    invisible,
    bom,
    decomposed,
    line_numbers,
    line_numbers_in_old_alone,
    line_numbers_and_dedent,
    escaped,
    escaped_breaks,
    escaped_with_escapes,
    escaped_quotes,
    doubled_backslashes,
    fenced,
    headed,
    diff_marks,
    entities,
)
