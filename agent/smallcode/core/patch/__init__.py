"""Where an edit goes: see ``engine`` for how a place is found, ``several`` for more than one at once."""

from __future__ import annotations

from .engine import LENIENT, apply_patch
from .results import Miss, Patched
from .several import apply_patches

__all__ = ["LENIENT", "Miss", "Patched", "apply_patch", "apply_patches"]
