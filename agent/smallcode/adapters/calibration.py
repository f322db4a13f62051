"""What the counts of a server teach of its model's vocabulary and template, beside our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# The weight of a new observation once there are some; the first ones are averaged evenly, since the very
# first count says more than the prior.
LEARNING_RATE = 0.2

# Model tokens for one of ours: outside of it something else than the vocabulary is at work. A vocabulary of a
# few hundred entries needs three times as many tokens, one of 250,000 four fifths.
SMALLEST_SCALE, LARGEST_SCALE = 0.4, 4.0

# A count that is further off from what was learned is odd: it moves the average, but is not built upon.
MOST_OFF = 0.3

# Tokens of ours whose growth is remembered, a few files; and what the ratio of whole prompts is worth where
# nothing has grown yet. Twice or half as many make no difference (bench/vocabulary/accuracy.py).
MEMORY, WHOLE_PROMPT = 12_000, 1_500


@dataclass(slots=True)
class Calibration:
    """Tokens of the model for one of ours: ``scale`` of whole prompts, ``growth`` of what conversations grow
    by, where the tools no longer count and results may be written in another way than other text (Llama's
    template writes them as JSON). ``seen`` is how many counts ``scale`` comes from, ``weight`` from how many
    tokens of ours ``growth`` does."""

    scale: float = 1.0
    growth: float = 1.0
    seen: int = 0
    weight: float = 0.0

    def learn(self, observed: float) -> bool:
        """Take in the ratio of a whole prompt; whether it fits to what was known before. Bounded."""
        observed = _bounded(observed)
        fits = self.seen == 0 or abs(observed / self.scale - 1) <= MOST_OFF
        self.seen += 1
        self.scale += (observed - self.scale) * max(LEARNING_RATE, 1 / self.seen)
        if not self.weight:
            self.growth = self.scale
        return fits

    def learn_growth(self, ours: int, counted: int) -> None:
        """Take in what was added since the count before: an average in which each token of text weighs the
        same, and the newer more. Bounded."""
        before = self.weight or WHOLE_PROMPT
        ratio = _bounded(counted / ours)
        self.growth += (ratio - self.growth) * ours / (before + ours)
        self.weight = min(before + ours, MEMORY)

    def to_json(self) -> dict[str, float]:
        return {
            "scale": round(self.scale, 4),
            "growth": round(self.growth, 4),
            "seen": self.seen,
            "weight": round(self.weight),
        }

    @classmethod
    def from_json(cls, value: object) -> Calibration:
        """What is out of bounds, or something else, counts as nothing learned."""
        if not isinstance(value, Mapping):
            return cls()
        scale, growth = _number(value.get("scale")), _number(value.get("growth"))
        seen, weight = _number(value.get("seen")), _number(value.get("weight"))
        if not all(SMALLEST_SCALE <= ratio <= LARGEST_SCALE for ratio in (scale, growth)):
            return cls()
        return cls(scale, growth, max(0, int(seen)), min(max(0.0, weight), MEMORY))


def _bounded(ratio: float) -> float:
    return min(max(ratio, SMALLEST_SCALE), LARGEST_SCALE)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e9:
        return 0.0
    return float(value)
