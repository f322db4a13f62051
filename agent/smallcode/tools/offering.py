"""Which tools a request offers: each costs tokens of every prompt."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.trust import Trust
from .base import Tool

SMALL_WINDOW = 8192
"""Tokens; below this the tools and the system prompt together take 900 at most, else 1,200."""


def trusted(tools: Sequence[Tool], trust: Trust) -> tuple[Tool, ...]:
    """Those that were not taken off the list for having lost their trust; core tools never are."""
    return tuple(one for one in tools if one.core or one.name not in trust.unlisted)


def fitting(tools: Sequence[Tool], window: int) -> tuple[Tool, ...]:
    """Those that are offered where the model's window has so many tokens, in their order; chosen once for a
    session, so that the server's cache of the prompt holds."""
    return tuple(one for one in tools if one.small or window >= SMALL_WINDOW)
