"""A scripted model over HTTP beside a test that is not asynchronous."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

from smallcode.adapters.script import parse_script
from smallcode.adapters.scripted_server import ScriptedServer

# Starting and closing a server on loopback. Seconds.
PATIENCE = 10.0


@contextmanager
def serving(script: Any) -> Iterator[ScriptedServer]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def wait(work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(PATIENCE)

    server = ScriptedServer(parse_script(script), like="llama.cpp")
    try:
        wait(server.__aenter__())
        yield server
        wait(server.__aexit__(None, None, None))
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE)
        loop.close()
