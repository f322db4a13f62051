"""From the text of a reply to the calls in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from ...messages import ToolCall, well_formed
from .context import Context, context_for
from .dialects import PLAIN
from .families.json_calls import END_TAG
from .families.named import PLAIN_NAMED
from .families.react import REACT
from .json_body import skip_space
from .offered import Offered
from .quoting import announces_action, is_quoted
from .repairs import SOLE_ARGUMENT, stable_name
from .scan import Segment, plain_calls, segments
from .tags import CLOSE, CONTROL, FLAGS
from .values import Draft, Parsed, Reading

NO_ALIASES: Mapping[str, str] = MappingProxyType({})

# Mistral's templates refuse ids of any other length, and nothing but letters and digits.
ID_LENGTH = 9
# More calls than this in one reply are a listing of something else.
MAX_CALLS = 50

_REST = re.compile(rf"(?:[\s}}\];,]|`{{1,3}}|(?:{CLOSE})|(?:{CONTROL}))*", FLAGS)
_ACTION = re.compile(REACT.opener, FLAGS | re.MULTILINE)
# Fences that say themselves that they hold a call.
_CALL_FENCES = frozenset({"tool_call", "tool_calls", "tool_code", "function_call"})
_CODE_FENCES = frozenset({"python", "py"})
_MARKED_FENCES = frozenset(
    {"", "xml", "html", "json", "text", "txt", "plaintext", "tool_call", "tool_calls", "tool", "tools",
     "tool_code", "function_call", "function", "action"}
)  # fmt: skip


def parse_tool_calls(
    text: str, tools: Sequence[Mapping[str, Any]], aliases: Mapping[str, str] = NO_ALIASES, salt: str = ""
) -> Parsed:
    """The calls that a reply holds, in whatever dialect; ``tools`` are OpenAI tool dicts.

    Pure, linear in the length of the text, and never raises. ``aliases`` maps other names to tools' names.
    The ids are made from the text and ``salt``: give the step's number, to keep them apart from those of an
    equal reply.

    A marked call (with markup of its own) fires anywhere but in a think block, inline code, a fence with
    something behind it, or where the words before it show it as an example; it becomes a problem where it
    cannot be read. An unmarked one fires only where there is no marked one, and only if it names an offered
    tool and satisfies its schema: as the whole reply, in fences that nothing follows, or in prose that does
    not speak of it. A marked call at the very end of a think block fires if the reply says nothing else.
    """
    text = well_formed(text)
    offered = Offered(tools, aliases)
    found = divided(text, context_for(text, offered))
    readings = [segment.reading for segment in found if segment.reading]
    return Parsed(
        _with_ids([draft for reading in readings for draft in reading.drafts], text, salt),
        _prose(found),
        tuple(problem for reading in readings for problem in reading.problems),
        "\n\n".join(segment.body for segment in found if segment.kind == "thought" and segment.body),
    )


def divided(text: str, context: Context) -> list[Segment]:
    """The reply in segments, those that fire with their readings."""
    # The strings of a whole reply in JSON may hold what looks like a fence or a thought.
    found = _fire_whole(text, [Segment("prose", text)], context)
    if _fired(found):
        return found
    found = segments(text, context)
    if _fired(found):
        return _fire_prose(text, found, context, closed=True)
    for fire in (_fire_fences, _fire_whole, _fire_prose, _fire_thought):
        if _fired(found):
            return found
        found = fire(text, found, context)
    return found


def _fired(found: Sequence[Segment]) -> bool:
    return any(segment.reading and (segment.reading.drafts or segment.reading.problems) for segment in found)


def _with_ids(drafts: Sequence[Draft], text: str, salt: str) -> tuple[ToolCall, ...]:
    """Calls with ids that are the same for the same reply, so that a prompt can be built again."""
    digest = made_id(text)
    return tuple(
        ToolCall(made_id(digest, salt, str(number)), draft.name, draft.arguments, draft.repairs)
        for number, draft in enumerate(drafts)
    )


def made_id(*parts: str) -> str:
    """An id of letters and digits that depends on the parts alone."""
    joined = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=16).hexdigest()[:ID_LENGTH]


def _fire_fences(text: str, found: list[Segment], context: Context) -> list[Segment]:
    """Let the fences at the end of the reply fire, from the last one back to the first that is something
    else. One with prose after it is part of an explanation, unless the words before it say that it is
    being done."""
    fired = list(found)
    followed = False
    for index in range(len(found) - 1, -1, -1):
        segment = found[index]
        if segment.kind == "prose" and segment.raw.strip():
            followed = True
        if segment.kind != "fence":
            continue
        since = found[index - 1].start if index and found[index - 1].kind == "prose" else segment.start
        if is_quoted(text, segment.start, segment.end, plain=True, since=since):
            break
        if followed and segment.info not in _CALL_FENCES and not announces_action(text, segment.start, since):
            break
        reading = read_fence(segment, context)
        if reading is None:
            named = _named_fence(text, found, index, context)
            if named is None:
                break
            fired[index - 1 : index + 1] = named
            break
        fired[index] = replace(segment, reading=reading)
        followed = False
    return fired


def _named_fence(text: str, found: Sequence[Segment], index: int, context: Context) -> list[Segment] | None:
    """The prose and the call where the name of a tool, alone on its line or after "Action:", stands before
    a fence with its arguments."""
    before, fence = found[index - 1], found[index]
    if not index or before.kind != "prose":
        return None
    line = before.raw.rstrip().rfind("\n") + 1
    line += len(before.raw[line:]) - len(before.raw[line:].lstrip("*`# \t\r\n"))
    actions = [found.start() for found in _ACTION.finditer(before.raw)]
    for family, at in ((PLAIN_NAMED, line), (REACT, actions[-1] if actions else line)):
        start = before.start + at
        reading = family.read(text, start, context)
        if reading and reading.drafts and not text[reading.end : fence.end].strip():
            prose = replace(before, raw=before.raw[:at])
            return [prose, Segment("call", text[start : fence.end], start, reading=reading)]
    return None


def read_fence(segment: Segment, context: Context) -> Reading | None:
    """The calls of a fence that holds nothing else."""
    for family in PLAIN:
        if segment.info in family.fences:
            reading = _read_all(segment.body, family.read, context)
            if reading and not (segment.info in _CODE_FENCES and _positional(reading)):
                return reading
    if segment.info not in _MARKED_FENCES or not segment.body.strip():
        return None
    inside = segments(segment.body, context)
    if any(part.kind not in ("call", "control") and part.raw.strip() for part in inside) or not _fired(
        inside
    ):
        return None
    readings = [part.reading for part in inside if part.reading]
    drafts = tuple(draft for reading in readings for draft in reading.drafts)
    return Reading(
        segment.end, drafts, tuple(problem for reading in readings for problem in reading.problems)
    )


def _positional(reading: Reading) -> bool:
    """Whether all calls have a bare value for an argument, as code has and no dialect."""
    return all(any(stable_name(one) == SOLE_ARGUMENT for one in draft.repairs) for draft in reading.drafts)


def _read_all(body: str, read: Any, context: Context) -> Reading | None:
    """All calls of a body that holds nothing else, or None."""
    drafts: list[Draft] = []
    at = len(body) - len(body.lstrip())
    while at < len(body) and len(drafts) <= MAX_CALLS:
        reading = read(body, at, context)
        if reading is None or reading.end <= at:
            return None
        drafts += reading.drafts
        rest = _REST.match(body, reading.end)
        at = rest.end() if rest else reading.end
        if reading.problems:
            return Reading(len(body), tuple(drafts), reading.problems) if at == len(body) else None
    return Reading(len(body), tuple(drafts)) if 0 < len(drafts) <= MAX_CALLS else None


def _fire_whole(text: str, found: list[Segment], context: Context) -> list[Segment]:
    """Let the reply fire as a whole, if nothing but thoughts stands beside it."""
    said = [
        segment for segment in found if segment.kind not in ("thought", "control") and segment.raw.strip()
    ]
    if not said or any(segment.kind != "prose" for segment in said):
        return found
    body = "".join(segment.raw for segment in said)
    for family in PLAIN if len(found) > 1 else PLAIN[:1]:
        reading = _read_all(body, family.read, context)
        if reading:
            thoughts = [segment for segment in found if segment.kind == "thought"]
            return [*thoughts, Segment("call", body, said[0].start, reading=reading)]
    return found


def _fire_prose(text: str, found: list[Segment], context: Context, *, closed: bool = False) -> list[Segment]:
    """Let the calls without markup that stand in the prose fire; with ``closed`` only those that lost the
    tag before them and kept the one behind them."""
    fired: list[Segment] = []
    for segment in found:
        if segment.kind != "prose" or not segment.raw.strip() or (closed and not END_TAG.search(segment.raw)):
            fired.append(segment)
            continue
        at = segment.start
        for call in plain_calls(text, segment, context):
            if closed and not END_TAG.match(text, skip_space(text, call.end)):
                continue
            if call.start > at:
                fired.append(Segment("prose", text[at : call.start], at))
            fired.append(call)
            at = call.end
        if at < segment.end:
            fired.append(Segment("prose", text[at : segment.end], at))
    return fired


def _fire_thought(text: str, found: list[Segment], context: Context) -> list[Segment]:
    """Let the marked calls at the very end of a think block fire, if the reply says nothing else."""
    last = next(
        (segment for segment in reversed(found) if segment.raw.strip() and segment.kind != "control"), None
    )
    if last is None or last.kind != "thought":
        return found
    if any(segment.kind in ("prose", "fence") and segment.raw.strip() for segment in found):
        return found
    inside = segments(last.body, context)
    calls: list[Segment] = []
    for part in reversed(inside):
        if part.kind == "call" and part.reading and part.reading.drafts and not part.weak:
            calls.insert(0, part)
        elif part.raw.strip() and part.kind != "control":
            break
    if not calls:
        return found
    place = found.index(last)
    thought = replace(last, body=last.body[: calls[0].start].strip())
    return [
        *found[:place],
        thought,
        *(replace(call, start=last.start) for call in calls),
        *found[place + 1 :],
    ]


def _prose(found: Sequence[Segment]) -> str:
    """What the user reads: the prose and the fences that stay, with a blank line where something went."""
    parts = [""]
    for segment in found:
        if segment.reading or segment.kind in ("thought", "control"):
            parts.append("")
        else:
            parts[-1] += segment.raw
    return "\n\n".join(part.strip() for part in parts if part.strip())
