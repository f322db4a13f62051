"""Which calls of one reply run together: those that only read, where nothing stands between them.

Edits stay where they are in the order, so that no read passes one and no two edits of a file meet.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from ..messages import ToolCall
from ..tools.base import Arguments, Tool

MOST_AT_ONCE = 4
"""More would only wait for the same disk."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A call with its tool and its arguments as the tool's own type; where one of them is None the
    ``complaint`` says why it cannot run."""

    number: int
    call: ToolCall
    tool: Tool | None
    arguments: Arguments | None
    complaint: str = ""

    @property
    def reads(self) -> bool:
        """Whether it may run beside others: it only reads, and nobody has to be asked. A search may not: what
        it finds decides which lines of a long file a read after it shows."""
        if self.tool is None or self.arguments is None:
            return False
        return self.tool.pure and self.tool.category == "read" and self.tool.permission is None


def batches(calls: Iterable[Prepared], *, together: bool = True) -> Iterator[tuple[Prepared, ...]]:
    """The calls in their order, reads that follow each other in batches of MOST_AT_ONCE at most, everything
    else alone; without ``together`` the reads too."""
    batch: list[Prepared] = []
    for one in calls:
        joins = together and one.reads and len(batch) < MOST_AT_ONCE and all(before.reads for before in batch)
        if batch and not joins:
            yield tuple(batch)
            batch = []
        batch.append(one)
    if batch:
        yield tuple(batch)


async def run_together(works: Sequence[Callable[[], Coroutine[Any, Any, T]]]) -> list[T]:
    """The results in the order of the works, which begin in their order. Cancelling ends them all, and so
    does one that raises; its error is raised when all have ended."""
    if len(works) == 1:
        return [await works[0]()]
    tasks = [asyncio.create_task(work()) for work in works]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
