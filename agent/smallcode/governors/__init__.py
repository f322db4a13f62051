"""The governors of a turn, in the order in which they judge."""

from __future__ import annotations

from .base import Governor
from .permissions import Permissions


def all_governors() -> tuple[Governor, ...]:
    """New ones, for one turn. Permissions comes last: a person is not asked about what is refused anyway."""
    return (Permissions(),)
