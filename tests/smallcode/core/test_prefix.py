"""What two prompts in a row have in common, and what was lost between them."""

from smallcode.core.prefix import PrefixMeter
from smallcode.messages import Message, ToolCall

SYSTEM = Message("system", "s" * 400)
TASK = Message("user", "fix it")
CALL = Message("assistant", "", (ToolCall("1", "read_file", {"path": "a.py"}),))
RESULT = Message("tool", "r" * 1000, tool_call_id="1")
TOOLS = [{"name": "read_file"}]


def test_a_prompt_that_goes_on_has_all_of_the_one_before() -> None:
    meter = PrefixMeter()
    first = [SYSTEM, TASK]
    assert meter.next(first, first, TOOLS).common == 0
    meter.counted(100)
    second = [*first, CALL, RESULT]
    seen = meter.next(second, second, TOOLS)
    assert 0 < seen.common < 0.5 and seen.avoidable == 0 and seen.least == 100


def test_words_for_one_request_alone_are_no_loss() -> None:
    meter = PrefixMeter()
    lasting = [SYSTEM, TASK]
    told = Message("user", "fix it\n\nThe list: a.py, b.py and c.py are left.")
    meter.next(lasting, [SYSTEM, told], TOOLS)
    meter.counted(120)
    seen = meter.next([*lasting, CALL, RESULT], [*lasting, CALL, RESULT], TOOLS)
    assert seen.avoidable == 0 and 80 < seen.least < 120


def test_what_is_lost_is_avoidable_unless_it_was_declared() -> None:
    stub = Message("tool", "[left out]", tool_call_id="1")
    answer = Message("assistant", "done")
    for declared in (False, True):
        meter = PrefixMeter()
        whole = [SYSTEM, TASK, CALL, RESULT]
        meter.next(whole, whole, TOOLS)
        meter.counted(400)
        if declared:
            meter.declare()
        cut = [SYSTEM, TASK, CALL, stub, answer]
        seen = meter.next(cut, cut, TOOLS)
        assert (seen.avoidable > 0.5) == (not declared) and seen.least == 0
        assert meter.next([*cut, TASK], [*cut, TASK], TOOLS).avoidable == 0, "it is told once"


def test_other_tools_are_another_prompt_from_the_start() -> None:
    meter = PrefixMeter()
    meter.next([SYSTEM, TASK], [SYSTEM, TASK], TOOLS)
    seen = meter.next([SYSTEM, TASK], [SYSTEM, TASK], [{"name": "write_file"}])
    assert seen.common < 0.05 and seen.avoidable > 0.9
