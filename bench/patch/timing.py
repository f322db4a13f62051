"""How long a patch takes on a file of 10,000 lines, and on texts that are made to be slow.

CPU time of this process, so that other programs on the machine do not count.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from smallcode.core.patch import apply_patch

from ..speed.rows import percentile
from .cases import Kind
from .corpus import Source, long_file
from .edits import make_edit

LINES = 10_000
TARGET_P99 = 0.010
TARGET_WORST = 0.2


@dataclass(frozen=True)
class Timing:
    """Seconds; ``target`` is for the 99th percentile, or for the worst of the adversarial texts."""

    name: str
    median: float
    p99: float
    count: int
    target: float

    @property
    def met(self) -> bool:
        return self.p99 <= self.target


def measure(kinds: Sequence[Kind], rounds: int, seed: int) -> list[Timing]:
    """Each kind of call on a long file, and the slowest of all adversarial ones."""
    source = Source("long", "go", long_file(LINES))
    rng = random.Random(seed)
    edits = [make_edit(source, rng) for _ in range(rounds)]
    every: list[float] = []
    for kind in kinds:
        for edit in edits:
            call = kind.mutate(edit, rng)
            if call is not None:
                every.append(_seconds(call.text, call.old, call.new))
    worst = {name: _seconds(*make()) for name, make in ADVERSARIAL.items()}
    name = max(worst, key=lambda one: worst[one])
    return [
        Timing(
            f"{LINES:,} lines, hits and misses",
            percentile(every, 0.5),
            percentile(every, 0.99),
            len(every),
            TARGET_P99,
        ),
        Timing(
            f"adversarial, slowest: {name}",
            percentile(list(worst.values()), 0.5),
            worst[name],
            len(worst),
            TARGET_WORST,
        ),
    ]


def _seconds(text: str, old: str, new: str) -> float:
    started = time.process_time()
    apply_patch(text, old, new)
    return time.process_time() - started


ADVERSARIAL: dict[str, Callable[[], tuple[str, str, str]]] = {
    "equal lines": lambda: ("x = 1\n" * 100_000, "x = 1\nx = 2\n", "y"),
    "equal lines, half of them sought": lambda: ("x = 1\n" * 100_000, "x  = 1\n" * 50_000, "y"),
    "one long line": lambda: ("word " * 200_000, "word x", "y"),
    "one long line but for white space": lambda: (
        "a b" * 200_000 + "\nend one\n",
        "a  b" * 200_000 + "\n",
        "y",
    ),
    "a long line with quotes": lambda: (
        '"a" ' * 50_000 + "\n",
        "“a” " * 50_000 + "\n",
        "“b” " * 50_000 + "\n",
    ),
    "old longer than the file": lambda: ("a = 1\n" * 1000, "b = 2\n" * 100_000, "y"),
    "blank lines": lambda: ("\n" * 200_000, "a\n" + "\n" * 50_000, "y"),
    "blank lines between": lambda: ("name\n\n\n" * 60_000, "name\n" * 1000 + "other\n", "y"),
    "tabs": lambda: ("\t" * 300_000 + "end\n", " " * 300_000 + "end\n", "y"),
    "line numbers": lambda: ("name\n" * 50_000, "".join(f"{i}| nam\n" for i in range(50_000)), "y"),
    "escapes": lambda: ("name\n" * 50_000, "nam\\n" * 50_000, "x\\n" * 1000),
    "elisions": lambda: ("name\n" * 50_000, "name\n...\n" * 20_000, "other\n...\n" * 20_000),
    "not ASCII": lambda: ("é“x” = …\n" * 60_000, 'é"y" = ...\n' * 3, "y"),
    "combining": lambda: ("e\u0301 = 1\n" * 60_000, "é = 2\n" * 3, "y"),
    "all rewritten": lambda: (
        "".join(f"  a{i} = {i}\n" for i in range(20_000)),
        "".join(f"a{i} = {i}\n" for i in range(20_000)),
        "".join(f"b{i % 50} = {i % 70}\n" for i in range(20_000)),
    ),
}
