"""What ``--yes`` says yes to."""

from __future__ import annotations

import pytest

from smallcode.commands.approve import AllowInside
from smallcode.ports import Outcome, PermissionKind, PermissionRequest


@pytest.mark.parametrize(
    ("kind", "protected", "expected"),
    [
        ("shell", False, "allow_once"),
        ("edit", False, "allow_once"),
        ("edit", True, "deny"),
        ("shell", True, "deny"),
        ("write_outside", False, "deny"),
        ("network", False, "deny"),
        ("mcp", False, "deny"),
        ("escalate", False, "deny"),
    ],
)
async def test_yes_allows_commands_and_edits_inside(
    kind: PermissionKind, protected: bool, expected: Outcome
) -> None:
    request = PermissionRequest(kind, "do it", "detail", protected=protected)
    assert await AllowInside().ask(request) == expected
