"""Which steps wait for which others, and which may be done in any order.

Two steps depend on each other where they share a file, or where one of them names none: it may be about any.
A run waits for all that comes before it, and what comes after it waits for the run.
"""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import TopologicalSorter
from itertools import combinations

from .steps import Step, same_file


def dependencies(steps: Sequence[Step]) -> dict[int, set[int]]:
    """For each index those of the steps that come before it and that it waits for."""
    graph: dict[int, set[int]] = {index: set() for index in range(len(steps))}
    for earlier, later in combinations(range(len(steps)), 2):
        if _depends(steps[earlier], steps[later]):
            graph[later].add(earlier)
    return graph


def batches(steps: Sequence[Step]) -> tuple[int, ...]:
    """For each step the number of its batch, from 1: those of one batch do not wait for each other."""
    found = [0] * len(steps)
    sorter = TopologicalSorter(dependencies(steps))
    sorter.prepare()
    number = 0
    while sorter.is_active():
        number += 1
        ready = sorter.get_ready()
        for index in ready:
            found[index] = number
        sorter.done(*ready)
    return tuple(found)


def _depends(earlier: Step, later: Step) -> bool:
    if "run" in (earlier.kind, later.kind) or not (earlier.files and later.files):
        return True
    return any(same_file(one, other) for one in earlier.files for other in later.files)
