"""Who answers permission requests where the user has said yes to all of them beforehand."""

from __future__ import annotations

from ..ports import Outcome, PermissionRequest


class AllowInside:
    """Allows shell commands and edits inside the workspace; whatever needs a person's answer is refused."""

    async def ask(self, request: PermissionRequest) -> Outcome:
        allowed = request.kind in ("shell", "edit") and not request.protected
        return "allow_once" if allowed else "deny"
