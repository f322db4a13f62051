"""One way to ask: cache, budget, model with a deadline and a second try, judgement, fallback."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace

import pytest

from smallcode import events as ev
from smallcode.adapters.clock import ManualClock
from smallcode.adapters.script import Fault
from smallcode.adapters.scripted import ScriptedModel, Step
from smallcode.messages import Message, Usage
from smallcode.ports import Delta, ModelRequest
from smallcode.prompts.base import CACHED_ANSWERS, Asker, Budget, MicroPrompt


def number(text: str) -> int:
    if not text.isdecimal():
        raise ValueError("It is no number.")
    return int(text)


def render(question: str) -> Sequence[Message]:
    return (Message("system", "Answer with a number."), Message("user", question))


COUNT: MicroPrompt[str, int] = MicroPrompt("count", render, number, fallback=len, timeout_s=5.0)


class Asking:
    """An asker of a scripted model; ``told`` are the events."""

    def __init__(self, *steps: Step, budgets: dict[str, Budget] | None = None) -> None:
        self.model = ScriptedModel(steps)
        self.clock = ManualClock()
        budget = budgets or {"default": Budget(100, 100_000), "fast": Budget(1, 100_000)}
        self.asker = Asker(self.model, self.clock, budget)  # type: ignore[arg-type]
        self.told: list[ev.SideRequest] = []
        self.begin_turn()

    def begin_turn(self) -> None:
        self.asker.begin_turn(self.model, self._observe)

    def _observe(self, event: ev.Event) -> None:
        assert isinstance(event, ev.SideRequest)
        self.told.append(event)

    async def ask(self, question: str = "How many?", prompt: MicroPrompt[str, int] = COUNT) -> int:
        return await self.asker.ask(prompt, question)

    @property
    def last(self) -> tuple[str, int, str]:
        return self.told[-1].source, self.told[-1].attempts, self.told[-1].reason


async def test_the_model_answers() -> None:
    asking = Asking(Step("7", thoughts="Let me count."))
    assert await asking.ask() == 7
    assert asking.last == ("model", 1, "")
    (request,) = asking.model.requests
    assert request.messages == render("How many?")
    assert (request.tools, request.max_tokens, request.temperature) == ((), 256, 0.0)
    assert request.thinking is not None
    assert not request.thinking.enabled


async def test_an_invalid_answer_is_told_and_asked_for_again() -> None:
    asking = Asking(Step("seven"), Step("7"))
    assert await asking.ask() == 7
    assert asking.last == ("model", 2, "")
    again = asking.model.requests[1].messages
    assert [message.role for message in again] == ["system", "user", "assistant", "user"]
    assert again[3].content == "That is no answer: It is no number. Answer again."


@pytest.mark.parametrize(
    ("steps", "attempts", "reason"),
    [
        ([Step("seven"), Step("eight"), Step("9")], 2, "It is no number."),
        ([Step(""), Step("")], 2, "It is no number."),
        ([Step("7", finish_reason="length")] * 2, 2, "It was cut at its longest allowed length."),
        ([Step("7", fault=Fault("status", status=500))], 1, "500"),
        ([Step("7 8 9", fault=Fault("close", after_pieces=1))], 1, "broke off"),
        ([Step("7", fault=Fault("not_json"))], 1, ""),
    ],
)
async def test_the_fallback_answers_where_the_model_does_not(
    steps: list[Step], attempts: int, reason: str
) -> None:
    asking = Asking(*steps)
    assert await asking.ask("four") == 4
    source, tried, why = asking.last
    assert (source, tried) == ("fallback", attempts)
    assert reason in why


async def test_a_model_that_hangs_is_not_waited_for() -> None:
    asking = Asking(Step("7", fault=Fault("hang")))
    assert await asking.ask("four", replace(COUNT, timeout_s=0.02)) == 4
    assert asking.last == ("fallback", 1, "no answer within 0.02 s")
    assert asking.model.cancelled == 1


async def test_cancelling_passes_through() -> None:
    asking = Asking(Step("7", fault=Fault("hang")))
    task = asyncio.create_task(asking.ask())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_fault_in_a_prompt_costs_that_question_alone() -> None:
    def broken(_text: str) -> int:
        raise KeyError("a bug")

    asking = Asking(Step("7"))
    assert await asking.ask("four", replace(COUNT, parse=broken)) == 4
    assert asking.last == ("fallback", 1, "a fault of its own")
    assert await asking.ask() == 7


async def test_an_answer_is_kept_for_its_time() -> None:
    asking = Asking(Step("7"))
    assert [await asking.ask(), await asking.ask()] == [7, 7]
    assert asking.last == ("cache", 0, "")
    assert len(asking.model.requests) == 1
    await asking.ask("Another question?")
    await asking.ask("How many?", replace(COUNT, name="other"))
    assert len(asking.model.requests) == 3
    asking.clock.advance(COUNT.ttl_s + 1)
    await asking.ask()
    assert len(asking.model.requests) == 4
    assert asking.last == ("model", 1, "")


async def test_a_prompt_without_a_time_to_live_is_asked_every_time() -> None:
    asking = Asking(Step("7"))
    for _ in range(2):
        await asking.ask("How many?", replace(COUNT, ttl_s=0.0))
    assert len(asking.model.requests) == 2


async def test_what_the_fallback_said_is_not_kept() -> None:
    asking = Asking(Step("seven"))
    once = replace(COUNT, attempts=1)
    assert [await asking.ask("four", once), await asking.ask("four", once)] == [4, 4]
    assert len(asking.model.requests) == 2


async def test_the_cache_forgets_what_was_used_longest_ago() -> None:
    asking = Asking(Step("7"), budgets={"default": Budget(10_000, 10_000_000)})
    for index in range(CACHED_ANSWERS):
        await asking.ask(f"question {index}")
    await asking.ask("question 0")
    await asking.ask("one more")
    asked = len(asking.model.requests)
    await asking.ask("question 0")
    assert len(asking.model.requests) == asked
    await asking.ask("question 1")
    assert len(asking.model.requests) == asked + 1


@pytest.mark.parametrize(
    ("budget", "asked"), [(Budget(2, 100_000), 2), (Budget(0, 100_000), 0), (Budget(100, 1), 1)]
)
async def test_a_turn_spends_no_more_than_its_budget(budget: Budget, asked: int) -> None:
    asking = Asking(Step("7"), budgets={"default": budget})
    answers = [await asking.ask(f"question {index}") for index in range(5)]
    assert answers == [7] * asked + [10] * (5 - asked)
    assert len(asking.model.requests) == asked
    assert asking.last == ("fallback", 0, "the turn's budget for default questions is spent")
    asking.begin_turn()
    assert await asking.ask("a new turn") == (7 if asked else 10)


async def test_a_second_try_is_paid_for_as_well() -> None:
    asking = Asking(Step("seven"), Step("7"), budgets={"default": Budget(1, 100_000)})
    assert await asking.ask("four") == 4
    assert len(asking.model.requests) == 1


async def test_tiers_have_budgets_of_their_own() -> None:
    asking = Asking(Step("7"))
    fast = replace(COUNT, tier="fast", ttl_s=0.0)
    assert [await asking.ask("four", fast), await asking.ask("four", fast)] == [7, 4]
    assert await asking.ask("four") == 7


async def test_what_it_costs_is_counted_once() -> None:
    asking = Asking(Step("seven"), Step("7"))
    await asking.ask()
    spent = asking.asker.take_usage()
    assert spent.requests == 2
    assert spent.prompt_tokens == sum(asking.model.tokens(request) for request in asking.model.requests)
    assert asking.told[-1].usage == ev.UsageInfo.of(spent)
    assert asking.asker.take_usage() == Usage()


async def test_a_reply_without_usage_is_estimated() -> None:
    class Silent(ScriptedModel):
        async def stream(self, request: ModelRequest) -> AsyncGenerator[Delta, None]:
            async for delta in super().stream(request):
                if type(delta).__name__ != "UsageDelta":
                    yield delta

    asking = Asking()
    asking.model = Silent([Step("7")])
    asking.begin_turn()
    await asking.ask()
    spent = asking.asker.take_usage()
    assert (spent.requests, spent.prompt_tokens > 0) == (1, True)


async def test_time_is_told() -> None:
    asking = Asking(Step("7"))
    await asking.ask()
    assert asking.told[-1].seconds == 0.0
    assert (asking.told[-1].name, asking.told[-1].tier) == ("count", "default")
