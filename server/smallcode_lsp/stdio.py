"""Serve one client over stdin and stdout, until it says exit, goes away, or a signal ends the service.

pygls reads stdin in a thread, which nothing can end while the client is silent, so that a signal would either
leave a running shell command behind or wait for ever; and it writes in the event loop, which stands still as
long as the client does not read. Pipes and sockets are therefore left to asyncio. pygls's own way remains for
what asyncio cannot wait for: Windows's handles, and files.
"""

from __future__ import annotations

import asyncio
import os
import signal
import stat
import sys
import threading
from typing import TYPE_CHECKING

from pygls.io_ import run_async

if TYPE_CHECKING:
    from .server import SmallCodeServer

# Seconds for ending turns, shell commands and connections when the service ends.
CLOSING = 5.0


def serve(server: SmallCodeServer) -> int:
    """The status to exit with: that of the exit notification, or 128 and the number of the signal."""
    if sys.platform == "win32" or not (_is_pipe(sys.stdin.fileno()) and _is_pipe(sys.stdout.fileno())):
        server.start_io()
        return 0
    return asyncio.run(_serve_pipes(server))


def _is_pipe(descriptor: int) -> bool:
    mode = os.fstat(descriptor).st_mode
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


async def _serve_pipes(server: SmallCodeServer) -> int:
    reader, writer = await _streams()
    server.protocol.set_writer(writer)
    received = _end_at_signals()
    try:
        await run_async(
            stop_event=threading.Event(),
            reader=reader,
            protocol=server.protocol,
            error_handler=server.report_server_error,
        )
    except asyncio.IncompleteReadError:
        pass  # the client went away in the middle of a message
    except asyncio.CancelledError:
        if not received:
            raise
    finally:
        async with asyncio.timeout(CLOSING):
            await server.aclose()
    return 128 + received[0] if received else 0


class _MessageReader(asyncio.StreamReader):
    """Many messages can be waiting. What each of them starts takes its first step before the next one is
    handled: the settings of an initialized are in force when a change of them comes, a turn can be
    cancelled, and a status does not wait for all the changes to documents that came with it."""

    async def readline(self) -> bytes:
        await asyncio.sleep(0)
        return await super().readline()


async def _streams() -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    loop = asyncio.get_running_loop()
    reader = _MessageReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    transport, protocol = await loop.connect_write_pipe(asyncio.streams.FlowControlMixin, sys.stdout)
    return reader, asyncio.StreamWriter(transport, protocol, None, loop)


def _end_at_signals() -> list[int]:
    """The first signal that asks for the end cancels this task and goes into the list; a second one ends
    the process as it does any other."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None, "this is called in a coroutine"
    received: list[int] = []
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

    def end(number: int) -> None:
        for each in numbers:
            loop.remove_signal_handler(each)
        received.append(number)
        task.cancel()

    for number in numbers:
        loop.add_signal_handler(number, end, number)
    return received
