"""Finding other programs."""

from __future__ import annotations

import shutil
from pathlib import Path


def find_program(name: str, root: Path) -> str | None:
    """Absolute path of a program on PATH; None where it is not installed.

    One that lies in the workspace does not count: Windows, and a PATH with a relative entry, would start a
    program that came with the repository.
    """
    found = shutil.which(name)
    if found is None or Path(found).resolve().is_relative_to(root):
        return None
    return str(Path(found).absolute())
