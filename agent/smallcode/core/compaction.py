"""The conversation so far in a few lines, where leaving out old results no longer helps.

What was asked stays word for word; what was done becomes a list of files, commands and notes before the
request that is being worked on. It needs no model; one may write better notes. Open steps are no part of it:
the plan stands at the end of every prompt (core/reminders).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ..messages import Digest, Message
from .exchanges import Describe, Pair, pairs, request_under_way
from .room import Room
from .shorten import shorten_to

HEAD = "[Earlier parts of this conversation were left out to make room. What matters of them:]"
REQUEST = "[The request that is being worked on:]"

MOST_NOTES, MOST_COMMANDS, MOST_FILES = 8, 5, 24
LONGEST_NOTE, LONGEST_COMMAND, LONGEST_ERROR, LONGEST_REQUEST = 200, 120, 600, 600
"""Characters."""

# Newest exchanges that stay as they are, as many as there is room for.
KEPT_EXCHANGES = 3

# Words by which a sentence of an earlier request is taken for something that still holds.
_CONSTRAINT = re.compile(
    r"\b(?:must|never|don'?t|do not|only|keep|always|without|no longer|instead of|not allowed|avoid|leave"
    r"|should|nicht|niemals|immer|nur|ohne|ne pas|jamais|toujours|sans|nunca|siempre|sin|solo)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s+|\n+")

Enough = Callable[[Sequence[Message]], bool]


@dataclass(frozen=True, slots=True)
class Compaction:
    """``dropped`` are the messages that ``digest`` stands for, ``kept`` those after it."""

    system: tuple[Message, ...]
    dropped: tuple[Message, ...]
    kept: tuple[Message, ...]
    request: Message
    digest: Digest

    def messages(self, room: Room, notes: Sequence[str] | None = None) -> list[Message]:
        """The transcript after it; ``notes`` replace those that were found by rule, ``room`` is the
        digest's."""
        digest = self.digest if notes is None else replace(self.digest, notes=tuple(notes)[-MOST_NOTES:])
        told = render(digest, room)
        content = f"{told}\n\n{REQUEST}\n{digest.request}" if told else digest.request
        return [*self.system, replace(self.request, content=content, digest=digest), *self.kept]


def compaction(
    messages: Sequence[Message], describe: Describe, kept: int = KEPT_EXCHANGES
) -> Compaction | None:
    """What compacting would do that keeps the ``kept`` newest exchanges of the request under way; None where
    nothing would go. A transcript that was compacted and has not grown since is not compacted again."""
    under_way = request_under_way(messages)
    if under_way == len(messages):
        return None
    first = 1 if messages[0].role == "system" else 0
    replies = [i for i in range(under_way + 1, len(messages)) if messages[i].role == "assistant"]
    start = replies[-kept] if kept and len(replies) >= kept else replies[0] if replies else len(messages)
    dropped = [*messages[first:under_way], *messages[under_way + 1 : start]]
    if not dropped:
        return None
    request = messages[under_way]
    before = [message.digest for message in (*dropped, request) if message.digest is not None]
    own = request.digest.request if request.digest is not None else request.content
    digest = _digest(own, before[0] if before else None, messages[first:under_way], dropped, describe)
    return Compaction(tuple(messages[:first]), tuple(dropped), tuple(messages[start:]), request, digest)


def render(digest: Digest, room: Room) -> str:
    """The digest as the model reads it, "" where it is empty. What is too much for ``room`` goes: notes and
    commands first, then files, and of earlier requests all but what constrains; each time with a word."""
    for share in (1.0, 0.5, 0.25, 0.0):
        text = _written(digest, share)
        if room.holds(text):
            return text
    return shorten_to(_written(digest, 0.0), room)


def _written(digest: Digest, share: float) -> str:
    blocks = [
        _block("Asked before:", [_quoted(text, share) for text in digest.requests], 1.0),
        _block("Files:", [f"{path}: {state}" for path, state in digest.files], max(share, 0.25)),
        _block("Commands:", [f"{command} → {outcome}" for command, outcome in digest.commands], share),
        _block("Notes:", digest.notes, share),
        f"Last error:\n{digest.error}" if digest.error else "",
    ]
    told = [block for block in blocks if block]
    return "\n".join([HEAD, *told]) if told else ""


