"""Figures of a session as a person reads them."""

from smallcode.core.reports import budget_text, usage_text
from smallcode.events import BudgetInfo, BudgetPart, UsageInfo
from smallcode.messages import Usage

PARTS = [
    BudgetPart(name="fixed", cap=952, used=952),
    BudgetPart(name="files", cap=2000, used=500),
    BudgetPart(name="answer", cap=2048, used=0),
]


def test_the_budget_has_a_bar_for_each_part() -> None:
    info = BudgetInfo(window=8192, used=1452, free=4692, parts=PARTS)
    assert budget_text(info).splitlines() == [
        "1,452 of 8,192 tokens are used (17 %)",
        "fixed  [████████████████████]     952 of 952",
        "files  [█████               ]     500 of 2,000",
        "answer [                    ]       0 of 2,048",
    ]


def test_the_window_that_was_asked_for_is_told_where_it_is_another() -> None:
    info = BudgetInfo(window=4096, asked_window=16384, used=1452, free=0, parts=PARTS)
    assert budget_text(info).endswith("The server gives 4,096 tokens; 16,384 were asked for.")
    same = info.model_copy(update={"asked_window": 4096})
    assert "asked for" not in budget_text(same)


def test_usage_tells_what_came_from_the_cache_and_what_was_read_again() -> None:
    told = usage_text("session", UsageInfo.of(Usage(10_000, 7_500, 320, 9, 0, 40)))
    assert "session: 9 requests" in told
    assert "[███████████████     ]    10,000, 75 % from the cache" in told
    assert "read" in told and "2,500" in told and "40, without need" in told and "320" in told
    by_prefix = usage_text("last turn", UsageInfo.of(Usage(1_000, None, 10, 1, 500)))
    assert "last turn: 1 request\n" in by_prefix
    assert "50 % from the cache, by what the prompts have in common" in by_prefix
