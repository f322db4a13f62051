"""A text and its continuation, as one."""

from __future__ import annotations

# A model that is asked to go on often begins with the last words, or the last lines, of what it said.
LONGEST_OVERLAP = 400
SHORTEST_OVERLAP = 8


def join(text: str, more: str) -> str:
    """``more`` put behind ``text``; what both have there stands once.

    A reply does not begin with a blank, so that one is put between two words: a cut in the middle of a word
    is the rarer case.
    """
    for size in range(min(len(text), len(more), LONGEST_OVERLAP), SHORTEST_OVERLAP - 1, -1):
        if text.endswith(more[:size]):
            return text + more[size:]
    apart = bool(text and more) and _is_word(text[-1]) and _is_word(more[0])
    return f"{text} {more}" if apart else text + more


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()
