"""What the editor gives with a request, as far as it makes a vague one clear."""

from __future__ import annotations

from ..messages import Ask
from . import clarify
from .mentions import read_mentions


def vague(ask: Ask, history: bool) -> str:
    """What the user is asked where the request says too little; "" where it says enough. ``history`` is
    whether there was a turn before."""
    situation = clarify.Situation(
        selection=ask.selection is not None,
        problems=bool(ask.problems),
        open_file=ask.active_path is not None,
        pointed=bool(ask.mentions or read_mentions(ask.prompt)),
        images=bool(ask.images),
        history=history,
    )
    return clarify.question(ask.prompt, situation)
