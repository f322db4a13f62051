"""What finding out what a project is made with takes: the first time, and when nothing has changed since.

The folder has manifests of all ecosystems that are known, and folders of a thousand names.
"""

from __future__ import annotations

import time
from pathlib import Path

from smallcode.adapters.project import ProjectReader

from .rows import Row, median, spread

TARGET_MS = 50.0

NAMES = 1000

MANIFESTS = {
    "pyproject.toml": '[project]\nname = "a"\nrequires-python = ">=3.11"\ndependencies = ["fastapi"]\n',
    "package.json": '{"scripts": {"test": "vitest", "dev": "vite"}, "dependencies": {"react": "18"}}',
    "Cargo.toml": '[package]\nname = "a"\nedition = "2021"\n[dependencies]\ntokio = "1"\n',
    "go.mod": "module example.com/a\n\ngo 1.22\n\nrequire github.com/gin-gonic/gin v1.9\n",
}


async def measure(folder: Path, rounds: int) -> list[Row]:
    _write(folder)
    first: list[float] = []
    again: list[float] = []
    for _ in range(10 * rounds):
        reader = ProjectReader(folder)
        for times in (first, again):
            began = time.perf_counter()
            facts = await reader.facts()
            times.append(1000 * (time.perf_counter() - began))
            assert facts
    return [
        Row(
            "what a project is made with", median(first), "ms", len(first), spread(first), target=TARGET_MS
        ),
        Row(
            "the same, when nothing changed", median(again), "ms", len(again), spread(again), target=TARGET_MS
        ),
    ]  # fmt: skip


def _write(folder: Path) -> None:
    for name, text in MANIFESTS.items():
        (folder / name).write_text(text)
    for inner in ("src", "tests", "test", "cmd"):
        (folder / inner).mkdir()
        for number in range(NAMES):
            (folder / inner / f"test_{number}.py").write_text("def test_it():\n    assert True\n")
