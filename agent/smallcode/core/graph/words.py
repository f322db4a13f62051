"""Names as the words they are made of."""

from __future__ import annotations

import re

# A run of capitals before a capitalised word, a word, a run of capitals, digits; letters of scripts without
# capitals are one word.
_PARTS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_a-zA-Z]+")


def split_words(name: str) -> list[str]:
    """In small letters: ``parseHTTPBody_v2`` is parse, http, body, v, 2."""
    return [part.lower() for part in _PARTS.findall(name)]
