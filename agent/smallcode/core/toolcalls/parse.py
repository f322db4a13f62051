"""From the text of a reply to the calls in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from ...messages import ToolCall
from .dialects import UNMARKED
from .offered import Offered
from .scan import Segment, segments
from .values import Draft, Parsed, Reading

NO_ALIASES: Mapping[str, str] = MappingProxyType({})

# Mistral's templates refuse ids of any other length, and nothing but letters and digits.
ID_LENGTH = 9

# Words that announce a quotation rather than an action, in the prose right before a fence.
_ANNOUNCES_EXAMPLE = re.compile(r"\b(?:examples?|for instance|e\.g\.|looks? like)\b", re.IGNORECASE)
ANNOUNCEMENT_WITHIN = 200


def parse_tool_calls(
    text: str, tools: Sequence[Mapping[str, Any]], aliases: Mapping[str, str] = NO_ALIASES, salt: str = ""
) -> Parsed:
    """The calls that a reply holds, in whatever dialect; ``tools`` are OpenAI tool dicts.

    Pure, linear in the length of the text, and never raises. ``aliases`` maps other names to tools' names.
    The ids are made from the text and ``salt``: give the step's number, to keep them apart from those of an
    equal reply.

    A marked call (with tags of its own) fires anywhere but in a think block, inline code or a fence, and
    becomes a problem where it cannot be read. An unmarked one fires only where there is no marked one, as the
    whole reply or in fences with nothing but white space after them, and only if it names an offered tool
    and satisfies its schema.
    """
    offered = Offered(tools, aliases)
    found = _fire_whole([Segment("prose", text)], offered)
    if not any(segment.reading for segment in found):
        # Not before: the strings of a whole reply in JSON may hold what looks like a fence or a thought.
        found = segments(text, offered)
    if not any(segment.reading for segment in found):
        found = _fire_fences(found, offered)
    if not any(segment.reading for segment in found):
        found = _fire_whole(found, offered)
    drafts = [draft for segment in found if segment.reading for draft in segment.reading.drafts]
    return Parsed(
        _with_ids(drafts, text, salt),
        _prose(found),
        tuple(problem for segment in found if segment.reading for problem in segment.reading.problems),
        "\n\n".join(segment.body for segment in found if segment.kind == "thought" and segment.body),
    )


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


def _fire_fences(found: list[Segment], offered: Offered) -> list[Segment]:
    """Let the fences at the end of the reply fire, from the last one back to the first that is something
    else. One with prose after it is part of an explanation."""
    fired = list(found)
    for index in range(len(found) - 1, -1, -1):
        segment = found[index]
        if segment.kind == "prose" and segment.raw.strip():
            break
        if segment.kind == "fence":
            drafts = () if _is_example(found, index) else _read_fence(segment, offered)
            if not drafts:
                break
            fired[index] = replace(segment, reading=Reading(0, drafts))
    return fired


def _read_fence(segment: Segment, offered: Offered) -> tuple[Draft, ...]:
    for dialect in UNMARKED:
        if segment.info in dialect.fences:
            drafts = dialect.read(segment.body, offered)
            if drafts:
                return drafts
    return ()


def _is_example(found: list[Segment], index: int) -> bool:
    before = found[index - 1] if index else None
    if before is None or before.kind != "prose":
        return False
    return bool(_ANNOUNCES_EXAMPLE.search(before.raw[-ANNOUNCEMENT_WITHIN:]))


def _fire_whole(found: list[Segment], offered: Offered) -> list[Segment]:
    """Let the reply fire as a whole, if nothing but thoughts stands beside it."""
    said = [segment for segment in found if segment.kind != "thought" and segment.raw.strip()]
    if any(segment.kind != "prose" for segment in said):
        return found
    body = "".join(segment.raw for segment in said)
    for dialect in UNMARKED:
        drafts = dialect.read(body, offered)
        if drafts:
            thoughts = [segment for segment in found if segment.kind == "thought"]
            return [*thoughts, Segment("call", body, reading=Reading(0, drafts))]
    return found


def _prose(found: Sequence[Segment]) -> str:
    """What the user reads: the prose and the fences that stay, with a blank line where something went."""
    parts = [""]
    for segment in found:
        if segment.reading or segment.kind == "thought":
            parts.append("")
        else:
            parts[-1] += segment.raw
    return "\n\n".join(part.strip() for part in parts if part.strip())
