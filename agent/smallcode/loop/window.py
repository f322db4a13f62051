"""Suit a turn to the window that its model's server gives."""

from __future__ import annotations

from dataclasses import replace

from ..core import prompt
from ..core.budget import Budget, fixed_tokens
from ..ports import ModelInfo
from ..tools.offering import fitting
from .turn import TurnState


def divide(turn: TurnState, info: ModelInfo) -> None:
    """The system message, the tools and the division of the window; nothing where they are in force already.
    Raises WindowTooSmall."""
    context, measure = turn.context, turn.context.budget.measure
    if turn.divided == (info.window, info.profile.family):
        return
    turn.messages[0] = prompt.for_profile(turn.messages[0], info.profile)
    tools = fitting(turn.tools, info.window)
    if turn.divided is not None and tools != turn.tools:
        turn.prefix.declare()
    turn.tools = tools
    fixed = fixed_tokens(turn.messages[0].content, [tool.schema for tool in turn.tools], measure)
    budget = Budget.of(info.window, context.settings.max_answer_tokens, fixed, measure)
    turn.context = replace(context, profile=info.profile, budget=budget)
    turn.divided = (info.window, info.profile.family)
