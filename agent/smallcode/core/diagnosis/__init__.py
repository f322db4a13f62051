"""What a failed command's output says is wrong, by rule: one file for each language, one list."""

from __future__ import annotations

from collections.abc import Callable

from . import c, go, node, python, rust, shell, typescript
from .base import MARK, MOST_TOKENS, Diagnosis, Question, render

# The most telling first: what a shell prints beside a program's own error is its consequence.
LANGUAGES: tuple[Callable[[str], Diagnosis | None], ...] = (
    python.diagnose,
    typescript.diagnose,
    rust.diagnose,
    go.diagnose,
    c.diagnose,
    node.diagnose,
    shell.diagnose,
)


def diagnose(output: str) -> Diagnosis | None:
    """None where no rule fits. Never raises."""
    return next((found for language in LANGUAGES if (found := language(output)) is not None), None)


__all__ = ["LANGUAGES", "MARK", "MOST_TOKENS", "Diagnosis", "Question", "diagnose", "render"]
