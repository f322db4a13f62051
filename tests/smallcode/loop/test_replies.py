"""Whole turns in which a reply is cut, holds several calls, asks, or claims what was not done."""

import json
from pathlib import Path

import pytest
from turn_bench import (
    CART,
    CODE,
    DONE,
    FIX,
    FIXED,
    PATCH,
    READ,
    TEST,
    WORK,
    bench,
    calling,
    corrected,
    ended,
    finished,
    said,
    told,
)

from smallcode import events as ev
from smallcode.adapters.scripted import Step


async def test_an_answer_that_was_cut_is_continued_and_joined(tmp_path: Path) -> None:
    parts = [
        Step(text="total() leaves out the first price, because the slice", finish_reason="length"),
        Step(text="because the slice begins at one, and lists", finish_reason="length"),
        Step(text=" begin at zero."),
    ]
    async with bench(tmp_path, parts) as b:
        events = await b.ask("Why is total() wrong?")
        whole = (
            "total() leaves out the first price, because the slice begins at one, and lists begin at zero."
        )
        assert ended(events).text == whole and said(b)[1:] == [whole]
        assert corrected(events) == ["cut text", "cut text"] and len(b.model.requests) == 3
        assert b.model.requests[2].messages[-2].content == whole.removesuffix(" begin at zero.")


async def test_an_answer_that_never_ends_is_taken_as_far_as_it_goes(tmp_path: Path) -> None:
    steps = [Step(text=f"Part {number} of it and", finish_reason="length") for number in range(9)]
    async with bench(tmp_path, steps) as b:
        events = await b.ask("Why is total() wrong?")
        assert ended(events).stop_reason == "done" and len(b.model.requests) == 3
        assert any(isinstance(e, ev.Notice) and "longest allowed" in e.message for e in events)


async def test_a_continued_answer_may_turn_into_a_call(tmp_path: Path) -> None:
    steps = [
        Step(text="The slice is wrong, so it", finish_reason="length"),
        calling(READ, text=" must go."),
        *WORK[1:],
    ]
    async with bench(tmp_path, steps) as b:
        assert ended(await b.ask(FIX)).stop_reason == "done"
        assert said(b)[1] == "The slice is wrong, so it must go." and b.cart() == FIXED


async def test_what_repeats_is_cut_from_the_stream_and_from_the_answer(tmp_path: Path) -> None:
    endless = Step(text="The slice is wrong. " + "It starts at one. " * 500)
    async with bench(tmp_path, [endless, Step(text="It starts at one.")]) as b:
        events = await b.ask("Why is total() wrong?")
        assert b.model.cancelled == 1
        assert told(b, 1).content.count("It starts at one.") == 1
        assert b.model.requests[1].messages[-2].content == "The slice is wrong. It starts at one."
        assert ended(events).text == "It starts at one."


async def test_what_a_call_writes_may_repeat(tmp_path: Path) -> None:
    rows = "It is the same line. " * 50
    make = {"name": "write_file", "arguments": {"path": "rows.txt", "content": rows}}
    async with bench(tmp_path, [calling(make), Step(text="The rows are written.")]) as b:
        events = await b.ask("Write rows.txt.")
        assert corrected(events) == [] and (tmp_path / "rows.txt").read_text() == rows


async def test_a_real_question_is_the_users(tmp_path: Path) -> None:
    question = "There are two functions of that name. Which one do you mean?"
    async with bench(tmp_path, [calling(READ), Step(text=question)]) as b:
        events = await b.ask(FIX)
        assert ended(events).stop_reason == "done" and ended(events).text == question
        assert corrected(events) == [] and len(b.model.requests) == 2


async def test_a_quoted_call_does_not_run(tmp_path: Path) -> None:
    text = 'One would call `<tool_call>{"name": "read_file", "arguments": {"path": "cart.py"}}</tool_call>`.'
    async with bench(tmp_path, [Step(text=text)]) as b:
        events = await b.ask("How would you look at it?")
        assert finished(events) == [] and ended(events).text == text and len(b.model.requests) == 1


