"""Whether a result tells anything new, whatever in it differs from one time to the next."""

from __future__ import annotations

import re

# What changes from run to run and says nothing: durations, times of day, addresses, process ids, folders of
# temporary files.
_VOLATILE = re.compile(
    r"\b\d+(?:[.,]\d+)?\s?(?:ms|µs|us|ns|s|secs?|seconds?|mins?|minutes?)\b"
    r"|\b\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\b|\b\d{4}-\d{2}-\d{2}\b"
    r"|\b0x[0-9a-f]{4,}\b|\bpid[ =:]+\d+\b|/tmp/[\w./-]+",
    re.IGNORECASE,
)

# Of a long result, the share of lines that may be new by chance: a header, a number that counts up.
TOLERATED_SHARE = 0.1
SHORT_LINES = 4
"""In a result of fewer lines every new line is news."""


def lines_of(text: str) -> frozenset[int]:
    """Marks of the lines that say anything, without what is volatile in them."""
    bare = (_VOLATILE.sub("~", line).strip() for line in text.splitlines())
    return frozenset(hash(line) for line in bare if line)


def is_new(lines: frozenset[int], known: frozenset[int] | set[int]) -> bool:
    """Whether more of the lines are unknown than a result that tells nothing new would have."""
    tolerated = max(1, int(len(lines) * TOLERATED_SHARE)) if len(lines) >= SHORT_LINES else 0
    return len(lines - known) > tolerated
