"""One turn. ``run`` reads like its own summary; ``reply`` asks the model, ``calls`` does what it wants."""

from .run import run_turn
from .turn import TakenBack, TurnState

__all__ = ["TakenBack", "TurnState", "run_turn"]
