"""One walk from left to right that tells apart prose, thoughts, fences and marked calls.

Whatever comes first wins: a tag inside a think block, an inline code span or a fence is quoted, and a fence
inside the JSON of a call belongs to the call. Each character is passed once, so the walk is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .context import Context
from .dialects import MARKED, PLAIN, WEAK
from .json_body import end_of_json
from .quoting import CodeSpans, is_quoted
from .repairs import LOOSE_QUOTES
from .tags import CONTROL, past_closers
from .thoughts import CLOSERS, OPENERS, closer_of
from .values import Reading

# A reply with more unreadable calls than this is noise; the rest of it is taken as text.
MAX_PROBLEMS = 8
# What looking for a whole JSON value in vain is charged as, in characters.
LOOK_FOR_VALUE = 300

_FLAGS = re.IGNORECASE | re.MULTILINE
# Nearly all places are ruled out by one look at their first letters.
_BEGINS = r"(?=[<\[\]`~>◁\s\-acfht])(?!<[|｜]?[<\s=](?!function>))"
LANDMARK = re.compile(
    f"{_BEGINS}(?:"
    + "|".join(
        [
            rf"(?P<think>{OPENERS})",
            rf"(?P<unthink>{CLOSERS})",
            r"(?P<fence>^[ \t]*(?P<marks>`{3,}|~{3,})(?P<info>[^`\n]*)$)",
            r"(?P<code>`+)",
            *(f"(?P<call{index}>{family.opener})" for index, family in enumerate(MARKED)),
            rf"(?P<control>(?:{CONTROL})(?![ \t]+\w))",
        ]
    )
    + ")",
    _FLAGS,
)
_MARKED = tuple((family, re.compile(family.opener, _FLAGS)) for family in MARKED)
_CONTROL = re.compile(
    rf"(?:{CONTROL})(?![ \t]+\w)|<\|channel\|>\s*\w+\s*<\|message\|>|<\|start\|>\s*assistant", _FLAGS
)
_VALUE = re.compile(r"[{\[]\s{0,20}[\"{\[]")
PLAIN_LANDMARK = re.compile(
    "|".join([r"(?P<code>`+)", *(f"(?P<call{index}>{family.opener})" for index, family in enumerate(PLAIN))]),
    _FLAGS,
)
# What a reply may break off in, behind a call.
_CUT_TOKEN = re.compile(r"\s*(?:</?[|｜]?[\w▁:]{0,30}|`{1,2})\Z")
# Lines as deep as this are code in Markdown.
_INDENTED = re.compile(r"(?:[ ]{4}|\t)[ \t]*(?=\w)")
_PLAIN = tuple((family, re.compile(family.opener, _FLAGS)) for family in PLAIN)
# Control tokens may stand right behind the marks that end a fence.
FENCE_TAIL = r"[ \t]*(?=(?:<[|｜][\w▁]{1,40}[|｜]>|</s>|\s)*\r?$)"
_FENCE_END = re.compile(rf"^[ \t]*(`{{3,}}|~{{3,}}){FENCE_TAIL}", re.MULTILINE)
_ONE_LINE_FENCE = re.compile(r"```[ ]?(\w*)\s*([{\[<].*)```", re.DOTALL)

Kind = Literal["prose", "thought", "fence", "call", "control", "quoted"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the reply from ``start`` on; a call that is only shown is "quoted". ``raw`` is as it was
    written; ``body`` is a fence's or a thought's inside; ``info`` is the first word after a fence's marks, in
    small letters; ``weak`` is a call whose markup may as well be something else."""

    kind: Kind
    raw: str
    start: int = 0
    body: str = ""
    info: str = ""
    reading: Reading | None = None
    weak: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.raw)


def segments(text: str, context: Context) -> list[Segment]:
    """The reply in order; the ``raw`` parts joined are the reply."""
    found: list[Segment] = []
    spans = CodeSpans(text)
    thought_end = thought_tag = 0
    done = position = problems = looked = 0
    while problems < MAX_PROBLEMS and (mark := LANDMARK.search(text, position)):
        enclosing = _enclosing(text, max(done, looked), mark, context, spans)
        looked = mark.end()
        if enclosing:
            position = looked = enclosing
            continue
        if mark["unthink"]:
            # The reply began inside a think block: all before this was thought.
            found.clear()
            thought_tag, thought_end = mark.span()
            done = position = thought_end
            continue
        segment = _segment(text, mark, context, spans, done)
        if segment is None:
            position = spans.end(*mark.span()) if mark["code"] else max(mark.end(), mark.start() + 1)
            continue
        if segment.start > done:
            found.append(Segment("prose", text[done : segment.start], done))
        found.append(segment)
        done = position = segment.end
        problems += len(segment.reading.problems) if segment.reading else 0
    if done < len(text):
        found.append(Segment("prose", text[done:], done))
    if thought_end:
        found.insert(0, Segment("thought", text[:thought_end], 0, body=text[:thought_tag].strip()))
    return found


def _enclosing(text: str, since: int, mark: re.Match[str], context: Context, spans: CodeSpans) -> int | None:
    """The end of a call without markup that the landmark is a part of, as markup in its strings is."""
    if mark["code"]:
        return None
    position = since
    limit = mark.start()
    while position < limit and not context.budget.spent:
        begun = PLAIN_LANDMARK.search(text, position, limit)
        if begun is None:
            return None
        if begun["code"]:
            position = spans.end(*begun.span())
            continue
        position = _past_plain(text, begun, context, json_only=mark["fence"] is not None)
        if position > limit:
            return position
    return None


