"""One walk from left to right that tells apart prose, thoughts, fences and marked calls.

Whatever comes first wins: a tag inside a think block, an inline code span or a fence is quoted, and a fence
inside the JSON of a call belongs to the call. Each character is passed once, so the walk is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from .dialects import MARKED
from .offered import Offered
from .values import Reading

# A reply with more unreadable calls than this is noise; the rest of it is taken as text.
MAX_PROBLEMS = 8

_THINK_NAMES = r"think|thinking|thought|reasoning|seed:think|mm:think"
_LANDMARK = re.compile(
    "|".join(
        [
            rf"(?P<think><(?P<think_name>{_THINK_NAMES})>|\[(?P<bracket_name>THINK)\])",
            rf"(?P<unthink></(?:{_THINK_NAMES})>|\[/THINK\])",
            r"(?P<fence>^[ \t]*(?P<marks>`{3,}|~{3,})(?P<info>[^`\n]*)$)",
            r"(?P<code>`+)",
            *(f"(?P<call{index}>{dialect.opener})" for index, dialect in enumerate(MARKED)),
        ]
    ),
    re.IGNORECASE | re.MULTILINE,
)
_FENCE_END = re.compile(r"^[ \t]*(`{3,}|~{3,})[ \t]*\r?$", re.MULTILINE)
_PARAGRAPH_END = re.compile(r"\n\r?\n")
_TICKS = re.compile(r"`+")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the reply. ``raw`` is as it was written; ``body`` is a fence's or a thought's inside;
    ``info`` is the first word after a fence's marks, in small letters."""

    kind: Literal["prose", "thought", "fence", "call"]
    raw: str
    body: str = ""
    info: str = ""
    reading: Reading | None = None


def segments(text: str, offered: Offered) -> list[Segment]:
    """The reply in order; the ``raw`` parts joined are the reply."""
    found: list[Segment] = []
    spans = _CodeSpans(text)
    thought_end = thought_tag = 0
    done = position = problems = 0
    while problems < MAX_PROBLEMS and (mark := _LANDMARK.search(text, position)):
        if mark["code"]:
            position = spans.end(mark.start(), mark.end())
            continue
        if mark["unthink"]:
            # The reply began inside a think block: all before this was thought.
            found.clear()
            thought_tag, thought_end = mark.span()
            done = position = thought_end
            continue
        segment = _segment(text, mark, offered)
        if segment is None:
            position = mark.end()
            continue
        if mark.start() > done:
            found.append(Segment("prose", text[done : mark.start()]))
        found.append(segment)
        done = position = mark.start() + len(segment.raw)
        problems += len(segment.reading.problems) if segment.reading else 0
    if done < len(text):
        found.append(Segment("prose", text[done:]))
    if thought_end:
        found.insert(0, Segment("thought", text[:thought_end], body=text[:thought_tag].strip()))
    return found


def _segment(text: str, mark: re.Match[str], offered: Offered) -> Segment | None:
    if mark["think"]:
        return _think(text, mark)
    if mark["fence"]:
        return _fence(text, mark)
    dialect = next(d for index, d in enumerate(MARKED) if mark[f"call{index}"])
    reading = dialect.read(text, mark.end(), offered)
    if reading is None:
        return None
    return Segment("call", text[mark.start() : reading.end], reading=reading)


def _think(text: str, mark: re.Match[str]) -> Segment:
    """A think block; one that never ends is thought to the end of the reply."""
    closer = f"</{mark['think_name']}>" if mark["think_name"] else "[/THINK]"
    end = re.compile(re.escape(closer), re.IGNORECASE).search(text, mark.end())
    inside = text[mark.end() : end.start() if end else len(text)]
    return Segment("thought", text[mark.start() : end.end() if end else len(text)], body=inside.strip())


def _fence(text: str, mark: re.Match[str]) -> Segment:
    marks = mark["marks"]
    start = min(mark.end() + 1, len(text))
    body_end = end = len(text)
    for candidate in _FENCE_END.finditer(text, start):
        if candidate[1].startswith(marks):
            body_end, end = candidate.start(), candidate.end()
            break
    words = mark["info"].split(maxsplit=1)
    info = words[0].lower() if words else ""
    return Segment("fence", text[mark.start() : end], body=text[start:body_end], info=info)


class _CodeSpans:
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
