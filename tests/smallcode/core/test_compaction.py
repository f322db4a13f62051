"""What is left of a conversation that is summed up without a model."""

from smallcode.core.compaction import HEAD, REQUEST, compaction, render
from smallcode.core.exchanges import Told
from smallcode.core.room import Room
from smallcode.messages import Digest, Message, ToolCall

CATEGORIES = {"read_file": "read", "bash": "run", "patch": "write"}
WIDE = Room(5000, 1 << 30)


def describe(call: ToolCall) -> Told:
    path, command = str(call.arguments.get("path", "")), str(call.arguments.get("command", ""))
    category = CATEGORIES[call.name]
    return Told(f"{category} {path or command}", category, path, command, category == "read")


def exchange(number: int, name: str, result: str, text: str = "", **arguments: str) -> list[Message]:
    call = ToolCall(str(number), name, arguments)
    return [Message("assistant", text, (call,)), Message("tool", result, tool_call_id=str(number))]


SYSTEM = Message("system", "be good")
FIRST = "Rename total to sum_up in a.py. Never touch b.py."
SECOND = "Now do the same in c.py, and keep the tests green."
TALK = [
    SYSTEM,
    Message("user", FIRST),
    *exchange(1, "read_file", "text of a", path="a.py"),
    *exchange(2, "patch", "changed a.py", "I rename it. Then I run the tests.", path="a.py"),
    *exchange(3, "patch", "changed a.py", path="a.py"),
    *exchange(4, "bash", "exit status 1\n\nassert 3 == 4", command="pytest -q"),
    Message("assistant", "It is renamed; one test fails. More follows."),
    Message("user", SECOND),
    *exchange(5, "read_file", "text of c", path="c.py"),
    *exchange(6, "patch", "Error: old_str was not found", path="c.py"),
    *exchange(7, "read_file", "text of c again", path="c.py"),
]


def test_the_digest_of_a_conversation() -> None:
    found = compaction(TALK, describe, kept=1)
    assert found is not None
    messages = found.messages(WIDE)
    assert [message.role for message in messages] == ["system", "user", "assistant", "tool"]
    assert messages[2:] == TALK[-2:]
    assert messages[1].content == (
        f"{HEAD}\n"
        f"Asked before:\n- {FIRST}\n"
        "Files:\n- a.py: changed 2 times\n- c.py: read, a change failed\n"
        "Commands:\n- pytest -q → exit status 1\n"
        "Notes:\n- I rename it.\n- It is renamed; one test fails.\n"
        "Last error:\nError: old_str was not found\n\n"
        f"{REQUEST}\n{SECOND}"
    )


def test_a_second_one_goes_on_from_the_first() -> None:
    found = compaction(TALK, describe, kept=0)
    assert found is not None
    later = [
        *found.messages(WIDE),
        *exchange(8, "patch", "changed c.py", path="c.py"),
        *exchange(9, "bash", "exit status 0\n\nok", command="pytest -q"),
        Message("assistant", "All of it is done."),
        Message("user", "Thanks. What changed?"),
    ]
    again = compaction(later, describe, kept=0)
    assert again is not None
    assert again.digest.requests == (FIRST, SECOND)
    assert again.digest.files == (("a.py", "changed 2 times"), ("c.py", "changed 1 time"))
    assert again.digest.commands == (("pytest -q", "exit status 1"), ("pytest -q", "exit status 0"))
    assert again.digest.error == "", "what failed was done later"
    assert again.messages(WIDE)[-1].content.endswith(f"{REQUEST}\nThanks. What changed?")


def test_nothing_new_is_not_summed_up_again() -> None:
    found = compaction(TALK, describe, kept=0)
    assert found is not None
    assert compaction(found.messages(WIDE), describe, kept=0) is None
    assert compaction([SYSTEM, Message("user", "hello")], describe) is None


def test_notes_of_a_model_take_the_place_of_those_by_rule() -> None:
    found = compaction(TALK, describe, kept=0)
    assert found is not None
    content = found.messages(WIDE, ["total is called in d.py too"])[1].content
    assert "- total is called in d.py too" in content and "I rename it" not in content


def test_it_is_kept_within_its_room_and_constraints_stay_to_the_end() -> None:
    long = "Please look at everything. " * 60 + "Never touch b.py. " + "Thank you very much. " * 60
    digest = Digest(
        "go on",
        (long,),
        tuple(f"note {number}" for number in range(8)),
        tuple((f"src/file_{number}.py", "read") for number in range(24)),
        tuple((f"make {number}", "exit status 0") for number in range(5)),
    )
    for tokens in (400, 250):
        room = Room(tokens, 1 << 30)
        text = render(digest, room)
        assert room.holds(text) and "Never touch b.py." in text and "file_23.py: read" in text
    assert "- and 12 before\n- src/file_12.py" in render(digest, Room(350, 1 << 30))
    assert render(Digest("go on"), WIDE) == ""
