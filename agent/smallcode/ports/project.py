"""What a project is made with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ..ecosystems import Facts


class Project(Protocol):
    """Knows the manifests of the workspace's root."""

    async def facts(self) -> Sequence[Facts]:
        """Of each ecosystem that is found there, the main one first; empty where none is. Looked up again
        only where a manifest has changed. Never raises; bounded in time."""
        ...
