"""What the editor contributes, where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ...core.problems import Found
from ...messages import Text


class EditorDiagnostics(Protocol):
    """What the language servers of the user's editor say of its open documents."""

    async def errors(
        self, before: Text | None, after: Text, timeout: float
    ) -> tuple[Sequence[Found], Sequence[Found]] | None:
        """Their errors in the two versions. Waits at most ``timeout`` seconds for a report about ``after``;
        None where none has come, or none is to be expected. Never raises."""
        ...
