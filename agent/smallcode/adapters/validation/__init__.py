"""Looking at a file after a change: checkers, the grammar, the editor's language servers, the project."""

from .editor import EditorDiagnostics
from .validators import Use, Validators

__all__ = ["EditorDiagnostics", "Use", "Validators"]
