"""The words that a file's facts name without defining them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .facts import FileFacts
from .signatures import words_behind

_WORD = re.compile(r"[\w$]+")


def mentioned(facts: FileFacts) -> set[str]:
    """Every part of every name that a call, import, base or assignment holds, or a declared result."""
    words = {call.name for call in facts.calls}
    for text in set(_texts(facts)):
        words.update(_WORD.findall(text))
    words.discard("")
    return words


def _texts(facts: FileFacts) -> Iterator[str]:
    for call in facts.calls:
        yield call.receiver
    for one in facts.definitions:
        if one.kind in ("function", "method"):
            yield from words_behind(one.signature)
    for imported in facts.imports:
        yield imported.module
        yield imported.name
        yield imported.alias
    for base in facts.bases:
        yield base.name
    for assignment in facts.assignments:
        yield assignment.target
        yield assignment.value