def _past_plain(text: str, begun: re.Match[str], context: Context, *, json_only: bool) -> int:
    """The offset behind the call that begins here, or one further on where none does."""
    start = begun.start()
    for family, opener in _PLAIN[:1] if json_only else _PLAIN:
        if family.whole or not opener.match(text, start):
            continue
        reading = family.read(text, start, context)
        if reading and reading.drafts and not reading.problems:
            return reading.end
        context.budget.spend(0)
    return max(begun.end(), start + 1)


def _segment(text: str, mark: re.Match[str], context: Context, spans: CodeSpans, done: int) -> Segment | None:
    if mark["think"]:
        return _think(text, mark)
    if mark["fence"]:
        return _fence(text, mark)
    if mark["code"]:
        return _inline_fence(text, mark, spans)
    if mark["control"]:
        return Segment("control", mark["control"], mark.start())
    return call_at(text, mark, context, done) or _framing(text, mark)


def call_at(text: str, mark: re.Match[str], context: Context, done: int) -> Segment | None:
    """The marked call at the landmark, unless it is talked about."""
    for family, opener in _MARKED:
        at = mark.start()
        if not opener.match(text, at):
            continue
        reading = family.read(text, at, context)
        if reading is None or reading.end <= at:
            continue
        start = max(done, at if reading.start is None else reading.start)
        if is_quoted(text, start, reading.end, since=done):
            context.budget.spend(0)
            return Segment("quoted", text[start : reading.end], start)
        weak = family in WEAK
        return Segment("call", text[start : reading.end], start, reading=reading, weak=weak)
    return None


def _framing(text: str, mark: re.Match[str]) -> Segment | None:
    control = _CONTROL.match(text, mark.start())
    return Segment("control", control.group(), mark.start()) if control else None


def _think(text: str, mark: re.Match[str]) -> Segment:
    """A think block; one that never ends is thought to the end of the reply."""
    end = closer_of(mark["think"], mark["think_name"]).search(text, mark.end())
    inside = text[mark.end() : end.start() if end else len(text)]
    raw = text[mark.start() : end.end() if end else len(text)]
    return Segment("thought", raw, mark.start(), body=inside.strip())


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
    return Segment("fence", text[mark.start() : end], mark.start(), body=text[start:body_end], info=info)


def _inline_fence(text: str, mark: re.Match[str], spans: CodeSpans) -> Segment | None:
    """A fence that was written on one line: three backticks around what looks like a call."""
    if len(mark["code"]) < 3:
        return None
    end = spans.end(*mark.span())
    fenced = _ONE_LINE_FENCE.fullmatch(text[mark.start() : end])
    if fenced is None:
        return None
    return Segment("fence", fenced.group(), mark.start(), body=fenced[2], info=fenced[1].lower())


def plain_calls(text: str, prose: Segment, context: Context) -> Iterator[Segment]:
    """The calls without markup in a stretch of prose, those left out that it shows as examples."""
    spans = CodeSpans(prose.raw)
    position = 0
    while not context.budget.spent and (mark := PLAIN_LANDMARK.search(prose.raw, position)):
        if mark["code"]:
            position = spans.end(*mark.span())
            continue
        position = _past_values(prose.raw, position, mark.start(), context)
        if position > mark.start():
            continue
        reading = _plain_reading(text, prose, mark, context)
        if reading is None:
            context.budget.spend(0)
            position = _past_failure(prose.raw, mark, context)
            continue
        start = prose.start + mark.start()
        yield Segment("call", text[start : reading.end], start, reading=reading)
        position = reading.end - prose.start


def _past_values(raw: str, position: int, limit: int, context: Context) -> int:
    """The offset behind the JSON value that ``limit`` stands in, or one that is no more than ``limit``. What
    stands inside a whole JSON value is part of it."""
    while position <= limit and not context.budget.spent and (found := _VALUE.search(raw, position, limit)):
        position = _past_failure(raw, found, context)
    return position


def _past_failure(raw: str, mark: re.Match[str], context: Context) -> int:
    """Where to look on. What stands inside a whole JSON value is part of it and no call by itself."""
    start = mark.start()
    if raw[start] not in "{[":
        return max(mark.end(), start + 1)
    end = end_of_json(raw, start)
    if end is None:
        context.budget.spend(LOOK_FOR_VALUE)
    return end or start + 1


def _plain_reading(text: str, prose: Segment, mark: re.Match[str], context: Context) -> Reading | None:
    start = prose.start + mark.start()
    if _INDENTED.match(text, text.rfind("\n", 0, start) + 1) and text[start] not in "{[":
        return None
    before = text[max(text.rfind("\n", 0, start) + 1, prose.start) : start].rstrip()
    listed = text[start] == "[" and before.endswith((".", ":", "!", "?"))
    alone = not before or listed
    for family, opener in _PLAIN:
        if not opener.match(prose.raw, mark.start()) or not (family.inside or alone):
            continue
        if not alone and "\n" in mark.group():
            continue
        reading = family.read(text, start, context)
        if reading is None or reading.end > prose.end:
            continue
        if not alone and any(LOOSE_QUOTES in draft.repairs for draft in reading.drafts):
            continue
        if not family.inside and _line_goes_on(prose.raw, reading.end - prose.start):
            context.budget.spend(reading.end - start)
            continue
        if is_quoted(text, start, reading.end, plain=True, since=prose.start):
            context.budget.spend(reading.end - start)
            return None
        return reading
    return None


def _line_goes_on(text: str, at: int) -> bool:
    if text[at - 1 : at] == "\n":
        return False
    at = past_closers(text, at)
    end = text.find("\n", at)
    if _CUT_TOKEN.match(text, at):
        return False
    return bool(text[at : end if end >= 0 else len(text)].strip(" \t\r;,]"))
