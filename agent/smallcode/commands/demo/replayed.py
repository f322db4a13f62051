"""The model of the demo: replies that ship with the package, served over HTTP like any server's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import as_file, files

from ...adapters.scripted import ScriptedServer, load_script

SCRIPT = "script.json"


@asynccontextmanager
async def replayed_server() -> AsyncIterator[str]:
    """A server on a free port of this machine; gives its address. Raises OSError."""
    with as_file(files(__package__).joinpath(SCRIPT)) as path:
        script = load_script(path)
    async with ScriptedServer(script, like="llama.cpp") as server:
        yield server.address
