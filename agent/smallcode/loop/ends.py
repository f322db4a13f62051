"""The ends of a turn that nobody asked for: hard limits and stops, each told honestly."""

from __future__ import annotations

from .. import events as ev
from ..core.evidence import summary
from ..core.file_list import files_left
from .turn import TurnState

STOP_REMEDY = "Ask in other words or for a smaller step, or take another model."


def limit_reached(turn: TurnState) -> bool:
    """Whether a hard limit other than that of steps is reached; then the turn's ending is set."""
    settings = turn.context.settings
    seconds = turn.clock.monotonic() - turn.started - turn.waited()
    spent = turn.usage.prompt_tokens + turn.usage.completion_tokens
    for code, name, limit, reached in (
        ("CallLimit", "tool calls", settings.max_calls, turn.calls),
        ("TimeLimit", "seconds", settings.max_seconds, seconds),
        ("TokenLimit", "turn tokens", settings.max_turn_tokens, spent),
    ):
        if reached >= limit:
            setting = f"max_{name.replace(' ', '_').removeprefix('tool_')}"
            end_by_limit(turn, code, f"{limit:g} {name}", setting)
            return True
    return False


def end_by_limit(turn: TurnState, code: str, limit: str, setting: str) -> None:
    turn.stop_reason = "step_limit"
    turn.error = ev.ErrorInfo(
        code=code,
        message=_with_summary(turn, f"The turn was ended after {limit}."),
        remedy=f"Ask to go on, or raise {setting}.",
    )


def stopped(turn: TurnState, why: str) -> None:
    """A governor ended the turn."""
    turn.stop_reason = "stopped"
    turn.error = ev.ErrorInfo(code="Stopped", message=_with_summary(turn, why), remedy=STOP_REMEDY)


def told_of(turn: TurnState) -> str:
    """What was tried and what is left, for the transcript of a turn that did not end by itself."""
    return summary(turn.evidence, turn.ask.prompt, _left(turn))


def _with_summary(turn: TurnState, message: str) -> str:
    return "\n".join(filter(None, [message, told_of(turn)]))


def _left(turn: TurnState) -> list[str]:
    """Files that are still to be changed, and changes that failed and were not made since."""
    return list(dict.fromkeys([*files_left(turn.files), *turn.progress.failed]))
