"""The dialects that are understood: one file for each family, one entry here."""

from __future__ import annotations

from .hermes import HERMES
from .openai_json import OPENAI_JSON
from .values import MarkedDialect, UnmarkedDialect

# Calls that begin with a token of their own; two openers may not match at the same place.
MARKED: tuple[MarkedDialect, ...] = (HERMES,)

# Calls that look like other text; the first that reads a body wins.
UNMARKED: tuple[UnmarkedDialect, ...] = (OPENAI_JSON,)
