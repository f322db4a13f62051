"""The plan with its marks; where there is none yet and the task has several steps, the request for one."""

from __future__ import annotations

from .. import plan
from .base import Reminder, Standing


def _text(standing: Standing) -> str:
    if standing.plan is not None:
        return plan.anchor(standing.plan, standing.budget.measure, standing.budget.cap("plan"))
    return plan.WANTED if standing.plan_wanted else ""


PLAN = Reminder(plan.FEATURE, _text)
