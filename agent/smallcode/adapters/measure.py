"""Tokens of a text, for the caps of the budget."""

from __future__ import annotations

from ..messages import well_formed


def vocabulary_tokens(text: str) -> int:
    """By SmallCode's own vocabulary; implements core.room.Measure."""
    from .vocabulary import encoding  # noqa: PLC0415 - its libraries take as long as HTTP's

    return len(encoding().encode_ordinary(well_formed(text)))
