"""Texts that were escaped once too often: ``\\n`` for a line break, ``\\"`` for a quote, ``\\\\`` for one
backslash.

Which of the three a model escaped is not known beforehand, so each combination is a reading of its own. The
old text decides which of them fit; where these make different things of the new text, only a new text that
is escaped through and through is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .fold import squeeze
from .readings import Reading, Texts
from .view import FileView

_BREAKS = {"n": "\n", "t": "\t", "r": "\r"}
_QUOTES = {'"': '"', "'": "'", "`": "`"}
_BACKSLASH = {"\\": "\\"}
_VARIANTS = (
    {**_BREAKS, **_QUOTES, **_BACKSLASH},
    {**_BREAKS, **_QUOTES},
    {**_BREAKS, **_BACKSLASH},
    _BREAKS,
    {**_QUOTES, **_BACKSLASH},
    _QUOTES,
    _BACKSLASH,
)

_ESCAPE = re.compile(r"\\(.)")
_RAW_QUOTE = re.compile(r"""(?<!\\)(?:\\\\)*["]""")
_CUT_STRING = re.compile(r"""(?<!\\)(?:\\\\)*\\n["'`]""")


def _escapes_in(text: str) -> set[str]:
    return {match[1] for match in _ESCAPE.finditer(text)}


def _unescaped(text: str, meaning: dict[str, str]) -> str:
    return _ESCAPE.sub(lambda match: meaning.get(match[1], match[0]), text)


def _readings(file: FileView, old: str, new: str) -> Iterator[Texts]:
    if "\\" not in old:
        return
    escaped_breaks = bool(_escapes_in(old) & _BREAKS.keys())
    tried: dict[str, set[str | None]] = {}
    for meaning in _VARIANTS:
        breaks = "n" in meaning
        # Real line breaks and escaped ones in one text: the escaped ones belong to the text.
        if breaks and ("\n" in old.strip("\n") or not escaped_breaks):
            continue
        sought = _unescaped(old, meaning)
        if sought == old or not _may_stand(file, sought):
            continue
        tried.setdefault(sought, set()).add(_new(old, new, sought, meaning))
    for sought, puts in tried.items():
        put = puts.pop() if len(puts) == 1 else _through(old, new, sought)
        if put is not None:
            yield sought, put


def _may_stand(file: FileView, sought: str) -> bool:
    """A cheap look whether its longest line is in the file."""
    longest = max(sought.split("\n"), key=len)
    return squeeze(longest) in file.joined


def _new(old: str, new: str, sought: str, meaning: dict[str, str]) -> str | None:
    """The new text in the same reading, None where it may mean something else."""
    if "\\" not in new:
        return new
    if "n" not in meaning and _escapes_in(new) & _BREAKS.keys() and not _escapes_in(old) & _BREAKS.keys():
        return None
    if "n" in meaning and "\n" in new.strip("\n"):
        # It has real line breaks, so it is not escaped as the old text is.
        return None if re.search(r"\\[nt]", new) else new
    if "n" in meaning and _CUT_STRING.search(new) and _RAW_QUOTE.search(new):
        return None
    kept = {line.strip() for line in sought.split("\n") if "\\" in line}
    if any(line in new for line in kept) and not any(line in old for line in kept):
        return None
    return _unescaped(new, meaning)


def _through(old: str, new: str, sought: str) -> str | None:
    """The new text read as escaped through and through, if both texts can be that."""
    escaped = all(
        not _RAW_QUOTE.search(text) and "\n" not in text.strip("\n") and _valid(text) for text in (old, new)
    )
    if not escaped or _unescaped(old, _VARIANTS[0]) != sought:
        return None
    return _unescaped(new, _VARIANTS[0])


def _valid(text: str) -> bool:
    """Whether every backslash begins an escape."""
    return all(match[1] in _VARIANTS[0] for match in _ESCAPE.finditer(text)) and not text.endswith("\\")


ESCAPES = Reading("literal escapes", _readings)
