"""Figures of a session as events carry them, and as text, for prompts of every kind."""

from __future__ import annotations

from collections.abc import Mapping

from ..events import BudgetInfo, BudgetPart, UsageInfo
from .budget import Budget, Part
from .budget_report import BudgetReport, BudgetRow, bar, render_report, report_of


def budget_info(budget: Budget, asked: int | None, used: Mapping[Part, int]) -> BudgetInfo:
    """``asked`` is the window that the server was asked for, ``used`` the tokens of each part."""
    report = report_of(budget, used)
    return BudgetInfo(
        window=report.window,
        asked_window=asked,
        used=report.used,
        free=max(0, budget.prompt - report.used),
        parts=[BudgetPart(name=row.name, cap=row.cap, used=row.used) for row in report.rows],
    )


def budget_text(info: BudgetInfo) -> str:
    """A line for the window, one with a bar for each part, and what was asked for where that is another
    window."""
    rows = tuple(BudgetRow(part.name, part.cap, part.used) for part in info.parts)
    text = render_report(BudgetReport(info.window, rows))
    if info.asked_window is None or info.asked_window == info.window:
        return text
    return f"{text}\nThe server gives {info.window:,} tokens; {info.asked_window:,} were asked for."


def usage_text(name: str, usage: UsageInfo) -> str:
    """What prompts came to: a bar of the part that came from the cache, and what was read and written."""
    cached = max(0, usage.prompt_tokens - usage.uncached_tokens)
    share = 100 * cached // max(usage.prompt_tokens, 1)
    requests = "1 request" if usage.requests == 1 else f"{usage.requests:,} requests"
    by = "" if usage.cached_tokens is not None else ", by what the prompts have in common"
    filled = bar(cached, usage.prompt_tokens)
    lines = [
        f"{name}: {requests}",
        f"  prompt    {filled} {usage.prompt_tokens:>9,}, {share} % from the cache{by}",
        f"  read      {usage.uncached_tokens:>32,}",
        f"  again     {usage.avoidable_tokens:>32,}, without need",
        f"  written   {usage.completion_tokens:>32,}",
    ]
    return "\n".join(lines)
