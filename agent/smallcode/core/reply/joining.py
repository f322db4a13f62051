"""A text and its continuation, as one."""

from __future__ import annotations

# A model that is asked to go on often begins with the last words, or the last lines, of what it said.
LONGEST_OVERLAP = 400
SHORTEST_OVERLAP = 8


def join(text: str, more: str) -> str:
    """``more`` put behind ``text``; what both have there stands once."""
    for size in range(min(len(text), len(more), LONGEST_OVERLAP), SHORTEST_OVERLAP - 1, -1):
        if text.endswith(more[:size]):
            return text + more[size:]
    return text + more
