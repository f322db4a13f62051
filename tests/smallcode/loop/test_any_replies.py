"""Whatever a model says, in whatever order: every request is valid for a strict template, the turn ends
within its limits, and the transcript is fit for the next turn."""

import asyncio
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from turn_bench import PATCH, READ, bench, calling, ended

from smallcode.adapters.scripted import Fault, Step

TEXTS = (
    "",
    "Done.",
    "Let me look at cart.py.",
    "Shall I proceed?",
    "Which one do you mean?",
    "Hello! How can I help you?",
    "(no answer)",
    "```\nx = 1\n```",
    "It begins again. " * 9,
    '<tool_call>{"name": "read_file", "arguments": {"path": "cart.py"}}</tool_call>',
    '<tool_call>{"name": "read_f',
    "<think>hm",
    "All tests pass.",
)
CALLS = (
    READ,
    PATCH,
    {"name": "fly", "arguments": {}},
    {"name": "read_file", "arguments": {}},
    {"name": "read_file", "arguments": '{"path": "ca'},
    {"name": "patch", "arguments": {"path": "cart.py", "old_str": "nowhere", "new_str": "x"}},
)
FAULTS = st.one_of(
    st.none(),
    st.none(),
    st.builds(
        Fault,
        kind=st.sampled_from(["close", "stream_error"]),
        after_pieces=st.integers(0, 3),
        times=st.integers(1, 2),
    ),
)
STEPS = st.lists(
    st.builds(
        Step,
        text=st.sampled_from(TEXTS),
        thoughts=st.sampled_from(["", "", "Let me do that.", "hm"]),
        tool_calls=st.lists(st.sampled_from(CALLS), max_size=3),
        finish_reason=st.sampled_from([None, None, "length", "stop"]),
        fault=FAULTS,
    ),
    max_size=9,
)
PROMPTS = st.sampled_from(["Fix total() and run the tests.", "What is wrong?", "hi", ""])
MOST_STEPS = 8


@settings(max_examples=80, deadline=None)
@given(STEPS, PROMPTS, st.sampled_from([("free",), ("free", "required", "shaped")]))
def test_any_sequence_of_replies(steps: list[Step], prompt: str, constraints: tuple[str, ...]) -> None:
    asyncio.run(two_turns(steps, prompt, constraints))


async def two_turns(steps: list[Step], prompt: str, constraints: tuple[str, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with bench(
            Path(folder),
            [*steps, calling(READ)],
            max_steps=MOST_STEPS,
            max_retries=2,
            constraints=constraints,  # type: ignore[arg-type]
        ) as b:
            for asked in (prompt, "And now?"):
                events = await asyncio.wait_for(b.ask(asked), 20)
                end = ended(events)
                assert end.stop_reason in ("done", "stopped", "step_limit", "failed")
                assert (end.error is None) == (end.stop_reason == "done")
                assert b.session.messages[-1].role == "assistant"
            for request in b.model.requests:
                assert request.messages[-1].role in ("user", "tool")
                assert request.constraint in constraints
