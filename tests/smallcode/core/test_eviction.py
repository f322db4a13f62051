"""What goes first where a prompt is too large, and what stands for it."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from smallcode.core import transcript
from smallcode.core.compaction import compaction
from smallcode.core.eviction import cuts, evict, is_left_out
from smallcode.core.exchanges import Told, pairs
from smallcode.core.room import Room
from smallcode.messages import Message, ToolCall

SYSTEM = Message("system", "be good")
LONG = "a line of text\n" * 200
CATEGORIES = {"read_file": "read", "bash": "run", "patch": "write", "write_file": "write"}


def describe(call: ToolCall) -> Told:
    path = str(call.arguments.get("path", ""))
    command = str(call.arguments.get("command", ""))
    category = CATEGORIES[call.name]
    return Told(f"{category} {path or command}", category, path, command, category == "read")


def user(text: str) -> Message:
    return Message("user", text)


def exchange(number: int, name: str, result: str, **arguments: Any) -> list[Message]:
    call = ToolCall(str(number), name, arguments)
    return [Message("assistant", "", (call,)), Message("tool", result, tool_call_id=str(number))]


def read(number: int, path: str, result: str = LONG, **more: Any) -> list[Message]:
    return exchange(number, "read_file", result, path=path, **more)


def run(number: int, command: str, result: str) -> list[Message]:
    return exchange(number, "bash", result, command=command)


def order(messages: Sequence[Message], keep: Sequence[str] = ()) -> list[str]:
    return [cut.pair.call.id for cut in cuts(messages, describe, keep)]


def test_the_order_in_which_results_go() -> None:
    start = [SYSTEM, user("fix a.py")]
    end = read(9, "z.py")
    # What was read again goes first, then the oldest and largest, then what the step names.
    messages = [
        *start,
        *read(1, "a.py"),
        *read(2, "b.py"),
        *read(3, "c.py", LONG * 9),
        *read(4, "b.py"),
        *end,
    ]
    assert order(messages) == ["2", "3", "1", "4"]
    assert order(messages, ["a.py"]) == ["2", "3", "4", "1"]
    # Of a part that was read, another part is no second look; the whole file is.
    parts = [read(1, "a.py", start_line=1), read(2, "b.py", LONG * 2), read(3, "a.py", start_line=300)]
    assert order([*start, *chain(*parts), *end]) == ["2", "1", "3"]
    assert order([*start, *chain(*parts), *read(4, "a.py"), *end]) == ["1", "3", "2", "4"]
    # Edits go last; short results and those that are not answered yet stay.
    edit = exchange(5, "write_file", "written", path="a.py", content=LONG * 30)
    assert order([*start, *edit, *read(6, "b.py"), *read(7, "c.py", "short"), *end]) == ["6", "5"]


def test_what_stands_for_a_result() -> None:
    table = {
        "read": (read(1, "a.py"), "[read a.py: 200 lines, left out here; call it again to see them]"),
        "run": (
            run(1, "make", f"exit status 2\n\n{LONG}"),
            "exit status 2\n[the other 201 lines are left out here]",
        ),
    }
    for name, (first, stub) in table.items():
        messages = [SYSTEM, user("go"), *first, *read(2, "z.py")]
        out, count = evict(messages, cuts(messages, describe), lambda _: False)
        assert (out[3].content, count) == (stub, 1), name
        assert out[4:] == messages[4:]
        assert cuts(out, describe) == [], "nothing goes twice"


def test_the_arguments_of_a_call_go_with_its_result() -> None:
    edit = exchange(1, "write_file", "written: 200 lines", path="a.py", content=LONG)
    messages = [SYSTEM, user("go"), *edit, *read(2, "z.py")]
    out, _ = evict(messages, cuts(messages, describe), lambda _: False)
    arguments = out[2].tool_calls[0].arguments
    assert arguments == {"path": "a.py", "content": "[200 lines of text, left out here]"}
    assert is_left_out(arguments["content"]) and out[3].content == "written: 200 lines"


def test_what_is_taken_for_text_that_was_left_out() -> None:
    for text, expected in {
        "[12 lines of text, left out here]": True,
        "  [1 lines of text, left out here]\n": True,
        "x = 1\n[12 lines of text, left out here]": False,
        "[some lines of text, left out here]": False,
        "[]": False,
        "": False,
    }.items():
        assert is_left_out(text) == expected, text


def test_it_stops_as_soon_as_it_is_enough() -> None:
    messages = [SYSTEM, user("go"), *read(1, "a.py"), *read(2, "b.py"), *read(3, "c.py"), *read(4, "z.py")]
    out, count = evict(
        messages, cuts(messages, describe), lambda now: sum(len(m.content) for m in now) < 7000
    )
    assert count == 2 and out[7].content == LONG


def test_dense_text_is_measured_in_bytes() -> None:
    dense = "漢字仮名交文章試験\n" * 32
    messages = [SYSTEM, user("go"), *read(1, "a.py", dense), *read(2, "b.py", dense)]
    assert order(messages) == ["1"]


ROOM = Room(400, 1 << 30)
STEP = st.tuples(
    st.sampled_from(sorted(CATEGORIES)),
    st.sampled_from(["a.py", "b.py", "c.py"]),
    st.integers(0, 3000),
    st.booleans(),
)


def played(turns: Sequence[Sequence[tuple[str, str, int, bool]]]) -> list[Message]:
    messages, number = [SYSTEM], 0
    for turn, steps in enumerate(turns):
        messages.append(user(f"request {turn}: never touch d.py"))
        for name, path, size, ok in steps:
            number += 1
            arguments: Mapping[str, Any] = {"command": f"cat {path}"} if name == "bash" else {"path": path}
            status = "exit status 0\n" if ok else "exit status 1\n"
            head = status if name == "bash" else "" if ok else "Error: "
            messages += exchange(number, name, head + "z " * size, **arguments)
        if turn < len(turns) - 1:
            messages.append(Message("assistant", f"Done with {turn}. All of it."))
    return messages


@given(st.lists(st.lists(STEP, max_size=6), min_size=1, max_size=4), st.integers(0, 4), st.integers(0, 9))
def test_any_transcript_stays_valid_and_gets_smaller(
    turns: list[list[tuple[str, str, int, bool]]], kept: int, enough_after: int
) -> None:
    messages = played(turns)
    count = len(pairs(messages, describe))
    seen: list[int] = []

    def enough(now: Sequence[Message]) -> bool:
        seen.append(sum(len(message.content) for message in now))
        return len(seen) > enough_after

    out, _ = evict(messages, cuts(messages, describe), enough)
    assert transcript.problems(out) == [] and len(pairs(out, describe)) == count
    assert seen == sorted(seen, reverse=True)
    rounds = 0
    while (one := compaction(out, describe, kept)) is not None:
        out = one.messages(ROOM)
        rounds += 1
        assert transcript.problems(out) == [] and rounds < 3, "what was compacted is not compacted again"
        for turn in range(len(turns)):
            assert any(f"request {turn}: never touch d.py" in message.content for message in out)
