"""Counting tokens without a tokenizer: by size, corrected by what the server counts."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..core.tokens import prior_tokens, truncated
from ..messages import Message
from ..ports import ToolSchema

# The weight of a new observation once there are some; the first ones are averaged evenly, since the very
# first count says more than the prior.
LEARNING_RATE = 0.2

# Bytes per token between 0.8 and 8: outside of it something else than the vocabulary is at work.
SMALLEST_SCALE, LARGEST_SCALE = 0.4, 4.0


class RatioCounter:
    """Implements ports.TokenCounter. One for each model: vocabularies differ."""

    def __init__(self) -> None:
        self._scale = 1.0
        self._learned = 0

    def estimate(self, messages: Sequence[Message], tools: Sequence[ToolSchema]) -> int:
        """Prompt tokens, rounded up."""
        return math.ceil(prior_tokens(messages, tools) * self._scale)

    def learn(self, estimated: int, counted: int) -> None:
        """Bounded exponential average. A count that shows a truncated prompt, and none at all, teach
        nothing."""
        if estimated <= 0 or counted <= 0 or truncated(estimated, counted):
            return
        observed = min(max(self._scale * counted / estimated, SMALLEST_SCALE), LARGEST_SCALE)
        self._learned += 1
        self._scale += (observed - self._scale) * max(LEARNING_RATE, 1 / self._learned)
