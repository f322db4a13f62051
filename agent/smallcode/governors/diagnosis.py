"""A failed command's output in one line: what kind of error, where, and what to do."""

from __future__ import annotations

from ..core.diagnosis import Question, diagnose, render
from ..messages import ToolResult
from ..ports import PlannedCall
from .base import Advice, Consult, Governor

PROMPT = "diagnosis"

SHORTEST_OUTPUT = 80
"""Characters; less says all by itself, and is worth no question."""


class ErrorDiagnosis(Governor):
    """By rule where one fits; else a micro-prompt is asked, where the turn may."""

    name = "error diagnosis"

    def after_call(self, planned: PlannedCall, result: ToolResult) -> Advice:
        if planned.category != "run" or result.ok or planned.reused:
            return ""
        found = diagnose(result.content)
        if found is not None:
            return render(found, self.given.root)
        if len(result.content) < SHORTEST_OUTPUT:
            return ""
        return Consult(PROMPT, Question(planned.command, result.content))
