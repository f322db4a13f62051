"""When a failed command is explained, by rule or by a question."""

from __future__ import annotations

import pytest

from smallcode.core.diagnosis import Question
from smallcode.governors.base import Advice, Consult, Given
from smallcode.governors.diagnosis import ErrorDiagnosis
from smallcode.messages import ToolCall, ToolResult
from smallcode.ports import PlannedCall

TRACEBACK = """Traceback (most recent call last):
  File "/w/a.py", line 3, in f
    x
NameError: name 'x' is not defined"""
UNKNOWN = "exit status 3\n\nthe frobnicator could not be reticulated because of a reason that no rule knows\n"
LINE = "[ERROR-DIAGNOSIS] NameError in a.py, line 3: name 'x' is not defined."


@pytest.mark.parametrize(
    ("category", "ok", "output", "expected"),
    [
        ("run", False, TRACEBACK, LINE),
        ("run", True, TRACEBACK, ""),
        ("read", False, TRACEBACK, ""),
        ("run", False, "exit status 1\n\n(no output)", ""),
        ("run", False, UNKNOWN, Consult("diagnosis", Question("make it", UNKNOWN))),
    ],
)
def test_advice(category: str, ok: bool, output: str, expected: Advice) -> None:
    planned = PlannedCall(ToolCall("1", "bash", {}), category, pure=False, command="make it")
    advice = ErrorDiagnosis(Given(root="/w")).after_call(planned, ToolResult("1", ok, output))
    if isinstance(expected, str) and expected:
        assert isinstance(advice, str) and advice.startswith(expected)
    else:
        assert advice == expected
