"""Lines that stand for code which a model did not write out: "... rest of the file unchanged".

Models that are asked for a whole file, or for a long block, leave out what they think is known. Put into a
file, such a line deletes what it stands for. A comment that merely speaks of a rest, or of something that is
unchanged, is none: every word that it says has to be of the few that placeholders are made of, where three
dots or brackets around it do not tell it anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .line_ends import to_lf

FEATURE = "placeholder check"
"""The name under which it can be switched off."""

MOST_FOUND = 3
LONGEST_LINE = 160
MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Placeholder:
    """``line`` counts from 1."""

    line: int
    text: str


def find_placeholders(path: str, new: str, old: str = "") -> tuple[Placeholder, ...]:
    """The first MOST_FOUND placeholders of ``new``, without lines that stand in ``old`` as well; ``path``
    tells prose and code apart."""
    kept = {line.strip() for line in to_lf(old).split("\n")}
    suffix = path.rpartition("/")[2].rpartition(".")[2].casefold()
    found: list[Placeholder] = []
    for number, line in enumerate(to_lf(new).split("\n"), start=1):
        text = line.strip()
        if text and len(text) <= LONGEST_LINE and text not in kept and _is_placeholder(text, suffix):
            found.append(Placeholder(number, text))
            if len(found) == MOST_FOUND:
                break
    return tuple(found)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PROSE = _set("md markdown mdx rst txt adoc org tex")
_CONFIG = _set("yaml yml toml ini cfg conf env properties gitignore")

# Languages in which three dots on a line of their own mean nothing. In Python they are a body, in YAML the
# end of a document, in C a parameter list.
_NO_LONE_DOTS = _set("js mjs cjs jsx ts tsx java cs go rs kt swift scala css scss less json sql rb")

# What is not there: the rest, the existing, the previous.
_REST = _set(
    "rest remainder remaining existing previous original other earlier same everything unchanged untouched "
    "unmodified unaltered intact omitted truncated elided snip snipped identical"
)
# That it stays as it is.
_STATE = _set("unchanged untouched unmodified unaltered intact omitted truncated elided snip snipped")
_STAYS = _set("remains remain stays stay continues continue kept goes go follows is are")
_WHERE = _set("here above below before brevity")
# What a file of code consists of, and what comments speak of for other reasons as well.
_CODE = _set(
    "code file function functions method methods class classes implementation module script component logic "
    "imports tests program helpers definitions routes handlers"
)
_DATA = _set(
    "fields values entries options settings variables constants types lines line parts cases content "
    "contents body properties attributes styles rules sections setup text document template markup items"
)
_FILLER = _set(
    "the your my our this that these those all any of and is are as in for with it its they was were will "
    "be to keep kept no not change changes changed nothing exactly else from on up more include includes "
    "clarity needed come comes etc so skipped"
)
_KNOWN = _REST | _STAYS | _WHERE | _CODE | _DATA | _FILLER

# More than a few dots in a row are an ornament.
_DOTS = r"(?:\.{3,4}|…)"
_LEADING_DOTS = re.compile(rf"^{_DOTS}\s*")
_TRAILING_DOTS = re.compile(rf"\s*{_DOTS}$")
# Words and nothing that code is made of.
_WORDS = re.compile(r"[A-Za-z0-9_'’/-]+(?:,?\s+[A-Za-z0-9_'’/-]+)*")
_BRACKETS = {"(": ")", "[": "]", "<": ">", "{": "}"}

_OPENINGS = (("{/*", "*/}"), ("/*", "*/"), ("<!--", "-->"), ("(*", "*)"), ("--[[", "]]"))
_LINE_MARK = re.compile(r"(?:#+!?|//+!?|--+(?!>)|;+|%+|\*+(?!/)|'(?=\s)|REM\b)\s*")
# A comment behind code that is as empty as the comment: `pass  # existing code`, `{ /* ... */ }`.
_BEHIND = re.compile(
    r"^(?P<code>(?:async\s+def|def|class)\b.*:|.*(?:\bpass|\{|\(|\.\.\.))\s*(?P<comment>(?:#|//|/\*)[^#]*?)\s*\}?;?$"
)


def _is_placeholder(text: str, suffix: str) -> bool:
    if suffix in _PROSE:
        return _in_prose(text)
    if re.fullmatch(_DOTS, text):
        return suffix in _NO_LONE_DOTS
    for comment in _comments(text):
        if re.fullmatch(_DOTS, comment):
            return suffix not in _CONFIG
        if _stands_for_code(comment, comment=True):
            return True
    return _stands_for_code(text, comment=False)


def _in_prose(text: str) -> bool:
    """Documentation shows placeholders, and a mark of code is a mark of its own there: what counts is a
    remark in HTML, or a line that says between brackets or dots that something stays."""
    if text.startswith("<!--"):
        return _stands_for_code(text.removeprefix("<!--").removesuffix("-->").strip(), comment=True)
    words, marks = _taken_apart(text)
    return marks > 0 and bool(set(words) & _STATE) and _stands_for_code(text, comment=False)


def _comments(text: str) -> Iterator[str]:
    """What a line says in a comment: one that is all of the line, or stands behind empty code."""
    behind = _BEHIND.match(text)
    for whole in (text, *([behind["comment"]] if behind else [])):
        for opening, closing in _OPENINGS:
            if whole.startswith(opening):
                yield whole.removeprefix(opening).removesuffix(closing).strip(" *")
                break
        else:
            mark = _LINE_MARK.match(whole)
            if mark:
                yield whole[mark.end() :].strip()


def _taken_apart(text: str) -> tuple[list[str], int]:
    """The words in lower case and what stands around them: 2 for dots before them, 1 for dots behind them or
    brackets, else 0; no words where the text holds anything else."""
    text = text.rstrip(".,:;") if not _TRAILING_DOTS.search(text) else text
    marks = 0
    if text and _BRACKETS.get(text[0]) == text[-1]:
        inner = text[1:-1].strip()
        # `{...rest}` hands on an object, `[rest]` is a list: what stands for code says more.
        if len(inner.split()) == 1:
            return ([inner.casefold()], 0) if inner.casefold() in _STATE else ([], 0)
        text, marks = inner, 1
    leading = _LEADING_DOTS.match(text)
    if leading:
        text, marks = text[leading.end() :], 2
        # `...rest` hands on the rest of a list; after a space it is words.
        if len(text.split()) == 1 and not leading.group().endswith(" "):
            return [], 0
    if _TRAILING_DOTS.search(text):
        text, marks = _TRAILING_DOTS.sub("", text), max(marks, 1)
    text = text.strip(" :;.,()[]")
    if not _WORDS.fullmatch(text):
        return [], 0
    return text.casefold().replace(",", " ").split(), marks


def _stands_for_code(text: str, *, comment: bool) -> bool:
    words, marks = _taken_apart(text)
    if not words or len(words) > MOST_WORDS or (marks == 0 and not comment):
        return False
    said = set(words)
    unknown = sum(word not in _KNOWN and not word.isdecimal() for word in words)
    about_rest = bool(said & _REST) or _says_no_change(said) or (_counted(words) and bool(said & _STATE))
    if marks == 2:
        return (about_rest and unknown <= 2) or (unknown == 0 and bool(said & (_CODE | _DATA)))
    if marks == 1:
        return about_rest and unknown == 0 and bool(said & (_CODE | _DATA | _STATE))
    return _clear(words, said, unknown)


def _clear(words: list[str], said: set[str], unknown: int) -> bool:
    """A comment without dots or brackets says by its words alone that code is missing."""
    rest_of_code = {"rest", "of"} <= said and bool(said & _CODE)
    if unknown > (1 if rest_of_code and said & _STATE else 0):
        return False
    if rest_of_code or (said & _DATA and not _counted(words)):
        return rest_of_code
    if said & _STATE or _says_no_change(said):
        # "original is unchanged" speaks of a value, "original code is unchanged" of what is left out.
        return bool(said & (_CODE | {"everything", "rest"})) or not said & (_REST - _STATE)
    if not said & (_CODE | {"everything"}):
        return False
    stays = bool(said & (_STAYS | _WHERE)) and bool(said & _REST)
    return stays or (len(words) == 2 and words[0] in _REST and words[1] == "code")


def _says_no_change(said: set[str]) -> bool:
    return bool(said & {"no", "not", "nothing"}) and bool(said & {"change", "changes", "changed"})


def _counted(words: list[str]) -> bool:
    """ "20 lines", "3 more lines"."""
    return bool({"line", "lines"} & set(words)) and any(word.isdecimal() for word in words)
