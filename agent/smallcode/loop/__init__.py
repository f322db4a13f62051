"""One turn. ``run`` reads like its own summary; ``reply`` asks the model, ``calls`` does what it wants."""

from .features import check_disabled, switchable
from .run import run_turn
from .turn import TurnState

__all__ = ["TurnState", "check_disabled", "run_turn", "switchable"]
