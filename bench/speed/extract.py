"""What the facts of the code graph cost: processor time, on the modules of Python's standard library.

They are on every machine and written by many hands. Figures are for 1,000 lines, so that machines with
another version compare; an edit is one line in the middle of the module whose length is next to that.
"""

from __future__ import annotations

import sysconfig
import time
from collections.abc import Callable
from pathlib import Path

from smallcode.adapters.graph.extract import Extractor
from smallcode.core.graph.fast import fast_definitions

from .rows import Row, median, spread

MODULES = 60
EDIT_TARGET = 15.0
"""Milliseconds, what is stored and resolved afterwards included: this is a part of it."""

Texts = list[tuple[str, str]]


async def measure(_folder: Path, rounds: int) -> list[Row]:
    texts = corpus()
    lines = sum(content.count("\n") for _, content in texts)
    extractor = Extractor()

    def parse() -> None:
        for path, content in texts:
            extractor.parse(path, content)

    def facts() -> None:
        found = sum(len(extractor.facts(path, content).definitions) for path, content in texts)
        assert found > MODULES, "the modules define nothing"

    def fast() -> None:
        assert sum(len(fast_definitions(path, content)) for path, content in texts) > MODULES

    facts()
    scale = 1000 / lines
    parsed, whole, quick = (_taken(work, rounds, scale) for work in (parse, facts, fast))
    return [
        _row("facts of 1,000 lines", whole, parsed, "parsing alone"),
        _row("definitions of them by regular expressions", quick, whole, "facts"),
        _edited(extractor, texts, rounds),
    ]


def corpus() -> Texts:
    """The largest modules that are read, for there the time goes."""
    folder = Path(sysconfig.get_path("stdlib"))
    paths = sorted(folder.glob("*.py"), key=lambda path: (-path.stat().st_size, path.name))[:MODULES]
    return [(path.name, path.read_text("utf-8", "replace")) for path in paths]


def _edited(extractor: Extractor, texts: Texts, rounds: int) -> Row:
    path, content = min(texts, key=lambda text: abs(text[1].count("\n") - 1000))
    middle = content.index("\n\n", len(content) // 2) + 1
    changed = f"{content[:middle]}\nADDED = len('one')\n{content[middle:]}"
    before = extractor.parse(path, content)

    def edit() -> None:
        assert extractor.extract(extractor.parse(path, changed, before)).definitions

    def whole() -> None:
        extractor.facts(path, changed)

    edit()
    scale = 1000 / content.count("\n")
    taken, fresh = _taken(edit, rounds * 3, scale), _taken(whole, rounds * 3, scale)
    return _row("facts of 1,000 lines after an edit", taken, fresh, "as a whole", EDIT_TARGET)


def _taken(work: Callable[[], None], rounds: int, scale: float) -> list[float]:
    """Milliseconds of the processor for 1,000 lines."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        taken.append(1000 * scale * (time.process_time() - began))
    return taken


def _row(
    name: str, taken: list[float], baseline: list[float], against: str, target: float | None = None
) -> Row:
    return Row(name, median(taken), "ms", len(taken), spread(taken), median(baseline), against, target)
