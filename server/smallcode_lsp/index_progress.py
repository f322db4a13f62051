"""The making of a code graph as LSP's own work-done progress."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types

from .progress import new_token

if TYPE_CHECKING:
    from smallcode.adapters.graph.index import CodeIndex
    from smallcode.ports import Indexing

    from .server import SmallCodeServer

# What is ready sooner is not worth a line that flickers. Seconds.
PATIENCE = 0.5

# Seconds between two reports.
EVERY = 0.2


async def show(server: SmallCodeServer, index: CodeIndex, name: str) -> None:
    """Report until the graph is complete; ``name`` is that of the folder. Ends at once where the client can
    show no progress."""
    await asyncio.sleep(PATIENCE)
    if index.indexing.complete or (token := await new_token(server)) is None:
        return
    _report(server, token, types.WorkDoneProgressBegin(title=f"SmallCode: indexing {name}", percentage=0))
    try:
        last = index.indexing
        while not (now := index.indexing).complete:
            if now != last:
                _report(server, token, _line(now))
            last = now
            await asyncio.sleep(EVERY)
    finally:
        files = len(index.graph.paths())
        _report(server, token, types.WorkDoneProgressEnd(message=f"{files:,} files"))


def _line(indexing: Indexing) -> types.WorkDoneProgressReport:
    percentage = 100 * indexing.done // max(1, indexing.total)
    return types.WorkDoneProgressReport(
        message=f"{indexing.done:,} of {indexing.total:,} files", percentage=percentage
    )


def _report(
    server: SmallCodeServer,
    token: str,
    value: types.WorkDoneProgressBegin | types.WorkDoneProgressReport | types.WorkDoneProgressEnd,
) -> None:
    server.progress(types.ProgressParams(token=token, value=value))
