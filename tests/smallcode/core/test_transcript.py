"""The transcript stays valid for strict templates."""

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
