"""Suit a turn to its model: the system message, the tools that are offered, and the window divided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..core import prompt
from ..core.budget import Budget, fixed_tokens
from ..ports import ModelInfo
from ..tools.base import Tool
from .turn import TurnState


async def suit_to_model(turn: TurnState) -> None:
    """Before the first request of a turn. Raises ModelError, WindowTooSmall."""
    info = await turn.client.info()
    turn.messages[0] = prompt.for_profile(turn.messages[0], info.profile)
    if turn.routing is not None:
        turn.offering.route(turn.routing.category, turn.ask.prompt, turn.registry)
    _offer(turn, info)


async def widen(turn: TurnState) -> None:
    """The prefix of the prompt breaks here anyway, so that tools which are due can be offered. Raises
    ModelError, WindowTooSmall."""
    if turn.offering.widen():
        _offer(turn, await turn.client.info())


def hint(turn: TurnState) -> str:
    """What the newest message says of tools that are due; "" where there is nothing to say."""
    if turn.routing is None:
        return ""
    return turn.offering.hint(turn.routing.category, turn.registry, turn.context.budget.measure)


def _offer(turn: TurnState, info: ModelInfo) -> None:
    context, measure = turn.context, turn.context.budget.measure
    system = turn.messages[0].content

    def fixed(tools: Sequence[Tool]) -> int:
        return fixed_tokens(system, [tool.schema for tool in tools], measure)

    turn.tools = turn.offering.tools(turn.registry, info.window, fixed)
    budget = Budget.of(info.window, context.settings.max_answer_tokens, fixed(turn.tools), measure)
    turn.context = replace(context, profile=info.profile, budget=budget)
