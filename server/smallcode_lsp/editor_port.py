"""What the workspace asks of the editor. ``editor_client`` does it, ``fake_editor`` plays it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from lsprotocol import types


@dataclass(frozen=True, slots=True)
class EditAnswer:
    """What the editor said of an edit: a hint, since some skip an edit and still say that it is applied."""

    applied: bool
    reason: str | None = None


class EditorPort(Protocol):
    """Who asks sets the deadline and cancels: the implementations wait as long as the editor takes."""

    async def apply_edit(self, edit: types.WorkspaceEdit, label: str) -> EditAnswer:
        """Carry out an edit of one document; ``label`` names it in the editor's undo list. An editor that
        answers with an error has not applied it."""
        ...

    async def save(self, uris: Sequence[str]) -> Sequence[str]:
        """Save these documents, named as the editor names them, and return those that were saved."""
        ...
