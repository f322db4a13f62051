"""Characters that look alike: what models write for them, and where the file has which.

Folded texts are only compared, never written. White space inside a line counts as equal to other white space
only where a tab is part of one of the two: anything wider would make equal what a string literal tells apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from difflib import SequenceMatcher

# From Unicode's general punctuation, what word processors and language models put for ASCII. Guillemets and
# CJK brackets are left out: they are never written for an ASCII character.
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u02bc"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
INVISIBLE = "\u200b\u2060\ufeff\u00ad"

_PLAIN: Mapping[str, str] = {
    **dict.fromkeys(_SINGLE_QUOTES, "'"),
    **dict.fromkeys(_DOUBLE_QUOTES, '"'),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(INVISIBLE, ""),
    "\u2026": "...",
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
}

# What may stand around the text of a line.
BLANKS = " \t\f\v" + _SPACES + INVISIBLE

_FANCY = re.compile(f"[{re.escape(''.join(_PLAIN))}]")
# Marks that compose with what stands before them (Latin, kana, Hangul).
_MARKS = "\u0300-\u036f\u3099\u309a\u1160-\u11ff"
_ODD = re.compile(f"[{re.escape(''.join(_PLAIN))}{_MARKS}]")
_TOKEN = re.compile(rf"\.\.\.|[ \t\f\v{_SPACES}]+|[\s\S][{_MARKS}]*")
_BLANK_RUN = re.compile(r"[ \t\f\v]+")
_SQUEEZED = ("\t", "\f", "\v")

# Above this many tokens only the common beginning and end of two lines are aligned.
_MOST_ALIGNED = 1500


def fold(text: str) -> str:
    """The text with ASCII for what looks like it, without invisible characters, composed (NFC)."""
    if text.isascii():
        return text
    odd = set(_ODD.findall(text))
    if not odd:
        return text
    for char in odd & _PLAIN.keys():
        text = text.replace(char, _PLAIN[char])
    return unicodedata.normalize("NFC", text) if odd - _PLAIN.keys() else text


def squeeze(text: str) -> str:
    """The folded text without white space but line breaks: equal for all texts that any tier may equate."""
    squeezed = fold(text).replace(" ", "")
    for blank in _SQUEEZED:
        if blank in squeezed:
            squeezed = squeezed.replace(blank, "")
    return squeezed


def same_blanks(one: str, other: str) -> bool:
    """Whether two folded lines are equal but for white space that is a tab in one of them."""
    if one == other:
        return True
    if _BLANK_RUN.split(one) != _BLANK_RUN.split(other):
        return False
    pairs = zip(_BLANK_RUN.findall(one), _BLANK_RUN.findall(other), strict=True)
    return all(a == b or "\t" in a or "\t" in b for a, b in pairs)


class Spelling:
    """How the file spells what the old text spells otherwise, learnt from the lines that match.

    A character outside ASCII that occurs nowhere in the file, and stands for the same ASCII character
    wherever the old text has it, is the model's and not meant: it is replaced in what is new as well. In a
    file without any such characters, one of them is proof for all. Where the old text has such characters
    and the file, too, but not there, it cannot be known what new ones are.
    """

    def __init__(
        self, old: Sequence[str], found: Sequence[str], odd: Collection[str], there: Collection[str]
    ):
        """``odd`` are the characters of the old text that look like others, ``there`` those of the file."""
        absent = set(odd) - set(there)
        self._stand_ins: dict[str, str] = {}
        self._blanks = {ord(char): " " for char in absent if _PLAIN[char] == " "}
        seen: dict[str, set[str]] = {}
        self._strips_invisible = self._composes = False
        for before, now in zip(old, found, strict=True):
            if before == now:
                continue
            for a, b in _pairs(before, now) or ():
                self._strips_invisible |= _visible(a) != a and _visible(b) == b
                self._composes |= a != b == unicodedata.normalize("NFC", a)
                seen.setdefault(_visible(a), set()).add(b)
        for token, meant in seen.items():
            plain = next(iter(meant))
            if len(meant) == 1 and not token.isascii() and plain.isascii() and token in absent:
                self._stand_ins[token] = plain
        self._unsure = any(not token.isascii() and plain.isascii() for token in seen for plain in seen[token])
        if self._unsure and not there:
            self._stand_ins = {char: plain for char, plain in _PLAIN.items() if plain}

    def of_new(self, text: str) -> str | None:
        """New text that stands for nothing old: literal, but for what is the model's; None where unsure."""
        if text.isascii():
            return text
        if self._strips_invisible:
            text = _visible(text)
        if self._composes:
            text = unicodedata.normalize("NFC", text)
        text = "".join(self._stand_ins.get(char, char) for char in text.translate(self._blanks))
        return None if self._unsure and _FANCY.search(text) else text

    def carried_over(self, old: str, found: str, new: str) -> str | None:
        """``new`` with the file's spelling wherever it is the same as ``old``, of which ``found`` is the
        file's version. None where the two cannot be told character by character."""
        if old == found:
            return self.of_new(new)
        pairs = _pairs(old, found)
        if pairs is None:
            return None
        theirs = _tokens(new)
        parts: list[str] = []
        for tag, i0, i1, j0, j1 in _opcodes([a for a, _ in pairs], theirs):
            kept = "".join(b for _, b in pairs[i0:i1])
            part = kept if tag == "equal" else self.of_new("".join(theirs[j0:j1]))
            if part is None:
                return None
            parts.append(part)
        return "".join(parts)


def fancy_in(text: str) -> set[str]:
    """The characters of the text that fold to others."""
    return set(_FANCY.findall(text)) if not text.isascii() else set()


def _visible(token: str) -> str:
    return token if token.isascii() else "".join(char for char in token if char not in INVISIBLE)


def _tokens(text: str) -> list[str]:
    """Characters with their marks, runs of white space, ``...``; invisible ones go with what is before."""
    tokens: list[str] = []
    for token in _TOKEN.findall(text):
        if token in INVISIBLE and tokens:
            tokens[-1] += token
        else:
            tokens.append(token)
    return tokens


def _pairs(old: str, found: str) -> list[tuple[str, str]] | None:
    """The tokens of two lines that fold to the same, side by side."""
    a, b = _tokens(old), _tokens(found)
    if a and a[0] in INVISIBLE:
        a = [a[0] + a[1], *a[2:]] if len(a) > 1 else a
    if len(a) != len(b):
        return None
    alike = all(_key(x) == _key(y) for x, y in zip(a, b, strict=True))
    return list(zip(a, b, strict=True)) if alike else None


def _key(token: str) -> str:
    return fold(token).strip(" \t\f\v") or " "


def _opcodes(a: list[str], b: list[str]) -> list[tuple[str, int, int, int, int]]:
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    codes = [("equal", 0, start, 0, start)]
    middle_a, middle_b = a[start : len(a) - end], b[start : len(b) - end]
    if len(middle_a) + len(middle_b) > _MOST_ALIGNED:
        codes.append(("replace", start, len(a) - end, start, len(b) - end))
    else:
        found = SequenceMatcher(None, middle_a, middle_b, autojunk=False).get_opcodes()
        codes += [(tag, i0 + start, i1 + start, j0 + start, j1 + start) for tag, i0, i1, j0, j1 in found]
    return [*codes, ("equal", len(a) - end, len(a), len(b) - end, len(b))]
