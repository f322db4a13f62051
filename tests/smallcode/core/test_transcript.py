"""The transcript stays valid for strict templates, and gives things up in a stated order."""

from hypothesis import given
from hypothesis import strategies as st

from smallcode.core import transcript
from smallcode.messages import Message, ToolCall

SYSTEM = Message("system", "be good")


def user(text: str) -> Message:
    return Message("user", text)


def calls(*ids: str) -> Message:
    return Message("assistant", "", tuple(ToolCall(one, "read_file", {"path": one}) for one in ids))


def result(call_id: str, text: str = "ok") -> Message:
    return Message("tool", text, tool_call_id=call_id)


def answer(text: str = "done") -> Message:
    return Message("assistant", text)


VALID = [
    [SYSTEM, user("a"), answer()],
    [SYSTEM, user("a"), calls("1", "2"), result("1"), result("2"), answer(), user("b"), answer()],
]
INVALID = {
    "late system": [user("a"), SYSTEM],
    "missing result": [SYSTEM, user("a"), calls("1", "2"), result("1"), answer()],
    "missing result at the end": [SYSTEM, user("a"), calls("1")],
    "result without a call": [SYSTEM, user("a"), result("1")],
    "answered twice": [SYSTEM, user("a"), calls("1"), result("1"), result("1")],
    "two users": [SYSTEM, user("a"), user("b")],
}


def test_problems() -> None:
    for messages in VALID:
        assert transcript.problems(messages) == []
    for name, messages in INVALID.items():
        assert len(transcript.problems(messages)) == 1, name


def test_missing_results_close_a_cancelled_reply() -> None:
    messages = [SYSTEM, user("a"), calls("1", "2", "3"), result("2")]
    closing = transcript.missing_results(messages)
    assert [message.tool_call_id for message in closing] == ["1", "3"]
    assert transcript.problems([*messages, *closing]) == []
    assert transcript.missing_results(VALID[1]) == []
    assert transcript.missing_results([SYSTEM, user("a")]) == []


LONG = "y" * 3000


def test_shrink_gives_up_old_results_first_then_old_turns_then_its_own() -> None:
    old = [user("first"), calls("1"), result("1", LONG), answer("one")]
    now = [user("second"), calls("2"), result("2", LONG), calls("3"), result("3", LONG)]
    messages = [SYSTEM, *old, *now]

    first = transcript.shrink(messages)
    assert first is not None
    assert "left out; call it again" in first[3].content and "read_file" in first[3].content
    assert first[4:] == messages[4:]

    second = transcript.shrink(first)
    assert second == [SYSTEM, *now]

    third = transcript.shrink(second)
    assert third is not None
    assert len(third[3].content) < 200 and third[5].content == LONG

    fourth = transcript.shrink(third)
    assert fourth is not None
    assert len(fourth[5].content) <= 1500


def test_dense_text_is_given_up_by_its_size_and_not_by_its_characters() -> None:
    """Three bytes a character, and with many models as many tokens."""
    dense = "漢字仮名交文章試験\n" * 32
    messages = [SYSTEM, user("a"), calls("1"), result("1", dense), calls("2"), result("2", dense)]
    stubbed = transcript.shrink(messages)
    assert stubbed is not None and "left out; call it again" in stubbed[3].content
    assert stubbed[5].content == dense
    halved = transcript.shrink(stubbed)
    assert halved is not None and "left out here" in halved[5].content


def test_a_correction_is_not_taken_for_the_request() -> None:
    nagging = Message("user", "that call could not be read", by_harness=True)
    messages = [SYSTEM, user("the task"), answer("(unreadable)"), nagging, calls("1"), result("1", LONG)]
    smaller: list[Message] | None = messages
    while smaller is not None:
        messages, smaller = smaller, transcript.shrink(smaller)
    assert user("the task") in messages


TURN = st.lists(st.integers(0, 4000), min_size=0, max_size=4)


@given(st.lists(TURN, min_size=1, max_size=5))
def test_shrink_ends_keeps_the_request_and_stays_valid(sizes: list[list[int]]) -> None:
    messages: list[Message] = [SYSTEM]
    for number, turn in enumerate(sizes):
        messages.append(user(f"request {number}"))
        for step, size in enumerate(turn):
            call = f"{number}.{step}"
            messages += [calls(call), result(call, "z" * size)]
        if number < len(sizes) - 1:
            messages.append(answer())
    rounds = 0
    while (smaller := transcript.shrink(messages)) is not None:
        assert sum(len(m.content) for m in smaller) < sum(len(m.content) for m in messages) or len(
            smaller
        ) < len(messages)
        messages = smaller
        rounds += 1
        assert rounds < 50
        assert transcript.problems(messages) == []
    assert user(f"request {len(sizes) - 1}") in messages
