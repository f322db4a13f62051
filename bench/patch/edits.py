"""Edits as they were meant: a region of a file that is unique in it, and what should stand there.

The expected text is fixed here, before any mutation touches the call.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .corpus import Source

_NAME = re.compile(r"\b[a-z_]{4,}\b")
_NUMBER = re.compile(r"\b\d+\b")


@dataclass(frozen=True)
class Edit:
    """``text`` with ``old`` at lines ``first`` to ``last`` (from 0, ``last`` excluded) becomes ``expected``.

    Old and new text are whole lines, each with its line break.
    """

    source: Source
    first: int
    last: int
    old: str
    new: str

    @property
    def text(self) -> str:
        return self.source.text

    @property
    def expected(self) -> str:
        return self.in_place_of(self.old, self.new)

    def in_place_of(self, old: str, new: str) -> str:
        """The file with ``new`` where the region begins with ``old``."""
        start = sum(len(line) + 1 for line in self.text.split("\n")[: self.first])
        if not self.text.startswith(old, start):
            raise ValueError("the region does not begin so")
        return self.text[:start] + new + self.text[start + len(old) :]


def unit_of(source: Source) -> int:
    """Columns of a level of indentation in a file that is indented by spaces."""
    indents = [len(line) - len(line.lstrip(" ")) for line in source.text.split("\n") if line.strip()]
    steps = [b - a for a, b in pairwise(indents) if b - a in (2, 3, 4, 8)]
    return max(sorted(set(steps)), key=steps.count, default=4)


def make_edit(source: Source, rng: random.Random) -> Edit:
    """A seeded edit whose region, squeezed of white space, is unique in the file."""
    lines = source.text.rstrip("\n").split("\n")
    step = "\t" if "\n\t" in source.text else " " * unit_of(source)
    squeezed = "\n" + "\n".join("".join(line.split()) for line in lines) + "\n"
    for _ in range(1000):
        first = rng.randrange(len(lines) - 1)
        last = min(len(lines), first + rng.choice((1, 2, 3, 3, 4, 5, 6, 8)))
        region = lines[first:last]
        if not region[0].strip() or not region[-1].strip():
            continue
        key = "\n".join("".join(line.split()) for line in region)
        if len(region) == 1 and (len(key) < 12 or squeezed.count(key) != 1):
            continue
        if squeezed.count("\n" + key + "\n") != 1 or not any(_NAME.search(line) for line in region):
            continue
        changed = rng.choice(_CHANGES)(region, rng, step)
        if changed == region:
            continue
        old, new = ("".join(line + "\n" for line in some) for some in (region, changed))
        return Edit(source, first, last, old, new)
    raise ValueError(f"no region of {source.name} is unique")


def _renamed(region: Sequence[str], rng: random.Random, step: str) -> list[str]:
    names = sorted({name for line in region for name in _NAME.findall(line)})
    name = rng.choice(names)
    return [re.sub(rf"\b{name}\b", f"{name}_{rng.choice('abc')}", line) for line in region]


def _one_line_changed(region: Sequence[str], rng: random.Random, step: str) -> list[str]:
    index = rng.choice([i for i, line in enumerate(region) if _NAME.search(line)])
    match = rng.choice(list(_NAME.finditer(region[index])))
    line = region[index][: match.start()] + "next_" + match[0] + region[index][match.end() :]
    return [*region[:index], line, *region[index + 1 :]]


def _number_changed(region: Sequence[str], rng: random.Random, step: str) -> list[str]:
    for index, line in enumerate(region):
        if match := _NUMBER.search(line):
            put = str(int(match[0]) + rng.randrange(1, 90))
            return [*region[:index], line[: match.start()] + put + line[match.end() :], *region[index + 1 :]]
    return _renamed(region, rng, step)


def _line_added(region: Sequence[str], rng: random.Random, step: str) -> list[str]:
    index = rng.choice([i for i, line in enumerate(region) if _NAME.search(line)])
    added = _NAME.sub(lambda match: match[0] + "_more", region[index], count=1)
    return [*region[: index + 1], added, *region[index + 1 :]]


def _line_removed(region: Sequence[str], rng: random.Random, step: str) -> list[str]:
    if len(region) < 3:
        return _renamed(region, rng, step)
    index = rng.randrange(1, len(region) - 1)
    return [*region[:index], *region[index + 1 :]]


def _deeper(region: Sequence[str], rng: random.Random, step: str) -> list[str]:
    """The last line once more, one level deeper, below a line that opens a block."""
    line = region[-1]
    indent = line[: len(line) - len(line.lstrip())]
    return [*region[:-1], f"{indent}when_ready {{", f"{indent}{step}{line.strip()} again", f"{indent}}}"]


def _two_lines_for_one(region: Sequence[str], rng: random.Random, step: str) -> list[str]:
    index = rng.choice([i for i, line in enumerate(region) if line.strip()])
    line = region[index]
    indent = line[: len(line) - len(line.lstrip())]
    added = [f"{indent}first_{rng.randrange(9)} = before()", f"{indent}{line.strip()} + first"]
    return [*region[:index], *added, *region[index + 1 :]]


def _all_removed(region: Sequence[str], rng: random.Random, step: str) -> list[str]:
    return [] if len(region) > 1 else _renamed(region, rng, step)


def _swapped(region: Sequence[str], rng: random.Random, step: str) -> list[str]:
    index = rng.randrange(len(region))
    pair = region[index : index + 2]
    if len({line.strip() for line in pair if line}) < 2:
        return list(region)
    return [*region[:index], *reversed(pair), *region[index + 2 :]]


def _block_added(region: Sequence[str], rng: random.Random, step: str) -> list[str]:
    """Lines after a blank one, the middle ones deeper."""
    indent = region[0][: len(region[0]) - len(region[0].lstrip())]
    name = f"helper_{rng.randrange(90)}"
    added = [f'{indent}begin {name}("it\'s - new")', f"{indent}{step}work({name});", f"{indent}end {name}"]
    return [*region, "", *added]


def _all_rewritten(region: Sequence[str], rng: random.Random, step: str) -> list[str]:
    """Other lines, as many as one time in three, with the indentation of the first."""
    indent = region[0][: len(region[0]) - len(region[0].lstrip())]
    count = max(1, len(region) + rng.choice((-1, 0, 1)))
    return [f"{indent}{step * (i % 2)}rewritten_{rng.randrange(90)}(part_{i})" for i in range(count)]


_CHANGES: tuple[Callable[[Sequence[str], random.Random, str], list[str]], ...] = (
    _renamed,
    _one_line_changed,
    _number_changed,
    _line_added,
    _line_removed,
    _deeper,
    _two_lines_for_one,
    _all_removed,
    _swapped,
    _block_added,
    _all_rewritten,
)
