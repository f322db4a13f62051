"""A pure call that was just answered is answered from memory, as long as nothing may have changed."""

from __future__ import annotations

import json
from collections import OrderedDict

from ..messages import ToolResult
from ..ports import PlannedCall
from .base import Allow, Given, Governor, Reuse, Verdict

WINDOW = 5
"""Different calls that are remembered."""

NOTE = (
    "[This is the same call as before: nothing was changed since, so this is the same result again. Go on "
    "with the next step.]"
)


class Dedup(Governor):
    """The whole result is given again and not only a word about it, because the earlier one may have left
    the prompt. Failures are not kept: what was in the way may be gone."""

    name = "dedup"

    def __init__(self, given: Given | None = None) -> None:
        super().__init__(given)
        self._kept: OrderedDict[str, tuple[str, ToolResult]] = OrderedDict()

    def before_call(self, planned: PlannedCall) -> Verdict:
        kept = self._kept.get(_key(planned)) if planned.pure else None
        if kept is None or kept[0] != planned.stamp:
            return Allow()
        return Reuse(kept[1], NOTE)

    def after_call(self, planned: PlannedCall, result: ToolResult) -> str:
        if planned.pure and result.ok:
            key = _key(planned)
            self._kept[key] = (planned.stamp, result)
            self._kept.move_to_end(key)
            while len(self._kept) > WINDOW:
                self._kept.popitem(last=False)
        return ""


def _key(planned: PlannedCall) -> str:
    arguments = dict(planned.call.arguments)
    if planned.path and "path" in arguments:
        arguments["path"] = planned.path
    return json.dumps([planned.call.name, arguments], sort_keys=True, default=str)
