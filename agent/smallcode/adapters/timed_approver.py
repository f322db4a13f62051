"""How long a session waits for the person it asks."""

from __future__ import annotations

from ..ports import Approver, Clock, Outcome, PermissionRequest


class TimedApprover:
    """Passes requests on; ``seconds`` is how long all of them took, so that a turn's time limit can leave
    that out."""

    def __init__(self, inner: Approver, clock: Clock) -> None:
        self._inner = inner
        self._clock = clock
        self.seconds = 0.0

    async def ask(self, request: PermissionRequest) -> Outcome:
        begun = self._clock.monotonic()
        try:
            return await self._inner.ask(request)
        finally:
            self.seconds += self._clock.monotonic() - begun
