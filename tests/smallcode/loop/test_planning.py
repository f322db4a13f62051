"""Turns with a plan: where it comes from, how it stands in the prompt, when an answer is doubted for it, and
how many requests that takes."""

from pathlib import Path

import pytest
from turn_bench import FIXED, PATCH, READ, TEST, Bench, bench, calling, corrected, ended

from smallcode import events as ev
from smallcode.adapters.scripted import Step
from smallcode.core.plan import WANTED
from smallcode.messages import Ask

LISTED = "1. Fix total() in cart.py\n2. Create tax.py with a rate\n3. Run the program"
PROSE = "Fix total() in cart.py, add a rate to tax.py and write both into notes.md."
TAX = {"name": "write_file", "arguments": {"path": "tax.py", "content": "RATE = 0.19\n"}}
NOTES = {"name": "write_file", "arguments": {"path": "notes.md", "content": "total and rate\n"}}
DONE = Step(text="I have done all of it.")


def plans(events: list[ev.Event]) -> list[str]:
    """The marks of each plan that was told."""
    signs = {"done": "✓", "current": "→", "open": "."}
    return [
        "".join(signs[step.status] for step in event.steps)
        for event in events
        if isinstance(event, ev.PlanUpdated)
    ]


def tails(b: Bench) -> list[str]:
    """The newest message of each request, from the plan on; "" without one."""
    newest = [request.messages[-1].content for request in b.model.requests]
    return [text[text.index("ACTIVE PLAN") :] if "ACTIVE PLAN" in text else "" for text in newest]


async def test_an_enumerated_request_is_the_plan(tmp_path: Path) -> None:
    steps = [calling(READ), calling(PATCH), calling(TAX), calling(TEST), DONE]
    async with bench(tmp_path, steps) as b:
        events = await b.ask(LISTED)
        assert plans(events) == ["→..", "✓→.", "✓✓→", "✓✓✓"]
        assert ended(events).stop_reason == "done" and len(b.model.requests) == 5
        heads = [tail.split("\n")[0] for tail in tails(b)]
        assert heads[:4] == [f"ACTIVE PLAN (step {n} of 3)" for n in (1, 1, 2, 3)]
        assert tails(b)[2].endswith(
            "✓ 1. Fix total() in cart.py\n→ 2. Create tax.py with a rate\n  3. Run the program"
        )
        assert not [one for one in b.session.messages if "ACTIVE PLAN" in one.content]
        assert b.cart() == FIXED


async def test_switched_off_there_is_none(tmp_path: Path) -> None:
    async with bench(tmp_path, [calling(READ, PATCH), DONE], disable=("plan",)) as b:
        events = await b.ask(LISTED)
        assert (plans(events), tails(b), len(b.model.requests)) == ([], ["", ""], 2)


async def test_the_model_writes_it_before_its_first_call(tmp_path: Path) -> None:
    text = "1. Fix total() in cart.py\n2. Create tax.py\n3. Write notes.md"
    steps = [calling(READ, PATCH, text=text), calling(TAX), calling(NOTES), DONE]
    async with bench(tmp_path, steps) as b:
        events = await b.ask(PROSE)
        first, *others = [request.messages[-1].content for request in b.model.requests]
        assert first.endswith(WANTED) and not any(WANTED in content for content in others)
        assert plans(events) == ["→..", "✓→.", "✓✓→", "✓✓✓"]
        assert len(b.model.requests) == 4 and corrected(events) == []


async def test_a_model_that_writes_none_has_none(tmp_path: Path) -> None:
    async with bench(tmp_path, [calling(READ, PATCH), calling(TAX), calling(NOTES), DONE]) as b:
        events = await b.ask(PROSE)
        assert (plans(events), len(b.model.requests)) == ([], 4)


async def test_one_that_writes_it_and_stops_is_told_to_begin(tmp_path: Path) -> None:
    text = "1. Fix total() in cart.py\n2. Create tax.py\n3. Write notes.md"
    steps = [Step(text=text), calling(READ, PATCH), calling(TAX), calling(NOTES), DONE]
    async with bench(tmp_path, steps) as b:
        events = await b.ask(PROSE)
        assert corrected(events) == ["plan alone"] and len(b.model.requests) == 5
        assert plans(events)[-1] == "✓✓✓"


