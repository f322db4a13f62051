"""Whole turns with a model that goes wrong in each of the known ways: the files in the end, the number of
requests, what the model was told, and that nothing of it stays in the history."""

from pathlib import Path

import pytest
from turn_bench import CODE, DONE, FIX, FIXED, PATCH, READ, WORK, bench, calling, corrected, ended, said, told

from smallcode import events as ev
from smallcode.adapters.scripted import Step
from smallcode.core.reply.corrections import MOST_IN_A_ROW, MOST_IN_A_TURN
from smallcode.loop.ask import USUAL_TEMPERATURE
from smallcode.messages import Ask

# The same call stands for any work in some of these turns.
AGAINST_LOOPS = ("repeated calls", "no progress", "reading without acting")

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


async def test_a_model_that_recovers_each_time_may_go_on_long(tmp_path: Path) -> None:
    bad = Step(text="Let me look at cart.py.")
    steps = [step for _ in range(10) for step in (bad, calling(READ))]
    async with bench(tmp_path, [*steps, calling(PATCH), DONE], disable=AGAINST_LOOPS) as b:
        events = await b.ask(FIX)
        assert ended(events).stop_reason == "done" and b.cart() == FIXED
        assert len(corrected(events)) == 10


async def test_corrections_of_a_turn_have_an_end(tmp_path: Path) -> None:
    bad = Step(text="Let me look at cart.py.")
    steps = [step for _ in range(99) for step in (bad, calling(READ))]
    async with bench(tmp_path, steps, max_steps=500, disable=AGAINST_LOOPS) as b:
        events = await b.ask(FIX)
        assert ended(events).stop_reason == "stopped" and len(corrected(events)) == MOST_IN_A_TURN


async def test_the_task_is_shown_again_for_good_where_it_was_lost(tmp_path: Path) -> None:
    async with bench(
        tmp_path, [calling(READ), Step(text="Hi! How can I assist you?"), calling(PATCH), DONE]
    ) as b:
        await b.ask(FIX)
        assert any(m.by_harness and FIX in m.content for m in b.session.messages)
        assert b.cart() == FIXED


async def test_kinds_that_take_turns_are_told_from_their_first_hint_on(tmp_path: Path) -> None:
    steps = [Step(text=""), Step(text=""), Step(text="Shall I proceed?"), *WORK]
    async with bench(tmp_path, steps) as b:
        events = await b.ask(FIX)
        assert corrected(events) == ["empty reply", "empty reply", "needless question"]
        assert "Yes, go on" in told(b, 3).content and b.cart() == FIXED


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


async def test_who_did_not_check_is_told_how_the_tests_are_run(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "shop"\n\n[tool.pytest.ini_options]\n')
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_cart.py").write_text("def test_nothing() -> None: ...\n")
    steps = [
        calling(READ),
        calling(PATCH),
        Step(text="It is fixed, and the tests pass."),
        Step(text="Not tested."),
    ]
    async with bench(tmp_path, steps) as b:
        await b.ask("total() leaves out the first price. Fix it and run the tests.")
        asked = [request.messages[-1].content for request in b.model.requests]
    assert any("then run the test (" in text and "pytest" in text for text in asked), asked[-1]
