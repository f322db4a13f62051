"""Whatever a tool returns fits its cap in tokens."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smallcode.core.budget import Kind
from smallcode.ports import ShellResult
from smallcode.tools.bash import _report as bash_report

# Digits, random letters and other scripts cost most tokens a character; code least.
WORDS = st.sampled_from(
    ["def total(self):", "    return 1", "8401729365", "qZx9Kp", "数据结构", "😀", "\t\t", "x" * 400,
     "needle", "class Cart:", "{", "}", "# needle", ""]
)  # fmt: skip
LINES = st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=40).map(lambda lines: lines * 25)
NAMES = st.lists(
    st.sampled_from(["src", "tests", "数据", "8401729365", "a-very-long-name-of-a-folder"]), max_size=4
).map("/".join)
FILES = st.tuples(LINES, st.lists(NAMES, max_size=60).map(lambda names: names * 5))
CALLS: list[tuple[Kind, str, dict[str, Any]]] = [
    ("read", "read_file", {"path": "f.py"}),
    ("read", "read_file", {"path": "f.py", "start_line": 2}),
    ("search", "search", {"pattern": "needle"}),
    ("search", "search", {"pattern": "e", "regex": True}),
    ("listing", "find_files", {"pattern": ""}),
]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call[1]} {call[2]}")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=FILES, window=st.sampled_from([4096, 6144, 8192, 32768]))
async def test_every_result_fits(
    project: Any, call: tuple[Kind, str, dict[str, Any]], files: tuple[list[str], list[str]], window: int
) -> None:
    kind, name, arguments = call
    lines, folders = files
    others = {f"{folder or 'top'}/g{n}.py": "needle\n" for n, folder in enumerate(folders)}
    turn = project({"f.py": "\n".join(["needle = 1", "2", *lines]), **others}).ask("needle", window)
    output = await turn.run(name, **arguments)
    assert output.ok
    assert turn.context.budget.room(kind, 8000).holds(output.content)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES, notes=st.lists(WORDS, max_size=3), window=st.sampled_from([4096, 8192, 32768]))
def test_every_report_of_a_command_fits(
    project: Any, lines: list[str], notes: list[str], window: int
) -> None:
    turn = project({}).ask("", window)
    room = turn.context.budget.room("command", 8000)
    result = ShellResult(3, "\n".join(lines), False, ".", tuple(notes))
    told = bash_report(result, 30, room)
    assert room.holds(told)
    assert told.startswith("exit status 3\n")