async def test_an_answer_that_passes_over_a_step_is_doubted(tmp_path: Path) -> None:
    steps = [calling(READ, PATCH), DONE, calling(TAX), calling(TEST), DONE]
    async with bench(tmp_path, steps) as b:
        events = await b.ask(LISTED)
        assert corrected(events) == ["unfinished plan"] and len(b.model.requests) == 5
        told = b.model.requests[2].messages[-1].content
        assert "2. Create tax.py with a rate\n3. Run the program" in told
        assert ended(events).stop_reason == "done" and (tmp_path / "tax.py").exists()


async def test_a_model_that_insists_has_its_way(tmp_path: Path) -> None:
    async with bench(tmp_path, [calling(READ, PATCH), DONE, DONE]) as b:
        events = await b.ask(LISTED)
        assert corrected(events) == ["unfinished plan"] and len(b.model.requests) == 3
        notices = [event.message for event in events if isinstance(event, ev.Notice)]
        assert notices == [
            "Steps of the plan were not seen to be done: 2. Create tax.py with a rate; 3. Run the program."
        ]
        assert ended(events).stop_reason == "done"


async def test_it_is_doubted_twice_at_most(tmp_path: Path) -> None:
    more = {"name": "write_file", "arguments": {"path": "x.py", "content": "x = 1\n"}}
    again = {"name": "write_file", "arguments": {"path": "y.py", "content": "y = 1\n"}}
    steps = [calling(READ, PATCH), DONE, calling(more), DONE, calling(again), DONE]
    async with bench(tmp_path, steps) as b:
        events = await b.ask(LISTED)
        assert corrected(events) == ["unfinished plan"] * 2 and len(b.model.requests) == 6


@pytest.mark.parametrize(
    "answer",
    [
        "I could not create tax.py.",
        "tax.py was already there, so there was no need to change it.",
        "Which rate should tax.py have?",
    ],
)
async def test_an_honest_answer_is_taken(tmp_path: Path, answer: str) -> None:
    async with bench(tmp_path, [calling(READ, PATCH), Step(text=answer)]) as b:
        events = await b.ask(LISTED)
        assert corrected(events) == [] and len(b.model.requests) == 2


async def test_what_a_command_wrote_is_not_doubted(tmp_path: Path) -> None:
    shell = {"name": "bash", "arguments": {"command": "echo 'RATE = 1' > tax.py"}}
    async with bench(tmp_path, [calling(READ, PATCH), calling(shell), calling(TEST), DONE]) as b:
        events = await b.ask(LISTED)
        assert corrected(events) == [] and plans(events)[-1] == "✓✓✓"


async def test_running_a_file_does_not_change_it(tmp_path: Path) -> None:
    (tmp_path / "tax.py").write_text("RATE = 0\n")
    shell = {"name": "bash", "arguments": {"command": "python3 tax.py"}}
    async with bench(tmp_path, [calling(READ, PATCH), calling(shell), DONE, DONE]) as b:
        events = await b.ask(LISTED.replace("Create tax.py with", "Give tax.py"))
        assert corrected(events) == ["unfinished plan"] and plans(events) == ["→..", "✓→."]


async def test_a_change_that_breaks_its_file_moves_nothing(tmp_path: Path) -> None:
    broken = {"name": "write_file", "arguments": {"path": "tax.py", "content": "RATE = (\n"}}
    async with bench(
        tmp_path, [calling(READ, PATCH), calling(broken), calling(TAX), calling(TEST), DONE]
    ) as b:
        events = await b.ask(LISTED)
        assert plans(events)[:2] == ["→..", "✓→."] and "ACTIVE PLAN (step 2 of 3)" in tails(b)[2]


async def test_it_goes_on_over_turns(tmp_path: Path) -> None:
    steps = [
        calling(READ, PATCH),
        Step(text="I could not do more yet."),
        Step(text="It adds."),
        calling(TAX),
        calling(TEST),
        DONE,
    ]
    async with bench(tmp_path, steps) as b:
        assert plans(await b.ask(LISTED))[-1] == "✓→."
        # A question in between is answered without the plan, and leaves it.
        assert plans(await b.ask("What does total() do?")) == []
        assert plans(await b.ask("go on")) == ["✓→.", "✓✓→", "✓✓✓"]


async def test_an_unrelated_request_replaces_it(tmp_path: Path) -> None:
    steps = [calling(READ, PATCH), Step(text="I could not do more yet."), calling(NOTES), DONE, DONE]
    async with bench(tmp_path, steps) as b:
        await b.ask(LISTED)
        assert plans(await b.ask("Write notes.md.")) == []
        assert plans(await b.ask("go on")) == []


