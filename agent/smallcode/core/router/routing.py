"""What routing comes to: the kind of work that a message asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Category = Literal["read", "write", "search", "run", "plan", "code_intel", "web", "respond"]

PRIORITY: tuple[Category, ...] = (
    "write", "run", "code_intel", "search", "plan", "read", "web", "respond",
)  # fmt: skip
"""Which of two that are nearly tied is taken: the one whose tools do most for the other's task."""


@dataclass(frozen=True, slots=True)
class Routing:
    """``confidence`` is 0 to 1, the lead over the next category; ``scores`` are those above zero."""

    category: Category
    confidence: float
    scores: Mapping[Category, float] = field(default_factory=lambda: MappingProxyType({}))
