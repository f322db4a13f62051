"""Counting tokens without the model's tokenizer: by a vocabulary of our own, and what the server counts."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence

from ..core.tokens import TOKENS_FOR_TOOLS, TOKENS_PER_CALL, TOKENS_PER_MESSAGE, margin, truncated
from ..messages import Message, well_formed
from ..ports import ToolSchema
from .calibration import LARGEST_SCALE, SMALLEST_SCALE, Calibration
from .vocabulary import encoding

# Tokens of ours by which a prompt has to grow before its growth says something of text: a short message is
# mostly template.
SMALLEST_GROWTH = 200

# Texts whose count is kept: every message of a long conversation, and the tools.
MOST_KEPT = 2000

# Estimates whose count may still come.
MOST_PENDING = 16


class VocabularyCounter:
    """Implements ports.TokenCounter. One for each conversation. ``calibration`` gives what is known of the
    model that it is held with: all conversations with one model learn together.

    A prompt that grew since the server counted it is that count and an estimate of what is new, so that an
    error of the prior does not grow with the prompt.
    """

    def __init__(self, calibration: Callable[[], Calibration] | None = None) -> None:
        own = Calibration()
        self._calibration = calibration or (lambda: own)
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

    def margin(self, estimated: int) -> int:
        """Tokens by which the real count may be above an estimate that was given here; little where most of
        the prompt has been counted before."""
        prior = self._priors.get(estimated)
        if prior is None or self._known is None:
            return margin(estimated)
        return margin(math.ceil(abs(prior - self._known[0]) * self._calibration().growth))

    def added(self, tokens: int) -> int:
        """Rounded up."""
        return math.ceil(tokens * self._calibration().growth)

    def learn(self, estimated: int, counted: int) -> None:
        """Bounded exponential average. A count that shows a truncated prompt, and none at all, teach
        nothing; neither does one for what was not estimated here."""
        prior = self._priors.get(estimated)
        if not prior or counted <= 0 or truncated(estimated, counted):
            return
        calibration = self._calibration()
        fits = calibration.learn(counted / prior)
        if fits and self._known is not None and prior - self._known[0] >= SMALLEST_GROWTH:
            calibration.learn_growth(prior - self._known[0], counted - self._known[1])
        self._known = (prior, counted) if fits else None

    def _from_prior(self, prior: int) -> int:
        calibration = self._calibration()
        if self._known is None:
            return math.ceil(prior * calibration.scale)
        known, counted = self._known
        grown = counted + (prior - known) * calibration.growth
        return math.ceil(min(max(grown, prior * SMALLEST_SCALE), prior * LARGEST_SCALE))

    def _prior(self, messages: Sequence[Message], tools: Sequence[ToolSchema]) -> int:
        """Everything that is sent. The model's reasoning is not."""
        size = 0
        for message in messages:
            size += self._size(message.content) + TOKENS_PER_MESSAGE
            size += sum(image.tokens for image in message.images)
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
