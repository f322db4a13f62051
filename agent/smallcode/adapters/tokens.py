"""Counting tokens without the model's tokenizer: by a vocabulary of our own, and what the server counts."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence

from ..core.tokens import TOKENS_FOR_TOOLS, TOKENS_PER_CALL, TOKENS_PER_MESSAGE, truncated
from ..messages import Message, well_formed
from ..ports import ToolSchema
from .vocabulary import encoding

# The weight of a new observation once there are some; the first ones are averaged evenly, since the very
# first count says more than the prior.
LEARNING_RATE = 0.2

# Model tokens for one of ours: outside of it something else than the vocabulary is at work. A vocabulary of a
# few hundred entries needs three times as many tokens, one of 250,000 four fifths.
SMALLEST_SCALE, LARGEST_SCALE = 0.4, 4.0

# A count that is further off from what was learned is odd: it moves the average, but is not built upon.
MOST_OFF = 0.3

# Texts whose count is kept: every message of a long conversation, and the tools.
MOST_KEPT = 2000

# Estimates whose count may still come.
MOST_PENDING = 16


class VocabularyCounter:
    """Implements ports.TokenCounter. One for each model and server: vocabularies and templates differ.

    A prompt that grew since the server counted it is that count and an estimate of what is new, so that an
    error of the prior does not grow with the prompt.
    """

    def __init__(self) -> None:
        self._scale = 1.0
        self._learned = 0
        self._sizes: dict[str, int] = {}
        self._priors: dict[int, int] = {}
        self._known: tuple[int, int] | None = None

    def estimate(self, messages: Sequence[Message], tools: Sequence[ToolSchema]) -> int:
        """Prompt tokens, rounded up."""
        prior = self._prior(messages, tools)
        estimated = self._from_prior(prior)
        self._priors[estimated] = prior
        if len(self._priors) > MOST_PENDING:
            del self._priors[next(iter(self._priors))]
        return estimated

    def learn(self, estimated: int, counted: int) -> None:
        """Bounded exponential average. A count that shows a truncated prompt, and none at all, teach
        nothing; neither does one for what was not estimated here."""
        prior = self._priors.get(estimated)
        if not prior or counted <= 0 or truncated(estimated, counted):
            return
        observed = min(max(counted / prior, SMALLEST_SCALE), LARGEST_SCALE)
        odd = self._learned > 0 and abs(observed / self._scale - 1) > MOST_OFF
        self._known = None if odd else (prior, counted)
        self._learned += 1
        self._scale += (observed - self._scale) * max(LEARNING_RATE, 1 / self._learned)

    def _from_prior(self, prior: int) -> int:
        if self._known is None:
            return math.ceil(prior * self._scale)
        known, counted = self._known
        grown = counted + (prior - known) * self._scale
        return math.ceil(min(max(grown, prior * SMALLEST_SCALE), prior * LARGEST_SCALE))

    def _prior(self, messages: Sequence[Message], tools: Sequence[ToolSchema]) -> int:
        """Everything that is sent. The model's reasoning is not."""
        size = 0
        for message in messages:
            size += self._size(message.content) + TOKENS_PER_MESSAGE
            for call in message.tool_calls:
                arguments = json.dumps(dict(call.arguments), ensure_ascii=False)
                size += self._size(call.name) + self._size(arguments) + TOKENS_PER_CALL
        if tools:
            size += TOKENS_FOR_TOOLS + sum(self._size(json.dumps(tool, ensure_ascii=False)) for tool in tools)
        return size

    def _size(self, text: str) -> int:
        known = self._sizes.get(text)
        if known is None:
            known = len(encoding().encode_ordinary(well_formed(text)))
            if len(self._sizes) >= MOST_KEPT:
                del self._sizes[next(iter(self._sizes))]
            self._sizes[text] = known
        return known