async def test_a_plan_in_thoughts_does_not_run(tmp_path: Path) -> None:
    plan = "<think>I could call read_file with cart.py.</think>It is in cart.py."
    async with bench(tmp_path, [Step(text=plan)]) as b:
        events = await b.ask("Where is total()?")
        assert finished(events) == [] and ended(events).text == "It is in cart.py."


async def test_calls_after_a_failed_one_do_not_run_blindly(tmp_path: Path) -> None:
    wrong = {"name": "patch", "arguments": {"path": "cart.py", "old_str": "nowhere", "new_str": "x"}}
    touch = {"name": "bash", "arguments": {"command": "touch made"}}
    async with bench(tmp_path, [calling(READ), calling(wrong, touch, READ), Step(text="It failed.")]) as b:
        events = await b.ask(FIX)
        first, second, third = finished(events)[1:]
        assert (first.status, second.status, third.status) == ("failed", "failed", "completed")
        assert "did not run, because patch" in second.content and not (tmp_path / "made").exists()
        assert b.cart() == CART


async def test_several_calls_run_in_order(tmp_path: Path) -> None:
    first = {"name": "bash", "arguments": {"command": "echo one > log"}}
    second = {"name": "bash", "arguments": {"command": "echo two >> log"}}
    async with bench(tmp_path, [calling(first, second), Step(text="Both ran.")]) as b:
        await b.ask("Run both.")
        assert (tmp_path / "log").read_text() == "one\ntwo\n" and len(b.model.requests) == 2


async def test_what_comes_after_an_unreadable_call_waits_for_it(tmp_path: Path) -> None:
    broken = {"name": "write_file", "arguments": '{"path": "new.py", "content": nonsense nonsense'}
    touch = {"name": "bash", "arguments": {"command": "touch made"}}
    early = {"name": "bash", "arguments": {"command": "touch early"}}
    async with bench(tmp_path, [calling(early, broken, touch, READ), Step(text="So far.")]) as b:
        events = await b.ask("Make new.py.")
        assert [result.status for result in finished(events)] == ["completed", "failed", "completed"]
        assert (tmp_path / "early").exists() and not (tmp_path / "made").exists()
        assert "could not be read" in finished(events)[1].content
        assert "write_file" in told(b, 1).content, "the last result says what was wrong with the other call"


async def test_a_mended_call_at_the_end_of_a_cut_reply_does_not_run(tmp_path: Path) -> None:
    mended = '<tool_call>{"name": "write_file", "arguments": {"path": "new.py", "content": "x = 1"}}'
    async with bench(tmp_path, [Step(text=mended, finish_reason="length"), Step(text="I stop here.")]) as b:
        events = await b.ask("Write new.py.")
        assert corrected(events) == ["cut call"] and not (tmp_path / "new.py").exists()


async def test_tests_that_were_asked_for_are_run_before_it_is_done(tmp_path: Path) -> None:
    steps = [calling(READ), calling(PATCH), Step(text="Fixed, all tests pass."), calling(TEST), DONE]
    async with bench(tmp_path, steps) as b:
        events = await b.ask(f"{FIX} Then run the tests.")
        assert corrected(events) == ["unchecked"]
        assert "No command has run since cart.py was changed." in told(b, 3).content
        assert ended(events).text == DONE.text and len(b.model.requests) == 5


async def test_a_failed_check_is_named_and_an_honest_answer_is_taken(tmp_path: Path) -> None:
    fails = {"name": "bash", "arguments": {"command": "python3 -c 'import nothing_there'"}}
    honest = Step(text="total() is changed, but the test cannot run: nothing_there is missing.")
    steps = [calling(READ), calling(PATCH), calling(fails), Step(text="All tests pass."), honest]
    async with bench(tmp_path, steps) as b:
        events = await b.ask(f"{FIX} Then run the tests.")
        assert corrected(events) == ["unchecked"] and "nothing_there" in told(b, 4).content
        assert ended(events).text == honest.text


async def test_a_change_that_failed_is_not_passed_over(tmp_path: Path) -> None:
    elsewhere = {**PATCH, "arguments": {**PATCH["arguments"], "path": "/home/user/project/cart.py"}}
    steps = [calling(READ), calling(elsewhere), Step(text="I have made the change."), calling(PATCH), DONE]
    async with bench(tmp_path, steps) as b:
        events = await b.ask(FIX)
        assert finished(events)[1].content.startswith("Error: ")
        assert "Did you mean cart.py?" in finished(events)[1].content
        assert corrected(events) == ["nothing changed"]
        assert ended(events).files_changed == ["cart.py"] and len(b.model.requests) == 5


