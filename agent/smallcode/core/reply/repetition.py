"""Notices that a reply goes round in circles, while it streams.

Three views of the text, each in time linear in its length: sentences and lines, words (for what never ends a
sentence), and single words without an end (for scripts without spaces). Each counts for how many units in a
row a unit equals the one ``period`` units before.

What may repeat without harm needs far longer runs: code in fences, tables, lists, rulers and columns of
numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# A phrase is cut when it comes the third time in a row. It has at least this weight (characters, those of
# scripts without spaces counted threefold) and this many words or such characters: "No. No. No." is none.
COPIES = 3
LEAST_WEIGHT = 15
LEAST_WORDS = 3
WIDE_WEIGHT = 3

# Copies, and characters in all, of what is no sentence: a line of a log outside of a fence, words without
# end.
LOOSE_COPIES, LOOSE_CHARS = 8, 240
# Of what may well repeat: code, tables, list items, numbers. Generated data has such runs, and an endless
# reply gets past them soon.
FIRM_COPIES, FIRM_CHARS = 40, 3000

LONGEST_PERIOD_SENTENCES = 12
LONGEST_PERIOD_WORDS = 24
LONGEST_PERIOD_CHARS = 32
# From here on a word without an end is looked at, at each doubling of its length. Characters.
ENDLESS_WORD = 256

# What a line is, its first characters show.
LINE_HEAD = 40

_TOKEN = re.compile(r"\n|[^\S\n]+|[。！？]|[^\s。！？]+")
# A sentence's end is known by the white space after it, so that "3.14" and "a.py" are none.
_ENDS_SENTENCE = re.compile(r"[.!?…。！？][\"')*_]*$")
_MAY_REPEAT = re.compile(r"^\s*(?:\||[-*+•]\s|\d{1,3}[.)]\s|[{}()\[\];,]+\s*$)")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_WORDS = re.compile(r"\w+")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]")


@dataclass(slots=True)
class _Units:
    """Units with the offsets of their ends, and for each period the length of the run that has it."""

    longest: int
    texts: list[str] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    firm: list[bool] = field(default_factory=list)
    runs: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.runs = [0] * (self.longest + 1)

    def add(self, text: str, end: int, *, firm: bool) -> int | None:
        """The offset behind the first copy, where the unit completes too many."""
        self.texts.append(text)
        self.ends.append(end)
        self.firm.append(firm)
        here = len(self.texts) - 1
        for period in range(1, min(self.longest, here) + 1):
            if self.texts[here - period] != text:
                self.runs[period] = 0
                continue
            self.runs[period] += 1
            if self._too_many(period):
                return self.ends[here - self.runs[period]]
        return None

    def _too_many(self, period: int) -> bool:
        run = self.runs[period]
        if run < (COPIES - 1) * period or run % period:
            return False
        block = self.texts[-period:]
        copies = run // period + 1
        size = copies * sum(map(len, block))
        if any(self.firm[-period:]) or not any(char.isalpha() for text in block for char in text):
            return copies >= FIRM_COPIES and size >= FIRM_CHARS
        if _is_phrase(block):
            return True
        return copies >= LOOSE_COPIES and size >= LOOSE_CHARS


def _is_phrase(block: list[str]) -> bool:
    text = " ".join(block)
    wide = len(_WIDE.findall(text))
    weight = len(text) + (WIDE_WEIGHT - 1) * wide
    words = len(_WORDS.findall(text)) + wide
    return weight >= LEAST_WEIGHT and words >= LEAST_WORDS and any(map(_ENDS_SENTENCE.search, block))


class Repetition:
    """Fed piece by piece. ``keep`` is None, or how much of the text to keep: the first copy of what repeats
    and all before it."""

    def __init__(self) -> None:
        self.keep: int | None = None
        self._sentences = _Units(LONGEST_PERIOD_SENTENCES)
        self._words = _Units(LONGEST_PERIOD_WORDS)
        self._sentence: list[str] = []
        self._word: list[str] = []
        self._word_size = 0
        self._look_at = ENDLESS_WORD
        self._line_head = ""
        self._offset = 0
        self._in_fence = False

    def feed(self, piece: str) -> bool:
        """Whether it goes round in circles now."""
        for found in _TOKEN.finditer(piece):
            if self.keep is not None:
                break
            self._take(found[0])
        return self.keep is not None

    def _take(self, token: str) -> None:
        if token.isspace():
            self._end_word()
            if token == "\n" or (self._sentence and _ENDS_SENTENCE.search("".join(self._sentence[-2:]))):
                self._end_sentence()
            elif self._sentence:
                self._sentence.append(" ")
            self._offset += len(token)
        else:
            self._offset += len(token)
            self._word.append(token)
            self._sentence.append(token)
            self._word_size += len(token)
            if token in "。！？":
                self._end_word()
                self._end_sentence()
            elif self._word_size >= self._look_at:
                self._look_into_word()
        if token == "\n":
            self._end_line()
        elif len(self._line_head) < LINE_HEAD:
            self._line_head += token[:LINE_HEAD]

    def _firm(self) -> bool:
        return self._in_fence or _MAY_REPEAT.match(self._line_head) is not None

    def _end_word(self) -> None:
        word = "".join(self._word)
        self._word, self._word_size, self._look_at = [], 0, ENDLESS_WORD
        if word and self.keep is None:
            self.keep = self._words.add(word, self._offset, firm=self._firm())

    def _end_sentence(self) -> None:
        sentence = "".join(self._sentence).strip()
        self._sentence = []
        if sentence and self.keep is None:
            self.keep = self._sentences.add(sentence, self._offset, firm=self._firm())

    def _end_line(self) -> None:
        if _FENCE.match(self._line_head):
            self._in_fence = not self._in_fence
        self._line_head = ""

    def _look_into_word(self) -> None:
        """At each doubling, so that the time stays linear."""
        word = "".join(self._word)
        size = len(word)
        self._look_at = 2 * size
        tail = word[size // 2 :]
        for period in range(1, LONGEST_PERIOD_CHARS + 1):
            if tail[period:] == tail[:-period]:
                # Rulers and padding are one character; such a run is no phrase.
                loose = period > 1 and not self._firm() and any(char.isalpha() for char in tail[:period])
                if len(tail) >= (LOOSE_CHARS if loose else FIRM_CHARS):
                    start = size - len(tail)
                    while start > 0 and word[start - 1] == word[start - 1 + period]:
                        start -= 1
                    self.keep = self._offset - size + start + period
                return
