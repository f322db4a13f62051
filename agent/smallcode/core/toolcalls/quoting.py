"""What is quoted and what is meant: the words around a call, and inline code."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict

# Announcements stand right before what they announce.
ANNOUNCEMENT_WITHIN = 240
AFTERTHOUGHT_WITHIN = 120

_PARAGRAPH_END = re.compile(r"\n\r?\n")
_TICKS = re.compile(r"`+")
_MODAL = r"(?:(?:can|could|would|should|may|must|might|will|needs? to|has to|have to) )?"
_EXAMPLE = re.compile(
    r"\b(?:examples?|for instance|e\.g\.|looks? like|such as|like (?:this|so|that)|formats?|formatted|syntax|"
    r"template|schema|typed|wrote|written as|said|says|printed|logged|logs?|quot\w+|usage|documentation|"
    r"instead of|rather than|(?:don't|do not|never|not) (?:call|use|run|write|send)|"
    r"to (?:call|invoke|use) (?:a|an|the|any|this) (?:tool|function)s?|"
    rf"(?:you|the model|models?|assistants?|one|users?|they|it) {_MODAL}"
    r"(?:write|use|emit|send|call|wrap|output|reply|respond|produce|return|generate)s?)\b",
    re.IGNORECASE,
)
_ACTION = re.compile(
    r"\b(?:let me|let's|let us|i'll|i’ll|i will|i am going|i'm going|going to|i need to|i should|i have to|"
    r"i must|calling|trying|try again|here is the (?:tool )?call|invoking|executing|running|reading|writing|"
    r"checking|looking|searching)\b",
    re.IGNORECASE,
)
_AFTERTHOUGHT = re.compile(
    r"^[ \t\"'”’)\]}.,;:]*\r?\n?[ \t]*(?:"
    r"(?:this|that|it|which|the above|these)\s(?:call\s|one\s)?"
    r"(?:would|will|could|is|was|reads?|writes?|runs?|means?|shows?|does|looks? like|calls?)|"
    r"is (?:what|how|the|an|just|only|a)|was|would (?:read|write|run|list|show|do|call|be)|"
    r"but (?:this|that|it)|for example|in this example|as (?:shown|an example)|where (?:the|`))\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?](?:[\"')\]]?\s)|\n\s*\n|\n(?=[-*#\d>])")
_QUOTE_LINE = re.compile(r"[ \t]*(?:>(?!>)|\|(?:[^\n]*\|)?[ \t]*\Z)")
_HEADING = re.compile(r"(?:^|\n)[ \t]*#{1,6}[ \t][^\n]*\Z")
_OPEN_QUOTES = "\"'“‘«"


def is_quoted(text: str, start: int, end: int, *, plain: bool = False, since: int = 0) -> bool:
    """Whether the call at ``text[start:end]`` is shown rather than made, by the words around it. A call
    without markup needs less to be taken for an example. ``since`` is where the prose before it begins."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    if _QUOTE_LINE.match(line) and len(line) <= ANNOUNCEMENT_WITHIN:
        return True
    if start and text[start - 1] in _OPEN_QUOTES and not text[end : end + 1].isspace() and end < len(text):
        return True
    before = text[max(since, start - ANNOUNCEMENT_WITHIN) : start].rstrip()
    if plain and _HEADING.search(before):
        return True
    announcement = _SENTENCE_END.split(f"{before} ".rstrip())[-1] if before else ""
    if _EXAMPLE.search(announcement) and not _ACTION.search(announcement):
        return True
    after = text[end : end + AFTERTHOUGHT_WITHIN]
    return plain and _AFTERTHOUGHT.match(after) is not None


def announces_action(text: str, start: int, since: int = 0) -> bool:
    """Whether the sentence right before ``start`` says that something is being done now."""
    before = text[max(since, start - ANNOUNCEMENT_WITHIN) : start].rstrip()
    last = _SENTENCE_END.split(before)
    return bool(_ACTION.search(" ".join(last[-2:]))) and not _EXAMPLE.search(last[-1])


class CodeSpans:
    """Finds the end of inline code: the next run of as many backticks, in the same paragraph."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._runs: defaultdict[int, list[int]] | None = None

    def end(self, start: int, after: int) -> int:
        """Offset behind the span that the run at ``start`` opens, or behind the run where it opens none."""
        if self._runs is None:
            self._runs = defaultdict(list)
            for run in _TICKS.finditer(self._text):
                self._runs[run.end() - run.start()].append(run.start())
        width = after - start
        positions = self._runs[width]
        index = bisect_left(positions, after)
        if index == len(positions) or _PARAGRAPH_END.search(self._text, after, positions[index]):
            return after
        return positions[index] + width
