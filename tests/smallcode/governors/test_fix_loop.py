import pytest

from smallcode.governors.base import Allow, Stop
from smallcode.governors.fix_loop import FixLoop
from smallcode.messages import FileDiff, Missed, Problem, ToolCall, ToolResult
from smallcode.ports import PlannedCall

MISS = ToolResult("1", False, "not found", missed=Missed("a.py", 400))
BROKEN = ToolResult("1", True, "changed", (FileDiff("a.py", "…"),), (Problem("a.py", 4, "invalid syntax"),))
GOOD = ToolResult("1", True, "changed", (FileDiff("a.py", "…"),))
REFUSED = ToolResult("1", False, "a.py was not read yet")
ELSEWHERE = ToolResult("1", True, "changed", (FileDiff("b.py", "…"),))


def planned(category: str = "write", path: str = "a.py") -> PlannedCall:
    return PlannedCall(ToolCall("1", "patch", {"path": path}), category, pure=False)


def play(*results: ToolResult) -> FixLoop:
    governor = FixLoop()
    for result in results:
        governor.after_call(planned(), result)
    return governor


@pytest.mark.parametrize(
    ("results", "shift"),
    [
        ((), 0.0),
        ((MISS,), -0.15),
        ((MISS, MISS), 0.15),
        ((MISS, MISS, MISS), 0.0),
        ((BROKEN,), -0.15),
        ((BROKEN, GOOD), 0.0),
        ((MISS, REFUSED), 0.0),
        ((MISS, ELSEWHERE, MISS), 0.15),
    ],
)
def test_the_temperature_of_the_next_request(results: tuple[ToolResult, ...], shift: float) -> None:
    assert play(*results).temperature_shift == shift


def test_the_second_failure_of_the_same_gets_a_hint() -> None:
    governor = play(BROKEN)
    assert "Read the whole function in a.py" in governor.after_call(planned(), BROKEN)
    assert governor.after_call(planned(), GOOD) == ""
    assert governor.after_call(planned(), BROKEN) == ""


def test_reading_changes_nothing() -> None:
    governor = play(MISS)
    assert governor.after_call(planned("read"), GOOD) == ""
    assert governor.temperature_shift == -0.15


@pytest.mark.parametrize(
    ("results", "stops"),
    [
        ([MISS] * 5, False),
        ([MISS] * 6, True),
        ([BROKEN] * 6, True),
        ([MISS] * 5 + [GOOD] + [MISS] * 5, False),
        ([MISS, REFUSED, REFUSED, REFUSED, REFUSED, MISS, MISS], False),
        ([MISS, REFUSED, REFUSED, REFUSED, REFUSED, MISS, MISS, MISS], True),
        ([REFUSED] * 20, False),
    ],
)
def test_the_turn_is_stopped_at_the_next_call(results: list[ToolResult], stops: bool) -> None:
    verdict = play(*results).before_call(planned())
    if stops:
        assert isinstance(verdict, Stop)
        assert verdict.take_back
        assert "edits of a.py failed in a row" in verdict.why
    else:
        assert verdict == Allow()


def test_files_are_counted_apart() -> None:
    several = ToolResult(
        "1",
        True,
        "changed",
        (FileDiff("a.py", "…"), FileDiff("b.py", "…")),
        (Problem("b.py", 1, "invalid syntax"),),
    )
    governor = play(MISS, several)
    assert governor.after_call(planned(), MISS) == ""
    assert "b.py" in governor.after_call(planned(path="b.py"), several)
