"""Governors that notice that a turn goes nowhere: what each says, call by call."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from smallcode.core.reply import read_task
from smallcode.core.tokens import BYTES_PER_TOKEN
from smallcode.core.trust import Trust
from smallcode.governors.base import Allow, Given, Governor, Refuse, Reuse, Stop
from smallcode.governors.dedup import NOTE, WINDOW, Dedup
from smallcode.governors.no_progress import NoProgress
from smallcode.governors.reading_on import ReadingOn
from smallcode.governors.repeated_calls import RepeatedCalls
from smallcode.governors.trust import TrustDecay
from smallcode.messages import FileDiff, ToolCall, ToolResult
from smallcode.ports import PlannedCall

CHANGE = Given(read_task("Fix total() in a.py."), ("patch", "write_file"))
QUESTION = Given(read_task("What does total() in a.py do?"), ("patch", "write_file"))
MOST_TOKENS = 80

SEEN = frozenset(str(number) for number in range(99))


def read(number: int, path: str = "a.py", stamp: str = "0") -> PlannedCall:
    call = ToolCall(str(number), "read_file", {"path": path})
    return PlannedCall(call, "read", pure=True, path=path, stamp=stamp, in_sight=SEEN)


def run(number: int, command: str) -> PlannedCall:
    call = ToolCall(str(number), "bash", {"command": command})
    return PlannedCall(call, "run", pure=False, command=command, in_sight=SEEN)


def patch(number: int) -> PlannedCall:
    arguments = {"path": "a.py", "old_str": "x", "new_str": "y"}
    return PlannedCall(
        ToolCall(str(number), "patch", arguments), "write", pure=False, path="a.py", in_sight=SEEN
    )


def gave(content: str = "text", *, ok: bool = True, changed: bool = False) -> ToolResult:
    return ToolResult("0", ok, content, (FileDiff("a.py", "…"),) if changed else ())


def play(governor: Governor, planned: PlannedCall, result: ToolResult) -> str:
    """One word for the verdict, or the hint after the call."""
    verdict = governor.before_call(planned)
    if not isinstance(verdict, Allow):
        assert isinstance(verdict, Refuse | Reuse | Stop)
        return type(verdict).__name__.lower()
    advice = governor.after_call(planned, result)
    assert isinstance(advice, str) and len(advice.encode()) <= MOST_TOKENS * BYTES_PER_TOKEN
    return advice


@pytest.mark.parametrize(
    ("planned", "result", "words"),
    [
        (read(1), gave(), ["", "same call as before", "Another way: look for", "refuse", "refuse", "stop"]),
        (
            run(1, "pytest"),
            gave("exit status 1\n\nE assert", ok=False),
            ["", "read the file that it names", "third time", "refuse", "refuse", "stop"],
        ),
        (patch(1), gave("Changed a.py", changed=True), ["", "refuse", "refuse", "refuse", "refuse", "stop"]),
        (
            patch(1),
            gave("not found", ok=False),
            ["", "same call as before", "third time", "refuse", "refuse", "stop"],
        ),
    ],
)
def test_the_same_call_again(planned: PlannedCall, result: ToolResult, words: Sequence[str]) -> None:
    governor = RepeatedCalls(CHANGE)
    for word in words:
        said = play(governor, planned, result)
        assert word in said if word else said == ""


def test_a_refusal_says_why_and_what_to_do() -> None:
    governor = RepeatedCalls(CHANGE)
    for number in range(3):
        play(governor, read(number), gave("a.py, 3 lines"))
    verdict = governor.before_call(read(3))
    assert isinstance(verdict, Refuse)
    assert "made 3 times already" in verdict.why and "a.py, 3 lines" in verdict.why
    assert "Make the change now with patch or write_file" in verdict.why


def test_the_end_names_the_call() -> None:
    governor = RepeatedCalls(CHANGE)
    for number in range(5):
        play(governor, read(number), gave())
    verdict = governor.before_call(read(5))
    assert isinstance(verdict, Stop) and "the same call 6 times (read_file a.py)" in verdict.why


@pytest.mark.parametrize(
    ("stamps", "expected"),
    [
        (["0", "0"], "reuse"),
        (["0", "1"], ""),
        (["0", "1", "1"], "reuse"),
        (["0", "1", "0"], ""),
    ],
)
def test_dedup_goes_by_the_stamp(stamps: Sequence[str], expected: str) -> None:
    governor = Dedup()
    *before, last = [read(number, stamp=stamp) for number, stamp in enumerate(stamps)]
    for planned in before:
        play(governor, planned, gave(planned.stamp))
    assert play(governor, last, gave()) == expected


def test_dedup_gives_the_whole_result_again_and_says_so() -> None:
    governor = Dedup()
    play(governor, read(1), gave("the text"))
    verdict = governor.before_call(read(2))
    assert verdict == Reuse(gave("the text"), NOTE)


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (read(1, "b.py"), read(2)),
        (run(1, "cat a.py"), run(2, "cat a.py")),
    ],
)
def test_dedup_answers_only_the_same_pure_call(first: PlannedCall, again: PlannedCall) -> None:
    governor = Dedup()
    play(governor, first, gave())
    assert governor.before_call(again) == Allow()


def test_dedup_forgets_failures_and_what_is_long_ago() -> None:
    governor = Dedup()
    play(governor, read(1), gave(ok=False))
    assert governor.before_call(read(2)) == Allow()
    for number in range(WINDOW + 1):
        play(governor, read(number, f"{number}.py"), gave())
    assert governor.before_call(read(9, "0.py")) == Allow()
    assert isinstance(governor.before_call(read(9, "1.py")), Reuse)


def test_looks_without_an_act() -> None:
    governor = ReadingOn(CHANGE)
    said = [play(governor, read(number, f"{number}.py"), gave()) for number in range(10)]
    assert said[:4] == [""] * 4 and "5 looks" in said[4] and said[5:8] == [""] * 3
    assert said[8:] == ["refuse", ""]


@pytest.mark.parametrize(
    ("given", "act"),
    [
        (QUESTION, None),
        (Given(CHANGE.task), None),
        (CHANGE, patch(9)),
        (CHANGE, run(9, "python3 -m unittest")),
    ],
)
def test_looks_that_are_no_idling(given: Given, act: PlannedCall | None) -> None:
    governor = ReadingOn(given)
    for number in range(12):
        assert play(governor, read(number, f"{number}.py"), gave()) == ""
        if act and number % 4 == 3:
            play(governor, act, gave())


def test_commands_that_look_are_looks() -> None:
    governor = ReadingOn(CHANGE)
    said = [play(governor, run(number, f"cat {number}.py"), gave()) for number in range(5)]
    assert "5 looks" in said[4]


TEXT = "\n".join(f"line {word}" for word in "abcdefghij")


def test_no_progress_is_told_twice_then_stopped() -> None:
    governor = NoProgress(CHANGE)
    ways = [run(number, f"way{number} a.py") for number in range(13)]
    said = [play(governor, planned, gave(TEXT)) for planned in ways]
    assert "last 4 calls" in said[4] and "last 7 calls" in said[7] and said[11:] == ["stop", "stop"]
    assert [word for number, word in enumerate(said[:11]) if number not in (4, 7)] == [""] * 9


@pytest.mark.parametrize(
    ("number", "result"),
    [(3, gave(TEXT, changed=True)), (3, gave(f"{TEXT}\nnew 1\nnew 2\nnew 3"))],
)
def test_news_and_changes_are_progress(number: int, result: ToolResult) -> None:
    governor = NoProgress(CHANGE)
    said = [play(governor, run(at, f"way{at}"), result if at == number else gave(TEXT)) for at in range(7)]
    assert said == [""] * 7


def test_what_left_the_prompt_is_news() -> None:
    governor = NoProgress(CHANGE)
    gone = PlannedCall(ToolCall("1", "read_file", {}), "read", pure=True, in_sight=frozenset())
    assert [play(governor, gone, gave(TEXT)) for _ in range(9)] == [""] * 9


def routed(number: int, *, core: bool = False) -> PlannedCall:
    call = ToolCall(str(number), "find_and_read", {"name": str(number)})
    return PlannedCall(call, "search", pure=True, core=core)


@pytest.mark.parametrize(
    ("core", "oks", "words"),
    [
        (False, [False] * 5, ["", "", "failed 3 times", "", "", "refuse"]),
        (False, [False, False, True, False, False], ["", "", "", "", "", "failed 3 times"]),
        (True, [False] * 6, ["", "", "failed 3 times", "", "", "", ""]),
    ],
)
def test_trust_decays(core: bool, oks: Sequence[bool], words: Sequence[str]) -> None:
    governor = TrustDecay(Given(trust=Trust()))
    for number, word in enumerate(words):
        ok = oks[number] if number < len(oks) else False
        said = play(governor, routed(number, core=core), gave(ok=ok))
        assert word in said if word else said == ""


def test_a_new_turn_gives_a_dropped_tool_one_try() -> None:
    trust = Trust()
    for _ in range(7):
        trust.note("x", ok=False)
    assert trust.standing("x") == "dropped"
    trust.begin_turn()
    assert trust.standing("x") == "demoted"
    trust.note("x", ok=False)
    assert trust.standing("x") == "dropped"
    trust.begin_turn()
    trust.note("x", ok=True)
    assert trust.standing("x") == "trusted"


def test_a_failing_command_is_no_failure_of_the_shell() -> None:
    trust = Trust()
    governor = TrustDecay(Given(trust=trust))
    for number in range(5):
        play(governor, run(number, "pytest"), gave(ok=False))
    assert trust.standing("bash") == "trusted"
