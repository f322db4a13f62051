"""Whole turns with a model that goes wrong in each of the known ways: the files in the end, the number of
requests, what the model was told, and that nothing of it stays in the history."""

from pathlib import Path

import pytest
from turn_bench import CART, FIXED, PATCH, READ, TEST, Bench, bench, calling, ended, finished

from smallcode import events as ev
from smallcode.adapters.scripted import Step
from smallcode.core.reply.corrections import MOST_IN_A_ROW, MOST_IN_A_TURN
from smallcode.loop.ask import USUAL_TEMPERATURE
from smallcode.messages import Ask, Message

FIX = "total() in cart.py leaves out the first price. Fix it."
DONE = Step(text="total() sums all prices now.")
WORK = [calling(READ), calling(PATCH), DONE]
CODE = "Here is the updated code for `cart.py`:\n\n```py\nreturn sum(prices)\n```"


def corrected(events: list[ev.Event]) -> list[str]:
    return [event.kind for event in events if isinstance(event, ev.ReplyCorrected)]


def told(b: Bench, request: int) -> Message:
    """The newest message of a request."""
    return b.model.requests[request].messages[-1]


def said(b: Bench) -> list[str]:
    """The texts of the history, from the user's request on."""
    return [message.content for message in b.session.messages[1:]]


# A bad reply in the place of the first, its kind, and words of what the model is told.
ONCE = [
    pytest.param(Step(text=""), "empty reply", "was empty", id="1 nothing"),
    pytest.param(
        Step(thoughts="I have to read cart.py first."),
        "thoughts alone",
        "read cart.py first",
        id="3 thoughts",
    ),
    pytest.param(
        Step(thoughts="The slice may be wrong, or the sum, or", finish_reason="length"),
        "endless thoughts",
        "thought until",
        id="4 thoughts that ran out",
    ),
    pytest.param(
        Step(tool_calls=[{"name": "read_file", "arguments": '{"path": "ca'}], finish_reason="length"),
        "cut call",
        "cut off",
        id="4 a call that ran out",
    ),
    pytest.param(
        Step(text="I see. Let me look at cart.py."), "announcement", "no tool was called", id="5 announces"
    ),
    pytest.param(
        Step(text="The slice is wrong. Shall I proceed?"), "needless question", "Yes, go on", id="6 asks"
    ),
    pytest.param(
        Step(text="Could you provide the code of the function?"),
        "known answer",
        "cart.py",
        id="6 asks for files",
    ),
    pytest.param(
        Step(text="I have fixed total()."), "nothing changed", "no file was changed", id="8 false done"
    ),
    pytest.param(Step(text="Hello! How can I help you today?"), "greeting", FIX, id="9 greets"),
    pytest.param(
        Step(tool_calls=[{"name": "fly", "arguments": {}}]),
        "unreadable call",
        "read_file",
        id="10 unknown tool",
    ),
    pytest.param(
        calling({"name": "read_file", "arguments": {"start_line": 2}}),
        "invalid arguments",
        "read_file(path: string",
        id="11 arguments",
    ),
    pytest.param(
        Step(text="Well. " + "I should think about it again. " * 9),
        "repetition",
        "repeated yourself",
        id="13 circles",
    ),
    pytest.param(
        Step(thoughts="Wait, let me think about it again. " * 9),
        "repetition",
        "repeated yourself",
        id="13 in thoughts",
    ),
    pytest.param(
        Step(text='<tool_call>{"name": "read_f'), "unreadable call", "did not run", id="15 a broken call"
    ),
    pytest.param(Step(text=CODE), "code as prose", "patch, write_file", id="code as prose"),
]


@pytest.mark.parametrize(("bad", "kind", "hint"), ONCE)
async def test_one_bad_reply_costs_one_request_and_leaves_no_trace(
    tmp_path: Path, bad: Step, kind: str, hint: str
) -> None:
    async with bench(tmp_path, [bad, *WORK]) as b:
        events = await b.ask(FIX)
        assert ended(events).stop_reason == "done" and ended(events).text == DONE.text
        assert b.cart() == FIXED and len(b.model.requests) == 1 + len(WORK)
        assert corrected(events) == [kind]
        assert hint in told(b, 1).content
        # The retry's prompt begins with the whole of the one before.
        before, after = (request.messages for request in b.model.requests[:2])
        assert after[: len(before)] == before and len(after) == len(before) + 2
        if kind != "greeting":
            good = ["assistant", "tool"] * 2 + ["assistant"]
            assert [message.role for message in b.session.messages] == ["system", "user", *good]
            assert b.model.requests[2].messages[: len(before)] == before
        assert not any("(no answer)" in text or "<tool_call>" in text for text in said(b))


