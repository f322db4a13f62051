r"""Whole texts that a model escaped once too often: one line, with ``\n`` where each line should end.

Only a text that is escaped through and through is read so: a text of one line may well hold ``\n`` in the
strings of its code.
"""

from __future__ import annotations

import re

FEATURE = "escapes in whole texts"
"""The name under which it can be switched off."""

FEWEST_BREAKS = 2

_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_MEANING = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\", "/": "/"}


def through(text: str) -> str | None:
    """The text with its escapes read, where all of it can be escaped: no line end, FEWEST_BREAKS escaped
    ones, no quote by itself, and no backslash that begins something else. Else None."""
    if "\n" in text or "\r" in text:
        return None
    escapes = [match[1] for match in _ESCAPE.finditer(text)]
    if escapes.count("n") < FEWEST_BREAKS or any(not _known(escape) for escape in escapes):
        return None
    plain = _ESCAPE.sub("", text)
    if '"' in plain or "\\" in plain:
        return None
    read = _ESCAPE.sub(lambda match: _meaning(match[1]), text)
    # Halves of a character that stand for nothing are no text.
    return None if any("\ud800" <= char <= "\udfff" for char in read) else read


def unescaped(text: str) -> str | None:
    r"""The text with its escapes read, where that is beyond doubt by the text alone: it can be escaped as a
    whole, and ends as a file does, with ``\n``. Else None."""
    read = through(text)
    return read if read is not None and read.endswith("\n") else None


def _known(escape: str) -> bool:
    return escape in _MEANING or len(escape) > 1


def _meaning(escape: str) -> str:
    return _MEANING[escape] if escape in _MEANING else chr(int(escape[1:], 16))