async def test_who_may_not_run_or_edit_is_not_told_to(tmp_path: Path) -> None:
    steps = [calling(READ), calling(PATCH), Step(text="I have made the change.")]
    async with bench(tmp_path, steps, allow=False) as b:
        events = await b.ask(FIX)
        assert corrected(events) == [] and ended(events).stop_reason == "done"


@pytest.mark.parametrize(
    ("prompt", "answer"),
    [
        ("What is wrong with total()?", "The slice is wrong. Would you like me to fix it?"),
        ("What is wrong with total()?", CODE),
        ("Explain total(), do not change anything.", "Done: it sums all but the first price."),
        ("hi", "Hello! How can I help you today?"),
        (FIX, "It is already right: nothing needs to be changed."),
        (FIX, "I cannot do that: I was unable to find total()."),
        (FIX, "May I delete the old module first?"),
    ],
)
async def test_honest_answers_cost_nothing_more(tmp_path: Path, prompt: str, answer: str) -> None:
    async with bench(tmp_path, [Step(text=answer)]) as b:
        events = await b.ask(prompt)
        assert ended(events).text == answer and len(b.model.requests) == 1 and corrected(events) == []


async def test_looking_at_a_file_is_no_check(tmp_path: Path) -> None:
    look = {"name": "bash", "arguments": {"command": "cat cart.py"}}
    steps = [calling(READ), calling(PATCH), calling(look), Step(text="All tests pass."), calling(TEST), DONE]
    async with bench(tmp_path, steps) as b:
        assert corrected(await b.ask(FIX)) == ["unchecked"]


async def test_who_went_on_since_the_last_claim_may_be_told_again(tmp_path: Path) -> None:
    """A claim after each step of several is told each time; one that is merely repeated is taken at last."""
    old, new = PATCH["arguments"]["old_str"], PATCH["arguments"]["new_str"]
    back = {**PATCH, "arguments": {**PATCH["arguments"], "old_str": new, "new_str": old}}
    claim = Step(text="All done, everything works.")
    steps = [calling(READ)]
    for change in (PATCH, back, PATCH):
        steps += [calling(change), claim]
    steps += [claim, claim, DONE]
    async with bench(tmp_path, steps) as b:
        events = await b.ask(FIX)
        assert corrected(events) == ["unchecked"] * 4 and ended(events).stop_reason == "done"
        assert "Changed so far: cart.py" in told(b, 3).content and FIX in told(b, 3).content


async def test_a_marked_call_at_the_end_of_thoughts_runs_and_an_unmarked_one_does_not(tmp_path: Path) -> None:
    marked = f"I should look first. <tool_call>{json.dumps(READ)}</tool_call>"
    async with bench(tmp_path, [Step(thoughts=marked), calling(PATCH), DONE]) as b:
        events = await b.ask(FIX)
        assert [event.name for event in finished(events)] == ["read_file", "patch"]
        assert corrected(events) == [] and len(b.model.requests) == 3
    bare = f"I could write {json.dumps(READ)}"
    async with bench(tmp_path, [Step(thoughts=bare), calling(READ), calling(PATCH), DONE]) as b:
        events = await b.ask(FIX)
        assert corrected(events) == ["thoughts alone"] and len(b.model.requests) == 4


async def test_markup_and_thoughts_never_flash_in_the_answer(tmp_path: Path) -> None:
    text = f"<think>First I read.</think>I look at it.\n<tool_call>{json.dumps(READ)}</tool_call>"
    async with bench(tmp_path, [Step(text=text), calling(PATCH), DONE]) as b:
        events = await b.ask(FIX)
        shown = "".join(event.text for event in events if isinstance(event, ev.MessageChunk))
        thoughts = "".join(event.text for event in events if isinstance(event, ev.ThoughtChunk))
        assert shown.startswith("I look at it.") and "<" not in shown
        assert thoughts.strip() == "First I read."
