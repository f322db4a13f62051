"""One turn. ``run`` reads like its own summary; ``reply`` asks the model, ``calls`` does what it wants."""

from .run import run_turn
from .turn import TurnState

__all__ = ["TurnState", "run_turn"]
