"""Faults of the server while it answers. Its other ways (window, template, cache) are settings of a run."""

from __future__ import annotations

from dataclasses import replace

from ..action import Reply
from ..rates import SERVER_FAULTS_IN_A_ROW
from .base import Fault, Moment

OUTAGES = ("500", "drop", "stall")


def server_fault(reply: Reply, moment: Moment) -> Reply | None:
    """An internal error, a stream that breaks off, or one that falls silent and then breaks off."""
    return replace(reply, outage=moment.choose(OUTAGES))


def _nothing_to_see(text: str, moment: Moment) -> bool:
    """A model does not see that its server failed: the next attempt is a new one."""
    return False


FAULTS = (Fault("server_fault", server_fault, _nothing_to_see, SERVER_FAULTS_IN_A_ROW, outage=True),)