async def test_it_is_asked_for_beside_the_turn_where_a_setting_says_so(tmp_path: Path) -> None:
    drawn = Step(text="1. Fix total() in cart.py\n2. Create tax.py\n3. Write notes.md")
    steps = [calling(READ, PATCH), drawn, calling(TAX), calling(NOTES), DONE]
    async with bench(tmp_path, steps, plan_question=True) as b:
        events = await b.ask(PROSE)
        assert len(b.model.requests) == 5 and not b.model.requests[1].tools
        assert plans(events) == ["✓→.", "✓✓→", "✓✓✓"]
        assert ended(events).usage.requests == 5


TODO = "# Mine\n- [x] Nothing\n- [ ] Fix total() in cart.py\n- [ ] Create tax.py\n- [ ] Water the plants\n"


async def test_a_file_of_tasks_is_ticked_off(tmp_path: Path) -> None:
    (tmp_path / "TODO.md").write_text(TODO)
    async with bench(tmp_path, [calling(READ, PATCH), calling(TAX), DONE]) as b:
        events = await b.ask("Work through TODO.md")
        assert plans(events) == ["→..", "✓→.", "✓✓→"] and len(b.model.requests) == 3
        assert (tmp_path / "TODO.md").read_text() == TODO.replace("[ ] Fix", "[x] Fix").replace(
            "[ ] Cr", "[x] Cr"
        )
        assert ended(events).files_changed == ["cart.py", "tax.py", "TODO.md"]
        await b.session.undo()
        assert (tmp_path / "TODO.md").read_text() == TODO


async def test_the_users_own_edits_of_it_stay(tmp_path: Path) -> None:
    """They write into the file while the turn runs, and tick off what is done by then."""
    todo = tmp_path / "TODO.md"
    todo.write_text(TODO)
    mine = "- [ ] More\n" + TODO.replace("[ ] Create", "[x] Create").replace("plants", "flowers")
    async with bench(tmp_path, [calling(READ, PATCH), calling(TAX), DONE]) as b:
        async for event in b.session.ask(Ask("Work through TODO.md")):
            if isinstance(event, ev.ToolStarted) and event.name == "write_file":
                todo.write_text(mine.replace("[ ] Fix", "[x] Fix"))
        assert todo.read_text() == mine.replace("[ ] Fix", "[x] Fix")


async def test_a_user_who_does_not_allow_it_is_asked_once(tmp_path: Path) -> None:
    (tmp_path / "TODO.md").write_text("- [ ] Read cart.py\n- [ ] Find it\n- [ ] Say what it does\n")
    find = {"name": "search", "arguments": {"pattern": "total"}}
    async with bench(tmp_path, [calling(READ), calling(find), DONE], allow=False) as b:
        events = await b.ask("Work through TODO.md")
        assert len(b.approver.asked) == 1 and plans(events)[-1] == "✓✓→"
        assert "[x]" not in (tmp_path / "TODO.md").read_text()
        notices = [event.message for event in events if isinstance(event, ev.Notice)]
        assert len(notices) == 1 and notices[0].startswith("TODO.md is not ticked off: ")


async def test_tasks_beyond_a_plan_follow(tmp_path: Path) -> None:
    rows = [f"- [ ] Create f{n}.py" for n in range(10)]
    (tmp_path / "TODO.md").write_text("\n".join(rows))
    makes = [
        calling({"name": "write_file", "arguments": {"path": f"f{n}.py", "content": "x = 1\n"}})
        for n in range(10)
    ]
    async with bench(tmp_path, [*makes, DONE]) as b:
        events = await b.ask("Work through TODO.md")
        assert "[ ]" not in (tmp_path / "TODO.md").read_text()
        assert plans(events)[8:] == ["→.", "✓→", "✓✓"] and corrected(events) == []


async def test_a_file_that_only_the_model_has_guessed_is_not_missed(tmp_path: Path) -> None:
    text = "1. Fix total() in cart.py\n2. Create tax.py\n3. Change notes.md\n4. Change helpers.py"
    async with bench(tmp_path, [calling(READ, PATCH, text=text), calling(TAX), calling(NOTES), DONE]) as b:
        events = await b.ask(PROSE)
        assert plans(events)[-1] == "✓✓✓→" and corrected(events) == []