@pytest.mark.parametrize(("bad", "kind", "hint"), [one for one in ONCE if one.values[1] != "known answer"])
async def test_each_bad_reply_after_a_good_one(tmp_path: Path, bad: Step, kind: str, hint: str) -> None:
    """The tail then follows a tool's result. A model that has looked may know why it asks for a file."""
    async with bench(tmp_path, [calling(READ), bad, bad, calling(PATCH), DONE]) as b:
        events = await b.ask(FIX)
        assert b.cart() == FIXED and len(b.model.requests) == 5
        assert corrected(events) == [kind, kind]
        first, second = told(b, 2).content, told(b, 3).content
        assert hint in first
        assert first != second, "the same prompt would give the same reply"
        assert ended(events).stop_reason == "done"


@pytest.mark.parametrize(
    ("bad", "stops"),
    [
        (Step(text=""), "stopped"),
        (Step(thoughts="I have to read it."), "stopped"),
        (Step(thoughts="hm, so then " * 9 + "x", finish_reason="length"), "stopped"),
        (Step(tool_calls=[{"name": "patch", "arguments": '{"pa'}], finish_reason="length"), "stopped"),
        (Step(text="Let me look at cart.py."), "stopped"),
        (Step(text="Hello! How can I help you today?"), "stopped"),
        (Step(tool_calls=[{"name": "fly", "arguments": {}}]), "stopped"),
        (calling({"name": "read_file", "arguments": {}}), "stopped"),
        (Step(text="Is it this one again. " * 9), "stopped"),
        (Step(text="Shall I proceed?"), "done"),
        (Step(text="Could you provide the code of the function?"), "done"),
        (Step(text="I have fixed total()."), "done"),
        (Step(text=CODE), "done"),
    ],
)
async def test_a_model_that_insists_comes_to_an_end(tmp_path: Path, bad: Step, stops: str) -> None:
    async with bench(tmp_path, [bad] * 99) as b:
        events = await b.ask(FIX)
        end = ended(events)
        assert end.stop_reason == stops
        assert 3 <= len(b.model.requests) <= 1 + MOST_IN_A_ROW
        if stops == "stopped":
            assert end.error is not None and "in a row that led nowhere" in end.error.message
        else:
            assert any(isinstance(event, ev.Notice) for event in events), "the user is told of the doubt"
        attempts = [event.attempt for event in events if isinstance(event, ev.ReplyCorrected)]
        assert attempts == list(range(1, len(b.model.requests)))
        assert ended(await b.ask("And now?")).stop_reason in ("done", "stopped")


async def test_the_ways_to_ask_get_stronger(tmp_path: Path) -> None:
    bad = Step(text="Let me look at cart.py.")
    async with bench(tmp_path, [bad] * 4, constraints=("free", "required", "shaped")) as b:
        await b.ask(FIX)
        asked = [(request.constraint, request.temperature) for request in b.model.requests[:4]]
        usual = asked[0][1]
        assert asked[:3] == [("free", usual)] * 3
        assert asked[3] == ("required", pytest.approx((usual or USUAL_TEMPERATURE) + 0.3))


async def test_the_way_that_helped_is_the_first_the_next_time(tmp_path: Path) -> None:
    bad = Step(text="Let me look at cart.py.")
    steps = [bad, bad, bad, calling(READ), bad, calling(PATCH), DONE]
    async with bench(tmp_path, steps, constraints=("free", "required")) as b:
        assert ended(await b.ask(FIX)).stop_reason == "done"
        asked = [request.constraint for request in b.model.requests]
        assert asked[:6] == ["free", "free", "free", "required", "free", "required"]


