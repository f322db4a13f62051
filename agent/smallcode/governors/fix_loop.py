"""Edits that fail again and again: first another try, then a smaller step, then another way, then the end."""

from __future__ import annotations

from collections import defaultdict

from ..core.fixing import Decision, Failure, FileRecord, decide, missed, refused, with_errors
from ..messages import Problem, ToolResult
from ..ports import PlannedCall
from .base import Allow, Given, Governor, Stop, Verdict


class FixLoop(Governor):
    """Counts by file; what it decides is core.fixing's. A turn that it stops may be taken back."""

    name = "fix loop"

    def __init__(self, given: Given | None = None) -> None:
        super().__init__(given)
        self._files: dict[str, FileRecord] = {}
        self._shift = 0.0
        self._stop = ""

    @property
    def temperature_shift(self) -> float:
        return self._shift

    def before_call(self, planned: PlannedCall) -> Verdict:
        return Stop(self._stop, take_back=True) if self._stop else Allow()

    def after_call(self, planned: PlannedCall, result: ToolResult) -> str:
        if planned.category != "write":
            return ""
        self._shift = 0.0
        decisions = self._decisions(planned, result)
        for path, decision in decisions:
            self._files[path] = decision.record
            self._shift = self._shift or decision.shift
            self._stop = self._stop or decision.stop
        return "\n".join(decision.hint for _, decision in decisions if decision.hint)

    def _decisions(self, planned: PlannedCall, result: ToolResult) -> list[tuple[str, Decision]]:
        """One for each file that the call was about."""
        if result.missed is not None:
            return [self._decided(result.missed.path, missed(result.missed.lines))]
        broken: dict[str, list[Problem]] = defaultdict(list)
        for problem in result.problems:
            broken[problem.path].append(problem)
        decisions = [self._decided(path, with_errors(problems)) for path, problems in broken.items()]
        clean = [diff.path for diff in result.diffs if diff.path not in broken]
        decisions += [self._decided(path, None) for path in clean]
        path = planned.call.arguments.get("path")
        if not decisions and not result.ok and isinstance(path, str) and path in self._files:
            return [(path, Decision(refused(self._files[path])))]
        return decisions

    def _decided(self, path: str, failure: Failure | None) -> tuple[str, Decision]:
        return path, decide(path, self._files.get(path, FileRecord()), failure)
