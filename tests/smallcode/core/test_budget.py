"""How a window is divided."""

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from smallcode.core.budget import CAPS, PARTS, Budget, answer_tokens, fixed_tokens, unasked
from smallcode.core.budget_report import (
    BAR_WIDTH,
    BudgetReport,
    BudgetRow,
    render_report,
    report_of,
    used_by_part,
)
from smallcode.core.tokens import TOKENS_FOR_TOOLS, TOKENS_PER_MESSAGE
from smallcode.errors import WindowTooSmall
from smallcode.messages import Message, ToolCall
from smallcode.settings import SMALLEST_WINDOW

WINDOWS = st.integers(min_value=SMALLEST_WINDOW, max_value=300_000)
ANSWERS = st.none() | st.integers(min_value=64, max_value=40_000)
FIXED = st.integers(min_value=0, max_value=1_500)
KINDS = [cap.kind for cap in CAPS]


@pytest.mark.parametrize(
    ("window", "most", "answer"),
    [
        (4096, None, 1024),
        (8192, None, 2048),
        (16384, None, 4096),
        (16384, 2000, 2000),
        (4096, 512, 512),
        (131072, None, 32768),
    ],
)
def test_the_answer_has_a_quarter(window: int, most: int | None, answer: int) -> None:
    assert answer_tokens(window, most) == answer
    assert Budget.of(window, most, 900).answer == answer


@given(WINDOWS, ANSWERS, FIXED)
def test_the_parts_fit_the_window_and_have_their_floors(window: int, answer: int | None, fixed: int) -> None:
    budget = Budget.of(window, answer, fixed)
    assert budget.answer + budget.fixed + sum(budget.parts.values()) <= window
    assert budget.prompt == window - budget.answer
    for part in PARTS:
        assert budget.parts[part.name] >= part.floor
    for cap in CAPS:
        assert 0 < budget.cap(cap.kind) <= budget.parts[cap.part]
        assert budget.room(cap.kind, 100).chars == 100


@given(WINDOWS, WINDOWS, ANSWERS, FIXED)
def test_a_larger_window_takes_nothing_away(one: int, other: int, answer: int | None, fixed: int) -> None:
    small = Budget.of(min(one, other), answer, fixed)
    large = Budget.of(max(one, other), answer, fixed)
    assert all(small.parts[name] <= large.parts[name] for name in small.parts)
    assert all(small.cap(kind) <= large.cap(kind) for kind in KINDS)
    assert small.answer <= large.answer


@given(WINDOWS, FIXED, FIXED)
def test_a_larger_fixed_part_gives_nothing(window: int, one: int, other: int) -> None:
    lean, heavy = Budget.of(window, None, min(one, other)), Budget.of(window, None, max(one, other))
    assert all(lean.cap(kind) >= heavy.cap(kind) for kind in KINDS)


@pytest.mark.parametrize("window", [0, 512, 2048, SMALLEST_WINDOW - 1])
def test_a_window_that_is_too_small_is_named_with_the_remedy(window: int) -> None:
    with pytest.raises(WindowTooSmall, match=f"{window:,} tokens is too small.*4,096.*num_ctx"):
        Budget.of(window, None, 0)


@given(WINDOWS, st.integers(min_value=0, max_value=400_000))
def test_a_fixed_part_that_leaves_no_room_is_named(window: int, fixed: int) -> None:
    assume(window - answer_tokens(window) - fixed < sum(part.floor for part in PARTS))
    with pytest.raises(WindowTooSmall, match="system prompt and the tools"):
        Budget.of(window, None, fixed)


def test_before_the_window_is_known_the_setting_bounds() -> None:
    """8,000 characters are some 2,400 tokens."""
    assert min(unasked().cap(kind) for kind in ("read", "search", "command", "change", "listing")) > 2400


def test_what_is_used_by_part() -> None:
    call = ToolCall("1", "read_file", {"path": "a.py"})
    run = ToolCall("2", "bash", {"command": "ls"})
    messages = [
        Message("system", "s" * 1000),
        Message("user", "first"),
        Message("assistant", "", (call, run)),
        Message("tool", "x" * 100, tool_call_id="1"),
        Message("tool", "y" * 10, tool_call_id="2"),
        Message("assistant", "done"),
        Message("user", "second one"),
        Message("user", "a reminder", by_harness=True),
    ]
    used = used_by_part(messages, {"read_file"}, len)
    assert used["files"] == 100 + 5
    assert used["task"] == len("second one") + 5
    assert used["plan"] == 0
    calls = len(str(call.arguments)) + len(str(run.arguments)) + 2 * 12
    texts = len("first") + 10 + len("done") + len("a reminder")
    assert used["history"] == texts + calls + 5 * 5


def test_the_report_for_people() -> None:
    report = report_of(Budget.of(8192, None, 950), {"task": 12, "files": 4000, "history": 0})
    assert (report.window, report.used) == (8192, 950 + 12 + 4000)
    first, *rows = render_report(report).split("\n")
    assert first == "4,962 of 8,192 tokens are used (60 %)"
    assert rows == [
        "fixed   [████████████████████]     950 of 950",
        "task    [▏                   ]      12 of 1,051",
        "plan    [                    ]       0 of 262",
        "files   [████████████████████]   4,000 of 2,302",
        "history [                    ]       0 of 1,577",
        "answer  [                    ]       0 of 2,048",
    ]


@given(st.integers(min_value=0, max_value=10**7), st.integers(min_value=0, max_value=10**6))
def test_a_bar_is_always_as_wide(used: int, cap: int) -> None:
    _, row = render_report(BudgetReport(8192, (BudgetRow("files", cap, used),))).split("\n")
    bar = row.partition("[")[2].partition("]")[0]
    assert len(bar) == BAR_WIDTH
    assert bool(bar.strip()) == (used > 0)


def test_the_fixed_part_is_the_system_prompt_and_the_tools() -> None:
    tools = [{"function": {"name": "ls"}}]
    assert fixed_tokens("one two", [], len) == 7 + TOKENS_PER_MESSAGE
    with_tools = fixed_tokens("one two", tools, len)
    assert with_tools == 7 + TOKENS_PER_MESSAGE + len(json.dumps(tools[0])) + TOKENS_FOR_TOOLS