async def test_thinking_is_turned_off_where_it_does_not_end(tmp_path: Path) -> None:
    full = Step(thoughts="hm, so then " * 9 + "x", finish_reason="length")
    async with bench(tmp_path, [full, calling(READ), full, full, calling(PATCH), DONE]) as b:
        assert ended(await b.ask(FIX)).stop_reason == "done"
        thinking = [
            None if request.thinking is None else request.thinking.enabled for request in b.model.requests
        ]
        assert thinking == [None, False, None, False, False, False], "from the second time on it stays off"


async def test_thoughts_over_their_budget_are_cut_short(tmp_path: Path) -> None:
    words = " ".join(f"thought{number}" for number in range(9000))
    async with bench(tmp_path, [Step(thoughts=words), *WORK]) as b:
        events = await b.ask(FIX)
        shown = sum(len(event.text) for event in events if isinstance(event, ev.ThoughtChunk))
        assert b.model.cancelled == 1 and 4096 * 3 < shown < 4096 * 4
        assert corrected(events) == ["endless thoughts"]
        replies = [event.finish_reason for event in events if isinstance(event, ev.RequestFinished)]
        assert replies == ["endless thoughts", "tool_calls", "tool_calls", "stop"]


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


async def test_a_marked_call_at_the_end_of_thoughts_runs_and_a_plan_does_not(tmp_path: Path) -> None:
    plan = "<think>I could call read_file with cart.py.</think>It is in cart.py."
    async with bench(tmp_path, [Step(text=plan)]) as b:
        events = await b.ask("Where is total()?")
        assert finished(events) == [] and ended(events).text == "It is in cart.py."


async def test_the_task_is_shown_again_for_good_where_it_was_lost(tmp_path: Path) -> None:
    async with bench(
        tmp_path, [calling(READ), Step(text="Hi! How can I assist you?"), calling(PATCH), DONE]
    ) as b:
        await b.ask(FIX)
        assert any(m.by_harness and FIX in m.content for m in b.session.messages)
        assert b.cart() == FIXED


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
        events = await b.ask("Do that.")
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


async def test_a_model_that_recovers_each_time_may_go_on_long(tmp_path: Path) -> None:
    bad = Step(text="Let me look at cart.py.")
    steps = [step for _ in range(10) for step in (bad, calling(READ))]
    async with bench(tmp_path, [*steps, calling(PATCH), DONE]) as b:
        events = await b.ask(FIX)
        assert ended(events).stop_reason == "done" and b.cart() == FIXED
        assert len(corrected(events)) == 10


async def test_corrections_of_a_turn_have_an_end(tmp_path: Path) -> None:
    bad = Step(text="Let me look at cart.py.")
    steps = [step for _ in range(99) for step in (bad, calling(READ))]
    async with bench(tmp_path, steps, max_steps=500) as b:
        events = await b.ask(FIX)
        assert ended(events).stop_reason == "stopped" and len(corrected(events)) == MOST_IN_A_TURN


async def test_kinds_that_take_turns_are_told_from_their_first_hint_on(tmp_path: Path) -> None:
    steps = [Step(text=""), Step(text=""), Step(text="Shall I proceed?"), *WORK]
    async with bench(tmp_path, steps) as b:
        events = await b.ask(FIX)
        assert corrected(events) == ["empty reply", "empty reply", "needless question"]
        assert "Yes, go on" in told(b, 3).content and b.cart() == FIXED


async def test_looking_at_a_file_is_no_check(tmp_path: Path) -> None:
    look = {"name": "bash", "arguments": {"command": "cat cart.py"}}
    steps = [calling(READ), calling(PATCH), calling(look), Step(text="All tests pass."), calling(TEST), DONE]
    async with bench(tmp_path, steps) as b:
        assert corrected(await b.ask(FIX)) == ["unchecked"]


async def test_cancelling_in_a_retry_leaves_no_trace_of_it(tmp_path: Path) -> None:
    async with bench(tmp_path, [Step(text="Let me look."), Step(text="one two three", delay=0.02)]) as b:
        requests = 0
        async for event in b.session.ask(Ask(FIX)):
            requests += isinstance(event, ev.RequestStarted)
            if requests == 2 and isinstance(event, ev.MessageChunk):
                b.session.cancel()
        assert isinstance(event, ev.TurnEnded) and event.stop_reason == "cancelled"
        assert said(b)[1:] == ["(The turn was cancelled by the user.)"]
        b.check_requests()
