"""Tokens of a text, for the caps of the budget."""

from __future__ import annotations

from ..messages import well_formed
from .vocabulary import encoding


def vocabulary_tokens(text: str) -> int:
    """By SmallCode's own vocabulary; implements core.room.Measure."""
    return len(encoding().encode_ordinary(well_formed(text)))
