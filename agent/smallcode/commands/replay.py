"""``smallcode replay``: a script of replies, served as a model server, for tests and demonstrations."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from rich.console import Console

from ..adapters.scripted import ScriptedServer, Step, load_script
from ..errors import SmallCodeError
from .screen import clean


def main(script: str, port: int = 0) -> int:
    """Serve until interrupted. The first line on stdout is the address; 1 where it cannot be served."""
    aside = Console(stderr=True, highlight=False)
    try:
        asyncio.run(_serve(load_script(script), port))
    except SmallCodeError as error:
        aside.print(clean(f"smallcode: {error}"), markup=False, style="red")
        return 1
    except OSError as error:
        aside.print(f"smallcode: port {port} cannot be used: {error.strerror}.", markup=False, style="red")
        return 1
    return 0


async def _serve(script: Sequence[Step], port: int) -> None:
    async with ScriptedServer(script, port=port, like="llama.cpp") as server:
        print(server.address, flush=True)
        await asyncio.Event().wait()
