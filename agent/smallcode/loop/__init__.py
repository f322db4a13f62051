"""One turn. ``run`` reads like its own summary; ``reply`` asks the model, ``calls`` does what it wants."""

from .plan_state import Planning
from .run import run_turn
from .turn import TakenBack, TurnState

__all__ = ["Planning", "TakenBack", "TurnState", "run_turn"]
