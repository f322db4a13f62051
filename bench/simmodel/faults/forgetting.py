"""A step that is lost sight of: the model goes on with what comes after it, and at last says it is done."""

from __future__ import annotations

from ..action import Reply
from ..intent import intent_of, progress
from .base import Fault, Moment, names

# It is no fault of one reply: as long as nothing names the step, the model does not come back to it.
PATIENCE = 12

SAYS_DONE = "I have made the changes you asked for."


def forgotten_step(reply: Reply, moment: Moment) -> Reply | None:
    """The next change instead of this one, where the task has others and work has begun; without any left,
    the end."""
    step = moment.intent.step
    changes = [one for one in moment.script.edits if one.path != step.path] if step else []
    begun = moment.view.last_change >= 0
    if step is None or not step.changes or moment.intent.why != "step" or not reply.calls or not changes:
        return None
    if not begun:
        return None
    done = progress(moment.view).done
    for later in moment.script.edits:
        if later.index > step.index and later.index not in done and later.path != step.path:
            return moment.encode(intent_of(later, moment.view).action)
    return Reply(SAYS_DONE, finish="stop", action=reply.action)


def _says_step(text: str, moment: Moment) -> bool:
    """What the model reads last names the file of the step."""
    return bool(moment.intent.action.path) and names(text, moment.intent.action.path)


FAULTS = (Fault("forgotten_step", forgotten_step, _says_step, patience=PATIENCE),)
"""Played alone only: its rate is 0."""
