"""What the answer to initialize does without. It is loaded in a thread as soon as the client is served, so
that neither the start nor the first turn waits for it."""

from __future__ import annotations

import asyncio
import importlib

MODULES = (
    "smallcode_lsp.handlers.code_actions",
    "smallcode_lsp.handlers.commands",
    "smallcode_lsp.handlers.diagnostics",
    "smallcode_lsp.handlers.graph",
    "smallcode_lsp.handlers.interrupted",
    "smallcode_lsp.handlers.sessions",
    "smallcode_lsp.handlers.status",
    "smallcode_lsp.handlers.turns",
    "smallcode_lsp.approver",
    "smallcode_lsp.editor_client",
    "smallcode_lsp.editor_workspace",
    "smallcode.build",
    "smallcode.adapters.disk",
    "smallcode.adapters.graph.index",
    "smallcode.adapters.openai",
    "smallcode.adapters.prune",
    "smallcode.adapters.shell",
    "smallcode.adapters.validation",
    "smallcode.listeners.graph_changes",
    "smallcode.listeners.trace",
    "httpcore",  # which httpx loads with its first client
)


VOCABULARY = "smallcode.adapters.vocabulary"


class Loader:
    """Loads once. Whoever needs any of it waits for all: two threads that import at the same time may see
    modules that are half made, where libraries import each other in circles."""

    def __init__(self) -> None:
        self._task: asyncio.Task[None] | None = None

    async def loaded(self) -> None:
        """Wait until everything is there; begin with it where nobody has yet. Who is cancelled meanwhile is
        cancelled afterwards: a turn answers for itself, and for that it has to begin."""
        if self._task is None:
            self._task = asyncio.create_task(asyncio.to_thread(_load))
        waiting = asyncio.current_task()
        assert waiting is not None, "this is called in a coroutine"
        try:
            await asyncio.shield(self._task)
        except asyncio.CancelledError:
            waiting.uncancel()
            await asyncio.shield(self._task)
            waiting.cancel()


def _load() -> None:
    for module in MODULES:
        importlib.import_module(module)
    # A tenth of a second for unpacking, which the first estimate would otherwise take in the event loop.
    importlib.import_module(VOCABULARY).encoding()
