"""Failing edits in a turn: the hint reaches the model, the temperature moves, the turn ends honestly."""

from pathlib import Path

import pytest
from turn_bench import CART, READ, bench, calling, ended, finished

from smallcode import events as ev
from smallcode.adapters.scripted import Step
from smallcode.messages import Ask

FIRST = {"name": "patch", "arguments": {"path": "cart.py", "old_str": "total", "new_str": "add_up"}}


def miss(number: int) -> Step:
    """Another text each time, so that no two calls are the same."""
    arguments = {"path": "cart.py", "old_str": f"return sum(prices)[{number}]", "new_str": "x"}
    return calling({"name": "patch", "arguments": arguments})


@pytest.mark.parametrize(
    ("set_to", "sent"),
    [
        (0.2, [0.2, 0.2, 0.05, 0.35, 0.2]),
        (0.1, [0.1, 0.1, 0.0, 0.25, 0.1]),
        # The profile of an unknown model says nothing of it.
        (None, [None, None, 0.05, 0.35, None]),
    ],
)
async def test_hints_and_temperature(tmp_path: Path, set_to: float | None, sent: list[float | None]) -> None:
    steps = [calling(READ), miss(1), miss(2), miss(3), Step("It could not be renamed.")]
    async with bench(tmp_path, steps, temperature=set_to) as it:
        events = await it.ask()
        assert [request.temperature for request in it.model.requests] == sent
        contents = [event.content for event in finished(events)]
        assert "The same thing failed again" not in contents[1]
        assert contents[2].endswith("replace all of it with one patch.")
        assert it.model.requests[3].messages[-1].content == contents[2]


async def test_it_can_be_switched_off(tmp_path: Path) -> None:
    steps = [calling(READ), *(miss(number) for number in range(8)), Step("It could not be renamed.")]
    async with bench(tmp_path, steps, disable=("fix loop",)) as it:
        events = await it.ask()
        assert ended(events).stop_reason == "done"
        assert {request.temperature for request in it.model.requests} == {None}


@pytest.mark.parametrize(
    ("rollback", "text", "changed", "said"),
    [
        (False, CART.replace("total", "add_up"), ["cart.py"], "(The turn was stopped.)"),
        (True, CART, [], "(The turn was stopped. Its edits were taken back.)"),
    ],
)
async def test_a_spiral_is_stopped_and_taken_back_if_wanted(
    tmp_path: Path, rollback: bool, text: str, changed: list[str], said: str
) -> None:
    steps = [calling(READ), calling(FIRST), *(miss(number) for number in range(20))]
    async with bench(tmp_path, steps, rollback_on_stop=rollback) as it:
        events = await it.ask()
        end = ended(events)
        assert end.stop_reason == "stopped"
        assert end.error is not None
        assert "6 edits of cart.py failed in a row" in end.error.message
        assert len(it.model.requests) == 9
        assert (it.cart(), end.files_changed) == (text, changed)
        assert it.session.messages[-1].content == said
        notices = [event.message for event in events if isinstance(event, ev.Notice)]
        assert notices == (["The edits of this turn were taken back in cart.py."] if rollback else [])


async def test_what_the_user_changed_meanwhile_is_not_taken_back(tmp_path: Path) -> None:
    steps = [calling(READ), calling(FIRST), *(miss(number) for number in range(20))]
    async with bench(tmp_path, steps, rollback_on_stop=True) as it:
        async for event in it.session.ask(Ask("Rename total.")):
            if isinstance(event, ev.ToolFinished) and event.diffs:
                (tmp_path / "cart.py").write_text("by the user\n")
        assert isinstance(event, ev.TurnEnded)
        assert (it.cart(), event.files_changed) == ("by the user\n", ["cart.py"])
