"""Figures of a turn as events carry them."""

from __future__ import annotations

from collections.abc import Mapping

from .. import events as ev
from ..core.budget import Budget, Part
from ..core.budget_report import report_of


def budget_info(budget: Budget, asked: int | None, used: Mapping[Part, int]) -> ev.BudgetInfo:
    report = report_of(budget, used)
    return ev.BudgetInfo(
        window=report.window,
        asked_window=asked,
        used=report.used,
        free=max(0, budget.prompt - report.used),
        parts=[ev.BudgetPart(name=row.name, cap=row.cap, used=row.used) for row in report.rows],
    )
