"""The folder that a command is about."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from .screen import clean


def is_folder(cwd: str, aside: Console) -> bool:
    """Whether it is there; says so where it is not."""
    if Path(cwd).is_dir():
        return True
    aside.print(f"smallcode: {clean(cwd)} is not a folder.", markup=False, style="red")
    return False
