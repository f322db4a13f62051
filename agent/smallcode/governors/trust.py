"""A tool that fails again and again is spoken of, then refused."""

from __future__ import annotations

from ..core.trust import DEMOTED_AT
from ..messages import ToolResult
from ..ports import PlannedCall
from .base import Allow, Governor, Refuse, Verdict

DEMOTED = (
    "[{tool} has failed {count} times in a row. Do not call it again in the same way: use another tool.]"
)
DROPPED = (
    "{tool} did not run: it has failed too often in this session and is not to be used any more. Use another "
    "tool."
)


class TrustDecay(Governor):
    """Core tools are never refused, for nothing else does their work. That a command ends with an error is
    no failure of the shell. What is dropped leaves the list of tools where the prompt breaks anyway."""

    name = "trust decay"

    def before_call(self, planned: PlannedCall) -> Verdict:
        dropped = not planned.core and self.given.trust.standing(planned.call.name) == "dropped"
        return Refuse(DROPPED.format(tool=planned.call.name)) if dropped else Allow()

    def after_call(self, planned: PlannedCall, result: ToolResult) -> str:
        if planned.category == "run":
            return ""
        failures = self.given.trust.note(planned.call.name, ok=result.ok)
        if failures != DEMOTED_AT:
            return ""
        return DEMOTED.format(tool=planned.call.name, count=failures)
