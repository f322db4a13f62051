"""The reminders, in the order in which they stand at the end of a request; one file each."""

from __future__ import annotations

from collections.abc import Collection

from .base import Reminder, Standing
from .files import FILES
from .plan import PLAN

# The plan is last: what is to be done next is what the model reads last.
ALL: tuple[Reminder, ...] = (FILES, PLAN)


def reminders(standing: Standing, disable: Collection[str] = ()) -> str:
    """What the request ends with; "" for nothing."""
    texts = (one.text(standing) for one in ALL if one.feature not in disable)
    return "\n\n".join(text for text in texts if text)


__all__ = ["ALL", "Reminder", "Standing", "reminders"]
