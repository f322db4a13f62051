"""For models that were taught no form of calls: short signatures, and JSON in a fence."""

from __future__ import annotations

from collections.abc import Sequence

from ...messages import ToolCall
from .words import CALL_WHEN_NEEDED, Dialect, ToolSchema, call_object, signatures, to_json


def _tools(tools: Sequence[ToolSchema]) -> str:
    return (
        f"# Tools\n\n{signatures(tools)}\n\n(? marks what may be left out.) {CALL_WHEN_NEEDED} To call one, "
        'end your answer with this, and nothing after it:\n```json\n{"name": "TOOL", "arguments": {…}}\n```'
    )


def _calls(calls: Sequence[ToolCall]) -> str:
    return "\n".join(f"```json\n{to_json(call_object(call))}\n```" for call in calls)


def _result(name: str, content: str) -> str:
    return f'<result tool="{name}">\n{content}\n</result>'


FENCED = Dialect("fenced", _tools, _calls, _result)
