"""A reply taken apart while it arrives: text and thoughts as soon as they are certain, calls held back.

What is shown is a prefix of ``Parsed.text``, white space aside. Where that proves wrong, because the reply
began inside a think block that nothing opened, an update says ``discard``: what was shown goes, and what the
update holds is the whole that stands so far. From the first call on everything is held until the end, as
what it comes to may depend on what follows it; the calls themselves are announced before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ...messages import well_formed
from .context import Context, context_for
from .held import hold_from, may_be_fenced
from .offered import Offered
from .parse import NO_ALIASES, parse_tool_calls, read_fence
from .scan import FENCE_TAIL, LANDMARK, Segment, call_at
from .thoughts import closer_of
from .updates import Pending, StreamUpdate, rest_of
from .values import Parsed

# A held call is looked at again when it has grown by this factor, so that all looks together are linear.
GROWTH = 1.5
# Markup that no call has followed within so many characters is talk.
TALK_AFTER = 600
# The longest end of a think block, with room for white space in it.
LONGEST_CLOSER = 40

_PARAGRAPH_END = re.compile(r"\n\r?\n")


class StreamParser:
    """``feed`` takes the pieces of one reply, ``finish`` ends it. The work is linear in the reply."""

    def __init__(
        self, tools: Sequence[Mapping[str, Any]], aliases: Mapping[str, str] = NO_ALIASES, salt: str = ""
    ) -> None:
        self._tools, self._aliases, self._salt = tools, aliases, salt
        self._offered = Offered(tools, aliases)
        self._text = ""
        self._at = 0  # What stands before has been shown or sorted.
        self._look = 0  # What stands before holds no landmark.
        self._shown: list[str] = []
        self._thought: list[str] = []
        self._new = Pending()
        self._mode: Callable[[], bool] = self._prose
        self._closer = re.compile("")
        self._next_try = 0
        self._finished = 0
        self._marks = ""
        self._half = ""

    def feed(self, chunk: str) -> StreamUpdate:
        """Take a piece of the reply; what can be said of it now."""
        chunk = self._half + chunk
        # Half a character may wait for its other half.
        self._half = chunk[-1:] if "\ud800" <= chunk[-1:] <= "\udbff" else ""
        self._text += well_formed(chunk.removesuffix(self._half) if self._half else chunk)
        while self._mode():
            pass
        return self._take()

    def finish(self) -> tuple[StreamUpdate, Parsed]:
        """What was held back, and the reply as ``parse_tool_calls`` reads the whole of it."""
        parsed = parse_tool_calls(self._text + self._half, self._tools, self._aliases, self._salt)
        text, thoughts = (
            rest_of("".join(self._shown), parsed.text),
            rest_of("".join(self._thought), parsed.thoughts),
        )
        if text is None or thoughts is None:
            return StreamUpdate(parsed.text, parsed.thoughts, discard=True), parsed
        return StreamUpdate(text, thoughts), parsed

    def _take(self) -> StreamUpdate:
        update, self._new = self._new, Pending()
        if update.discard:
            self._shown.clear()
            self._thought.clear()
        self._shown.append(update.text)
        self._thought.append(update.thoughts)
        return StreamUpdate(
            update.text, update.thoughts, tuple(update.begun), tuple(update.finished), update.discard
        )

    # Each of these moves on as far as the text allows, and says whether another may go on from there.

    def _prose(self) -> bool:
        mark = LANDMARK.search(self._text, self._look)
        limit = mark.start() if mark else len(self._text)
        holding = hold_from(self._text, self._look, limit, self._offered)
        if holding.at < limit:
            self._show(holding.at)
            if holding.kind == "call":
                self._hold(begun=holding.name)
                return True
            self._look = holding.at
            return False
        if mark is None or not self._is_whole(mark):
            self._show(limit)
            self._look = limit
            return False
        return self._at_landmark(mark)

    def _is_whole(self, mark: re.Match[str]) -> bool:
        """Whether more text cannot make the landmark another one."""
        after = self._text[mark.end() : mark.end() + 4]
        if mark["fence"]:
            return after.startswith("\n")
        if mark["control"]:
            return bool(after.strip()) or "\n" in after
        return bool(after) if mark["code"] else True

    def _at_landmark(self, mark: re.Match[str]) -> bool:
        if mark["unthink"]:
            self._unthink(mark)
            return True
        self._show(mark.start())
        if mark["think"]:
            self._closer = closer_of(mark["think"], mark["think_name"])
            self._go(mark.end(), self._thinking)
            return True
        if mark["fence"]:
            self._marks = mark["marks"]
            self._go(mark.start(), self._fence_begun)
            self._look = mark.end() + 1
            return True
        if mark["code"]:
            self._marks = mark["code"]
            self._look = mark.end()
            self._mode = self._code
            return True
        if mark["control"]:
            self._go(mark.end(), self._prose)
            return True
        self._hold()
        return True

    def _unthink(self, mark: re.Match[str]) -> None:
        """The reply began inside a think block: all before this was thought."""
        before = self._text[: mark.start()].strip()
        self._new = Pending(thoughts=before, begun=self._new.begun, finished=self._new.finished, discard=True)
        self._go(mark.end(), self._prose)

    def _thinking(self) -> bool:
        end = self._closer.search(self._text, max(self._at, self._look - LONGEST_CLOSER))
        if end is None:
            safe = max(self._at, len(self._text) - LONGEST_CLOSER)
            self._new.thoughts += self._text[self._at : safe]
            self._at, self._look = safe, len(self._text)
            return False
        self._new.thoughts += self._text[self._at : end.start()] + "\n\n"
        self._go(end.end(), self._prose)
        return True

    def _code(self) -> bool:
        """Inline code goes to the next run of as many backticks in the paragraph."""
        width = len(self._marks)
        paragraph = _PARAGRAPH_END.search(self._text, max(self._at, self._look - 2))
        run = re.compile(rf"(?<!`)`{{{width}}}(?!`)").search(self._text, self._look)
        if run and run.end() == len(self._text):
            return False
        if run and not (paragraph and paragraph.start() < run.start()):
            if width >= 3 and may_be_fenced(self._text, self._at + width, self._offered) != "no":
                self._hold()
                return True
            self._show(run.end())
            self._go(run.end(), self._prose)
            return True
        if paragraph:
            self._go(self._at, self._prose)
            self._look = self._at + width
            return True
        self._look = max(self._look, len(self._text) - width)
        return False

    def _fence_begun(self) -> bool:
        """Whether the fence may hold a call shows at its beginning."""
        info = self._text[self._at : self._look].strip().strip("`~").split()
        verdict = may_be_fenced(self._text, self._look, self._offered, info[0].lower() if info else "")
        if verdict == "unknown":
            return False
        self._mode = self._fence_held if verdict == "yes" else self._fence_shown
        return True

    def _fence_shown(self) -> bool:
        end = self._fence_end()
        if end is None:
            last = self._text.rfind("\n") + 1
            self._show(max(self._at, min(last, len(self._text))))
            return False
        self._show(end.end())
        self._go(end.end(), self._prose)
        return True

    def _fence_held(self) -> bool:
        end = self._fence_end()
        if end is None:
            return False
        first = self._text.find("\n", self._at) + 1
        info = self._text[self._at : first].strip().strip("`~").split()
        body = self._text[first : end.start()]
        segment = Segment(
            "fence", self._text[self._at : end.end()], self._at, body, info[0].lower() if info else ""
        )
        if read_fence(segment, self._context(body)) is not None:
            self._hold()
            return True
        self._mode = self._fence_shown
        self._look = first
        return True

    def _fence_end(self) -> re.Match[str] | None:
        """The closing marks, once their line is whole."""
        mark = self._marks[0]
        pattern = re.compile(rf"^[ \t]*{mark}{{{len(self._marks)},}}{FENCE_TAIL}(?=[^\n]*\n)", re.MULTILINE)
        found = pattern.search(self._text, self._look)
        if found is None:
            self._look = max(self._look, self._text.rfind("\n") + 1)
        return found

    def _held(self) -> bool:
        """A call, until the end or until it turns out to be talk of one."""
        length = len(self._text) - self._at
        if length < self._next_try:
            return False
        self._next_try = int(length * GROWTH) + 1
        mark = LANDMARK.match(self._text, self._at)
        if mark is None or mark["fence"] or mark["code"]:
            return False
        segment = call_at(self._text, mark, self._context(self._text[self._at :]), self._at)
        if segment is None:
            if length < TALK_AFTER:
                return False
            self._look = max(mark.end(), self._at + 1)
            self._mode = self._prose
            return True
        if segment.kind == "quoted":
            self._show(segment.end)
            self._go(segment.end, self._prose)
            return True
        reading = segment.reading
        if reading and segment.end < len(self._text):
            self._new.finished += reading.drafts[self._finished :]
            self._finished = max(self._finished, len(reading.drafts))
        return False

    def _hold(self, begun: str = "") -> None:
        self._new.begun.append(begun)
        self._next_try = 0
        self._mode = self._held

    def _show(self, end: int) -> None:
        self._new.text += self._text[self._at : end]
        self._at = max(self._at, end)

    def _go(self, at: int, mode: Callable[[], bool]) -> None:
        self._at = self._look = at
        self._mode = mode

    def _context(self, text: str) -> Context:
        return context_for(text, self._offered)
