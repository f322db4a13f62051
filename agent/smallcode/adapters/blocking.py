"""Work that blocks, such as the disk's, done in a thread and with a deadline."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from ..errors import DiskFailed

T = TypeVar("T")

DEADLINE = 30.0
"""Seconds for anything but a search: a network drive that is gone never answers."""

SETTLING = 2.0
"""Seconds that a cancelled turn waits for a write that it has begun."""


async def with_deadline(path: str, work: Callable[[], T], seconds: float = DEADLINE) -> T:
    """Runs what blocks in a thread. It cannot be ended there: only the waiting for it ends."""
    try:
        async with asyncio.timeout(seconds):
            return await asyncio.to_thread(work)
    except TimeoutError as error:
        raise DiskFailed(
            path, f"The disk does not answer for {path} within {seconds:g} s.", "Check the drive."
        ) from error


async def to_its_end(path: str, work: Callable[[], T]) -> T:
    """A write that has begun is waited for when the turn is cancelled: it would otherwise reach the file
    after the turn was told to be over, and after it was undone."""
    writing = asyncio.ensure_future(with_deadline(path, work))
    try:
        return await asyncio.shield(writing)
    except asyncio.CancelledError:
        await asyncio.wait({writing}, timeout=SETTLING)
        if writing.done() and not writing.cancelled():
            writing.exception()  # Taken note of: the one who would have been told is gone.
        raise
