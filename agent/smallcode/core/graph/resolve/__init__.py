"""Which definition each use means: from facts to edges."""

from .resolver import Edges

__all__ = ["Edges"]
