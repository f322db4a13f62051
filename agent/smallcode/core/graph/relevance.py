"""Which definitions speak of the words of a question: BM25 over names, signatures and docstrings.

In memory, and not in the store's full-text index: the store is written some time after an edit, and the
answer has to be that of the text as it stands, the same bytes each time and without I/O.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence

from .facts import Definition
from .stems import words_of

# Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009): the usual values.
K1 = 1.2
B = 0.75

# How often a word counts by where it stands, as BM25F weighs fields. A name stands in its dotted name and in
# its signature, too.
IN_NAME, IN_QUALIFIED = 5, 2

# Postings are numbers of 32 bits: 24 for the place of the definition, the rest for how often the word counts.
_BITS = 8
_MOST_TIMES = (1 << _BITS) - 1

# Numbers are given again from the start when so many definitions are gone, and more than half.
_FEWEST_GONE = 4096


def weighted_words(definition: Definition) -> dict[str, int]:
    """The words of a definition with how often each counts, 255 at most."""
    counts: dict[str, int] = {}
    for word in words_of(f"{definition.signature}\n{definition.docstring}"):
        counts[word] = counts.get(word, 0) + 1
    for word in words_of(definition.qualified):
        counts[word] = counts.get(word, 0) + IN_QUALIFIED
    for word in words_of(definition.name):
        counts[word] = counts.get(word, 0) + IN_NAME
    if max(counts.values(), default=0) > _MOST_TIMES:
        counts = {word: min(times, _MOST_TIMES) for word, times in counts.items()}
    return counts


class Relevance:
    """Documents are definitions, by their symbol's id. What was forgotten leaves no trace in any score, so
    that an index that has seen edits ranks like a new one."""

    def __init__(self) -> None:
        self._ids = array("Q")
        self._lengths = array("I")
        self._slots: dict[int, int] = {}
        self._postings: dict[str, array[int]] = {}
        self._documents: dict[str, int] = {}
        self._total = 0

    def __len__(self) -> int:
        return len(self._slots)

    def add(self, id: int, definition: Definition) -> None:
        """Raises ValueError for an id that is there already."""
        if id in self._slots:
            raise ValueError(f"the symbol {id} is indexed already")
        words = weighted_words(definition)
        slot = len(self._ids)
        length = max(sum(words.values()), 1)
        self._ids.append(id)
        self._lengths.append(length)
        self._slots[id] = slot
        self._total += length
        for word, times in words.items():
            postings = self._postings.get(word)
            if postings is None:
                postings = self._postings[word] = array("I")
            postings.append(slot << _BITS | times)
            self._documents[word] = self._documents.get(word, 0) + 1

    def discard(self, id: int, definition: Definition) -> None:
        """``definition`` is what it was added with; nothing happens where it is not there."""
        slot = self._slots.pop(id, None)
        if slot is None:
            return
        self._total -= self._lengths[slot]
        self._lengths[slot] = 0
        for word in weighted_words(definition):
            left = self._documents[word] - 1
            if left:
                self._documents[word] = left
            else:
                del self._documents[word], self._postings[word]
        if len(self._ids) - len(self._slots) > max(_FEWEST_GONE, len(self._slots)):
            self._compact()

    def scores(self, words: Sequence[str]) -> dict[int, float]:
        """BM25 of every definition that holds one of these stems, by id, times the share of the stems that it
        holds: of a long question one frequent word is no answer."""
        found: dict[int, float] = {}
        held: dict[int, int] = {}
        alive, lengths, ids = self._slots, self._lengths, self._ids
        average = self._total / max(len(alive), 1) or 1.0
        for word in words:
            postings = self._postings.get(word)
            if postings is None:
                continue
            weight = self._rarity(word) * (K1 + 1)
            for packed in postings:
                slot = packed >> _BITS
                if not lengths[slot]:
                    continue
                times = packed & _MOST_TIMES
                longer = K1 * (1 - B + B * lengths[slot] / average)
                id = ids[slot]
                found[id] = found.get(id, 0.0) + weight * times / (times + longer)
                held[id] = held.get(id, 0) + 1
        return {id: score * held[id] / len(words) for id, score in found.items()}

    def _rarity(self, word: str) -> float:
        """The inverse document frequency."""
        holding = self._documents[word]
        return math.log(1 + (len(self._slots) - holding + 0.5) / (holding + 0.5))

    def _compact(self) -> None:
        kept = [slot for slot in range(len(self._ids)) if self._lengths[slot]]
        number = {slot: new for new, slot in enumerate(kept)}
        self._ids = array("Q", [self._ids[slot] for slot in kept])
        self._lengths = array("I", [self._lengths[slot] for slot in kept])
        self._slots = {id: slot for slot, id in enumerate(self._ids)}
        for word, postings in self._postings.items():
            self._postings[word] = array(
                "I",
                [
                    number[packed >> _BITS] << _BITS | packed & _MOST_TIMES
                    for packed in postings
                    if packed >> _BITS in number
                ],
            )
