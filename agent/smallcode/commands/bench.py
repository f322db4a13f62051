"""``smallcode bench``: the benchmark of a checkout; it is no part of the installed package."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

BAD_USAGE = 2
INSIDE = Path("bench") / "runner" / "cli.py"


def main(arguments: Sequence[str], start: Path | None = None) -> int:
    """Hand the words over to ``bench.runner`` of the checkout that holds this file or the folder ``start``
    (the current one, unless given); 2 where there is none."""
    root = find_checkout((Path(__file__).resolve(), (start or Path.cwd()).resolve()))
    if root is None:
        Console(stderr=True, highlight=False).print(
            "smallcode bench: the benchmark is not installed with the package. Run this in a checkout of the "
            "repository.",
            style="red",
        )
        return BAD_USAGE
    sys.path.insert(0, str(root))
    runner = importlib.import_module("bench.runner.cli")
    return int(runner.main(list(arguments)))


def find_checkout(places: Sequence[Path]) -> Path | None:
    """The nearest folder above one of the places, or the place itself, that holds the benchmark."""
    for place in places:
        for folder in (place, *place.parents):
            if (folder / INSIDE).is_file():
                return folder
    return None
