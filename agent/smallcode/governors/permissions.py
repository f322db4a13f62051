"""What needs a permission runs after it was given."""

from __future__ import annotations

from ..ports import PlannedCall
from .base import Allow, Ask, Governor, Verdict


class Permissions(Governor):
    """Asks for what the tool says that the call needs; who answers, a rule or a person, is the approver's
    business."""

    name = "permissions"

    def before_call(self, planned: PlannedCall) -> Verdict:
        return Allow() if planned.permission is None else Ask(planned.permission)
