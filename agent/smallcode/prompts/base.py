"""What a small question to the model is, and the one way to ask it.

A micro-prompt is data. ``Asker.ask`` looks into the cache, then whether the turn may still afford the
question, then asks the model with a deadline and a second try, judges the answer, and where all of that gives
nothing takes the fallback, which needs no model. So none of them can break the loop or hold it up for long.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from .. import events as ev
from ..core.tokens import prior_tokens
from ..errors import SmallCodeError
from ..messages import Message, Usage
from ..ports import Clock, FinishDelta, ModelClient, ModelRequest, TextDelta, Thinking, UsageDelta

log = logging.getLogger(__name__)

Question = TypeVar("Question")
Answer = TypeVar("Answer")

Tier = Literal["fast", "default", "medium", "strong"]

CACHED_ANSWERS = 128


@dataclass(frozen=True, slots=True)
class MicroPrompt(Generic[Question, Answer]):
    """A question to the model. ``render`` gives the messages, the system message first; ``parse`` reads the
    text of the reply and raises ValueError, whose words the model is told, where it is no answer;
    ``fallback`` answers without a model. ``timeout_s`` is for all ``attempts`` together, ``ttl_s`` how long
    an answer holds, ``max_tokens`` the longest reply. ``tier`` is whose budget it is asked from."""

    name: str
    render: Callable[[Question], Sequence[Message]]
    parse: Callable[[str], Answer]
    fallback: Callable[[Question], Answer]
    timeout_s: float = 20.0
    attempts: int = 2
    ttl_s: float = 600.0
    tier: Tier = "default"
    max_tokens: int = 256


@dataclass(frozen=True, slots=True)
class Budget:
    """What one tier may spend in one turn; ``tokens`` are those of prompts and replies."""

    calls: int
    tokens: int


BUDGETS: Mapping[Tier, Budget] = {
    "fast": Budget(8, 8_000),
    "default": Budget(4, 12_000),
    "medium": Budget(2, 12_000),
    "strong": Budget(1, 12_000),
}


@dataclass(slots=True)
class _Spent:
    calls: int = 0
    tokens: int = 0


@dataclass(slots=True)
class _Outcome:
    """What came of one question, for those who watch."""

    source: Literal["model", "cache", "fallback"] = "fallback"
    attempts: int = 0
    usage: Usage = field(default_factory=Usage)
    reason: str = ""


class Asker:
    """Asks micro-prompts for one session. ``begin_turn`` comes before the first question of each turn."""

    def __init__(self, client: ModelClient, clock: Clock, budgets: Mapping[Tier, Budget] = BUDGETS) -> None:
        self._client = client
        self._clock = clock
        self._budgets = budgets
        self._spent: dict[Tier, _Spent] = {}
        self._untold = Usage()
        self._observe: Callable[[ev.Event], None] = _nobody
        # Texts of replies by what was asked, the one used longest ago first, each with the time it ends.
        self._cache: OrderedDict[str, tuple[float, str]] = OrderedDict()

    def begin_turn(self, client: ModelClient, observe: Callable[[ev.Event], None]) -> None:
        """Budgets are whole again; ``observe`` is told of every question from now on."""
        self._client = client
        self._observe = observe
        self._spent = {}

    def take_usage(self) -> Usage:
        """The tokens spent since this was called last."""
        taken, self._untold = self._untold, Usage()
        return taken

    async def ask(self, prompt: MicroPrompt[Question, Answer], question: Question) -> Answer:
        """The answer of the cache, of the model, or the fallback's. Raises nothing but CancelledError, and
        what ``fallback`` raises."""
        outcome = _Outcome()
        started = self._clock.monotonic()
        try:
            answer = await self._answer(prompt, question, outcome)
        except SmallCodeError as error:
            answer, outcome.reason = None, str(error)
        except TimeoutError:
            answer, outcome.reason = None, f"no answer within {prompt.timeout_s:g} s"
        except Exception:
            # A question is help that the turn can do without: a fault in one costs the question alone.
            log.exception("the micro-prompt %s failed", prompt.name)
            answer, outcome.reason = None, "a fault of its own"
        finally:
            self._untold += outcome.usage
        self._observe(_event(prompt, outcome, self._clock.monotonic() - started))
        return prompt.fallback(question) if answer is None else answer[0]

    async def _answer(
        self, prompt: MicroPrompt[Question, Answer], question: Question, outcome: _Outcome
    ) -> tuple[Answer] | None:
        messages = list(prompt.render(question))
        key = _key(prompt, messages)
        cached = self._cached(key)
        if cached is not None:
            outcome.source = "cache"
            return (prompt.parse(cached),)
        async with asyncio.timeout(prompt.timeout_s):
            for attempt in range(prompt.attempts):
                if not self._affordable(prompt.tier):
                    outcome.reason = f"the turn's budget for {prompt.tier} questions is spent"
                    return None
                outcome.attempts = attempt + 1
                text, finish = await self._ask_model(prompt, messages, outcome)
                try:
                    if finish == "length":
                        raise ValueError("It was cut at its longest allowed length.")
                    answer = prompt.parse(text)
                except ValueError as error:
                    outcome.reason = str(error)
                    messages += [
                        Message("assistant", text or "(nothing)"),
                        Message("user", f"That is no answer: {error} Answer again.", by_harness=True),
                    ]
                    continue
                outcome.source, outcome.reason = "model", ""
                self._keep(key, text, prompt.ttl_s)
                return (answer,)
        return None

    def _affordable(self, tier: Tier) -> bool:
        spent, budget = self._spent.get(tier, _Spent()), self._budgets[tier]
        return spent.calls < budget.calls and spent.tokens < budget.tokens

    async def _ask_model(
        self, prompt: MicroPrompt[Question, Answer], messages: Sequence[Message], outcome: _Outcome
    ) -> tuple[str, str]:
        """The text of a reply and the word for its end; what the model thinks is left out. Raises ModelError.

        What it costs is counted also where it is broken off: by the server's figures, else estimated.
        """
        request = ModelRequest(
            tuple(messages), max_tokens=prompt.max_tokens, temperature=0.0, thinking=Thinking(enabled=False)
        )
        text, finish, usage = "", "", None
        try:
            async with aclosing(self._client.stream(request)) as stream:
                async for delta in stream:
                    match delta:
                        case TextDelta(piece):
                            text += piece
                        case FinishDelta(reason):
                            finish = reason
                        case UsageDelta(told):
                            usage = told
        finally:
            estimated = Usage(int(prior_tokens(messages, ())), None, len(text) // 4)
            cost = estimated if usage is None else usage
            cost = Usage(cost.prompt_tokens, cost.cached_tokens, cost.completion_tokens, 1)
            outcome.usage += cost
            spent = self._spent.setdefault(prompt.tier, _Spent())
            spent.calls += 1
            spent.tokens += cost.prompt_tokens + cost.completion_tokens
        return text.strip(), finish

    def _cached(self, key: str) -> str | None:
        entry = self._cache.get(key)
        if entry is None or entry[0] < self._clock.monotonic():
            return None
        self._cache.move_to_end(key)
        return entry[1]

    def _keep(self, key: str, text: str, ttl_s: float) -> None:
        if ttl_s <= 0:
            return
        self._cache[key] = (self._clock.monotonic() + ttl_s, text)
        self._cache.move_to_end(key)
        while len(self._cache) > CACHED_ANSWERS:
            self._cache.popitem(last=False)


def _nobody(_event: ev.Event) -> None:
    pass


def _key(prompt: MicroPrompt[Question, Answer], messages: Sequence[Message]) -> str:
    content = json.dumps([prompt.name, *((message.role, message.content) for message in messages)])
    return hashlib.blake2b(content.encode(), digest_size=16).hexdigest()


def _event(prompt: MicroPrompt[Question, Answer], outcome: _Outcome, seconds: float) -> ev.SideRequest:
    return ev.SideRequest(
        name=prompt.name,
        tier=prompt.tier,
        source=outcome.source,
        attempts=outcome.attempts,
        seconds=seconds,
        usage=ev.UsageInfo.of(outcome.usage),
        reason=outcome.reason,
    )