def _block(title: str, rows: Sequence[str], share: float) -> str:
    if not rows:
        return ""
    shown = rows[-max(1, int(len(rows) * share)) :] if share else rows[-1:]
    hidden = len(rows) - len(shown)
    more = [f"- and {hidden} before"] if hidden else []
    return "\n".join([title, *more, *(f"- {row}" for row in shown)])


def _quoted(text: str, share: float) -> str:
    """An earlier request: word for word where it is short, else what constrains, with a beginning."""
    flat = text.strip()
    longest = int(LONGEST_REQUEST * max(share, 0.25))
    if len(flat) <= longest:
        return flat
    held = [part for part in _SENTENCE_END.split(flat) if _CONSTRAINT.search(part)]
    head = flat[: longest // 2].rstrip()
    return "\n  ".join([f"{head} […]", *(part for part in held if part not in head)])


def _digest(
    request: str,
    before: Digest | None,
    earlier: Sequence[Message],
    dropped: Sequence[Message],
    describe: Describe,
) -> Digest:
    old = before or Digest("")
    found = pairs(dropped, describe)
    asked = [_own(message) for message in earlier if message.role == "user" and not message.by_harness]
    return Digest(
        request,
        _distinct([*old.requests, *asked]),
        _distinct([*old.notes, *_notes(dropped)])[-MOST_NOTES:],
        tuple(_files(dict(old.files), found, dropped).items())[-MOST_FILES:],
        (*old.commands, *_commands(found, dropped))[-MOST_COMMANDS:],
        _error(old.error, found, dropped),
    )


def _own(message: Message) -> str:
    return message.digest.request if message.digest is not None else message.content


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _notes(messages: Sequence[Message]) -> list[str]:
    """What the model said between its calls and at the end of its turns: the first sentence of each."""
    said = [message.content.strip() for message in messages if message.role == "assistant"]
    return [_SENTENCE_END.split(text, 1)[0][:LONGEST_NOTE] for text in said if text]


def _files(known: dict[str, str], found: Sequence[Pair], messages: Sequence[Message]) -> dict[str, str]:
    """What was done to each file, those touched last at the end."""
    for pair in found:
        path = pair.told.path
        if not path:
            continue
        state = known.pop(path, "")
        if pair.told.category == "write":
            state = _after_write(state, pair)
        elif pair.ok and not state:
            state = "read"
        if state:
            known[path] = state
    return known


def _after_write(state: str, pair: Pair) -> str:
    if not pair.ok:
        return state if state.startswith("changed") else f"{state or 'not read'}, a change failed"
    times = int(state.split()[1]) if re.match(r"changed \d+ ", state) else 0
    return f"changed {times + 1} time{'s' if times else ''}"


def _commands(found: Sequence[Pair], messages: Sequence[Message]) -> list[tuple[str, str]]:
    return [
        (pair.told.command.strip().split("\n", 1)[0][:LONGEST_COMMAND], _first_line(messages[pair.result]))
        for pair in found
        if pair.told.command
    ]


def _error(before: str, found: Sequence[Pair], messages: Sequence[Message]) -> str:
    """The last result that failed, unless the same was done later with success."""
    error, of = before, ("", "")
    for pair in found:
        what = (pair.call.name, pair.told.command or pair.told.path)
        if not pair.ok:
            error, of = _shortened(messages[pair.result].content), what
        elif what == of or (before and error == before and pair.told.command):
            error = ""
    return error


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_ERROR:
        return text
    half = LONGEST_ERROR // 2
    return f"{text[:half].rstrip()}\n[…]\n{text[-half:].lstrip()}"


def _first_line(message: Message) -> str:
    return message.content.split("\n", 1)[0][:LONGEST_NOTE]
