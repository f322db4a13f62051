"""Who answers when something needs a permission: the user's rules, or a fixed answer."""

from __future__ import annotations

from ..ports import Approver, Outcome, PermissionKind, PermissionRequest
from ..settings import Policy


class FixedApprover:
    """Always the same answer; ``asked`` lists what it was asked, oldest first."""

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self.asked: list[PermissionRequest] = []

    async def ask(self, request: PermissionRequest) -> Outcome:
        self.asked.append(request)
        return self._outcome


class PolicyApprover:
    """The user's rules before the person: deny, then ask, then allow.

    ``inner`` is asked where no rule and no earlier "always" answers, and for every protected request that is
    not denied. Kinds without a policy are asked. What "always" was said to lasts as long as this object.
    """

    def __init__(self, inner: Approver, *, shell: Policy, edit: Policy) -> None:
        self._inner = inner
        self._policies: dict[PermissionKind, Policy] = {"shell": shell, "edit": edit}
        self._always: set[tuple[PermissionKind, str]] = set()

    def configure(self, *, shell: Policy, edit: Policy) -> None:
        """Other rules from now on; what "always" was said to stays."""
        self._policies = {"shell": shell, "edit": edit}

    async def ask(self, request: PermissionRequest) -> Outcome:
        policy = self._policies.get(request.kind, "ask")
        if policy == "deny":
            return "deny"
        if request.protected:
            return await self._inner.ask(request)
        if policy == "allow":
            return "allow_once"
        if self._always & {(request.kind, request.subject), (request.kind, "")}:
            return "allow_always"
        outcome = await self._inner.ask(request)
        if outcome == "allow_always":
            self._always.add((request.kind, request.subject))
        return outcome
