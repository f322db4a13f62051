"""Keep a prompt inside the window: leave out old results, then compact, then cut what came last."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Literal

from pydantic import ValidationError

from .. import events as ev
from ..core import eviction
from ..core.compaction import Compaction, compaction
from ..core.exchanges import Describe, Told, newest_results
from ..core.prefix import Prefix
from ..core.room import Room
from ..core.shorten import shorten
from ..core.tokens import utf8_size
from ..messages import Message, ToolCall
from ..ports import ModelRequest
from .suit import widen
from .turn import TurnState

# Of the room behind the system prompt and the tools: down to this it is emptied once it is full, so that the
# server does not have to read everything anew for each further result; and what has to be free afterwards,
# or else the conversation is compacted.
LOW_WATER, FREE_AFTERWARDS = 0.5, 0.8

# Of that room, what the digest of a compacted conversation may take, and between which numbers of tokens.
DIGEST_SHARE, LEAST_DIGEST, MOST_DIGEST = 0.3, 200, 1500

# Halvings of the newest results: from 200,000 characters to 50.
MOST_HALVINGS = 12


@dataclass(slots=True)
class Fitted:
    """``size`` is what the prompt is estimated or counted at and ``margin`` by how much it may be more;
    ``events`` say what was left out; ``prefix`` is how much of it the server has read before, ``answer`` how
    many tokens the reply may have. ``whole`` is the transcript with what
    was left out just now: it is read once more where the conversation is summed up."""

    size: int = 0
    margin: int = 0
    answer: int = 0
    whole: list[Message] = field(default_factory=list)
    prefix: Prefix = field(default_factory=Prefix)
    events: list[ev.Event] = field(default_factory=list)

    @property
    def most(self) -> int:
        return self.size + self.margin


async def fit(turn: TurnState, limit: int, *, again: bool = False) -> Fitted:
    """Shrink the transcript until it is within ``limit`` tokens as far as anything can be given up; with
    ``again`` because the server refused it, whatever the estimate says."""
    fitted = Fitted(whole=list(turn.messages))
    await _measure(turn, limit, fitted)
    if fitted.most <= limit and not again:
        return fitted
    for step in (_evict, _compact, _halve):
        before = fitted.size
        done = await step(turn, limit, fitted)
        if done is None:
            continue
        turn.prefix.declare()
        await widen(turn)
        await _measure(turn, limit, fitted)
        fitted.events.append(_told(done, max(0, before - fitted.size)))
        if fitted.most <= _mark(turn, limit, FREE_AFTERWARDS):
            break
    return fitted


def _told(done: ev.ContextTrimmed, freed: int) -> ev.ContextTrimmed:
    things = f"{done.items} result{'s' if done.items > 1 else ''}"
    said = {
        "evicted": f"{things} left out",
        "compacted": "the conversation was summed up",
        "shortened": f"{things} cut in the middle",
    }[done.how]
    detail = f"To keep the prompt inside the window: {said}, about {freed:,} tokens less."
    return done.model_copy(update={"freed_tokens": freed, "detail": detail})


async def _measure(turn: TurnState, limit: int, fitted: Fitted) -> None:
    """Prompt tokens, and how many more they may be: by the server's own count where that matters and the
    server can count, else estimated.

    An estimate below half of ``limit`` is not worth a request: the prior is never off by a factor of two.
    """
    schemas = [tool.schema for tool in turn.tools]
    fitted.size, fitted.margin = turn.counter.estimate(turn.prompt, schemas), 0
    if fitted.size < limit // 2:
        return
    counted = await turn.client.count(ModelRequest(tuple(turn.prompt), schemas))
    if counted is None:
        fitted.margin = turn.counter.margin(fitted.size)
        return
    turn.counter.learn(fitted.size, counted)
    fitted.size = counted


def _mark(turn: TurnState, limit: int, share: float) -> int:
    """Tokens of the prompt where this share of the room behind its fixed part is used."""
    fixed = min(turn.context.budget.fixed, limit)
    return fixed + int(share * (limit - fixed))


def _within(turn: TurnState, bound: int) -> eviction.Enough:
    """Whether a transcript is estimated within ``bound``, with what follows it in the request."""
    schemas = [tool.schema for tool in turn.tools]

    def enough(messages: Sequence[Message]) -> bool:
        return turn.counter.estimate(turn.prompt_of(messages), schemas) <= bound

    return enough


async def _evict(turn: TurnState, limit: int, fitted: Fitted) -> ev.ContextTrimmed | None:
    seen, pictures = eviction.without_old_pictures(turn.messages)
    order = eviction.cuts(seen, describer(turn), turn.kept_paths)
    smaller, items = eviction.evict(seen, order, _within(turn, _mark(turn, limit, LOW_WATER)))
    if not items + pictures:
        return None
    turn.messages[:] = smaller
    return ev.ContextTrimmed(how="evicted", items=items + pictures)


async def _compact(turn: TurnState, limit: int, fitted: Fitted) -> ev.ContextTrimmed | None:
    """With as many of the newest exchanges as there is room for; not where it would make nothing smaller."""
    describe, budget = describer(turn), turn.context.budget
    share = max(int(DIGEST_SHARE * (limit - budget.fixed)), LEAST_DIGEST)
    room = Room(min(share, MOST_DIGEST), 1 << 30, budget.measure)
    low, before = _mark(turn, limit, LOW_WATER), fitted.size
    schemas = [tool.schema for tool in turn.tools]
    chosen: Compaction | None = None
    for kept in (3, 2, 1, 0):
        one = compaction(fitted.whole, describe, kept)
        if one is None:
            continue
        one = replace(one, kept=tuple(turn.messages[len(turn.messages) - len(one.kept) :]))
        size = turn.counter.estimate(turn.prompt_of(one.messages(room)), schemas)
        if size < before:
            chosen = one
            if size <= low:
                break
    if chosen is None:
        return None
    by_rule = chosen.digest.notes
    notes = await _notes(turn, chosen)
    turn.messages[:] = chosen.messages(room, notes)
    by: Literal["rules", "model"] = "rules" if notes == by_rule else "model"
    return ev.ContextTrimmed(how="compacted", items=len(chosen.dropped), by=by)


async def _notes(turn: TurnState, chosen: Compaction) -> tuple[str, ...]:
    """The model is asked where that does not cost another conversation its cache, or by the setting."""
    asking, taker = turn.context.settings.model_notes, turn.note_taker
    slots = (await turn.client.info()).slots
    if taker is None or asking == "off" or (asking == "auto" and slots == 1):
        return chosen.digest.notes
    return await taker.notes(chosen.digest.request, chosen.dropped, chosen.digest.notes)


async def _halve(turn: TurnState, limit: int, fitted: Fitted) -> ev.ContextTrimmed | None:
    """What the model has not answered yet: its two ends stay, and it says what is left out."""
    start = newest_results(turn.messages)
    enough, items = _within(turn, _mark(turn, limit, FREE_AFTERWARDS)), set()
    for _ in range(MOST_HALVINGS):
        sizes = [utf8_size(message.content) for message in turn.messages[start:]]
        if enough(turn.messages) or max(sizes, default=0) <= eviction.WORTH_BYTES:
            break
        index = start + sizes.index(max(sizes))
        content = turn.messages[index].content
        turn.messages[index] = replace(turn.messages[index], content=shorten(content, len(content) // 2))
        items.add(index)
    return ev.ContextTrimmed(how="shortened", items=len(items)) if items else None


def describer(turn: TurnState) -> Describe:
    """What calls are about, by the tools' own word; one of a tool that is not there by its name."""

    def describe(call: ToolCall) -> Told:
        tool = turn.by_name(call.name)
        if tool is None:
            return Told(call.name, "respond")
        title, command = call.name, ""
        with suppress(ValidationError):
            arguments = tool.arguments.model_validate(dict(call.arguments))
            title = tool.title(arguments) if tool.title else call.name
            asked = tool.permission(arguments) if tool.permission else None
            command = asked.subject if asked is not None and tool.category == "run" else ""
        path = call.arguments.get("path")
        return Told(title, tool.category, path if isinstance(path, str) else "", command, tool.pure)

    return describe
