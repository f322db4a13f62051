"""Those who watch."""

from __future__ import annotations

from typing import Protocol

from ..events import Event


class Listener(Protocol):
    """Sees every event of every turn of a session; cannot alter the flow. Must not raise."""

    def on_event(self, turn_id: str, event: Event) -> None: ...
