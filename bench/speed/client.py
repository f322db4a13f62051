"""A client of a language server that adds next to nothing to what it measures: frames, JSON and a clock."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

EMPTY = (sys.executable, str(Path(__file__).resolve().parents[1] / "empty_server.py"))
OURS = (sys.executable, "-m", "smallcode_lsp", "--stdio")

# Seconds for any answer. What takes longer is broken, not slow.
DEADLINE = 60.0

FEATURES = {"protocolVersion": 1, "save": False, "permission": False, "update": True}


class Failed(Exception):
    """The server answered with an error, or ended."""


class Client:
    """``updates`` are the events of turns, in their order, ``progress`` the kinds of $/progress. Every
    request of the server's is answered null."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None and process.stdout is not None
        self.pid = process.pid
        self.updates: list[Mapping[str, Any]] = []
        self.progress: list[str] = []
        self._updated = asyncio.Event()
        self._in, self._out = process.stdin, process.stdout
        self._next = 0
        self._waiting: dict[int, asyncio.Future[tuple[Any, float]]] = {}
        self._reading = asyncio.create_task(self._read())

    def send(self, method: str, params: Any) -> asyncio.Future[tuple[Any, float]]:
        """A request; the future's value is its result and the time on the monotonic clock when it came."""
        self._next += 1
        future: asyncio.Future[tuple[Any, float]] = asyncio.get_running_loop().create_future()
        self._waiting[self._next] = future
        self._write({"id": self._next, "method": method, "params": params})
        return future

    @property
    def last_id(self) -> int:
        """Of the request that was sent last."""
        return self._next

    async def request(self, method: str, params: Any = None) -> Any:
        return (await asyncio.wait_for(self.send(method, params), DEADLINE))[0]

    async def timed(self, method: str, params: Any) -> float:
        """Seconds from handing the request over until its answer was read."""
        began = time.monotonic()
        _, came = await asyncio.wait_for(self.send(method, params), DEADLINE)
        return came - began

    def notify(self, method: str, params: Any) -> None:
        self._write({"method": method, "params": params})

    async def drain(self) -> None:
        """Wait until the server has taken most of what was sent."""
        await asyncio.wait_for(self._in.drain(), DEADLINE)

    async def until(self, event: str) -> None:
        """Until a turn has told of an event of that type."""
        async with asyncio.timeout(DEADLINE):
            while not any(update["event"]["type"] == event for update in self.updates):
                self._updated.clear()
                await self._updated.wait()

    async def close(self) -> None:
        self._in.close()
        await asyncio.wait_for(self._reading, DEADLINE)

    def _write(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False).encode()
        self._in.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    async def _read(self) -> None:
        try:
            while head := await self._out.readuntil(b"\r\n\r\n"):
                length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
                body = await self._out.readexactly(length)
                self._take(json.loads(body), time.monotonic())
        except asyncio.IncompleteReadError:
            for future in self._waiting.values():
                future.set_exception(Failed("The server ended."))

    def _take(self, message: Mapping[str, Any], now: float) -> None:
        if "method" not in message:
            future = self._waiting.pop(message["id"])
            if "error" in message:
                future.set_exception(Failed(message["error"]["message"]))
            else:
                future.set_result((message["result"], now))
        elif "id" in message:
            self._write({"id": message["id"], "result": None})
        elif message["method"] == "smallcode/update":
            self.updates.append(message["params"])
            self._updated.set()
        elif message["method"] == "$/progress":
            self.progress.append(message["params"]["value"]["kind"])


@asynccontextmanager
async def serving(argv: tuple[str, ...], folder: Path, address: str | None = None) -> AsyncIterator[Client]:
    """A server process with ``folder/project`` open, initialized; the model is at ``address``. Shell
    commands and edits need no permission, and what the server keeps goes into ``folder``."""
    project = folder / "project"
    project.mkdir(exist_ok=True)
    process = await asyncio.create_subprocess_exec(
        *argv,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=environment(folder),
    )
    client = Client(process)
    try:
        await client.request("initialize", initialize_params(project, address))
        client.notify("initialized", {})
        yield client
    finally:
        await client.close()
        await asyncio.wait_for(process.wait(), DEADLINE)


def environment(folder: Path) -> dict[str, str]:
    """That of this process, with a home of its own."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("SMALLCODE_", "XDG_"))}
    return {**ours, "HOME": str(folder), "XDG_STATE_HOME": str(folder / "state")}


def initialize_params(project: Path, address: str | None = None) -> dict[str, Any]:
    settings = {"base_url": address, "shell_permission": "allow", "edit_permission": "allow"}
    # The model of these measurements does the same again and again.
    settings["disable"] = "repeated calls, no progress, dedup"
    return {
        "processId": os.getpid(),
        "rootUri": project.as_uri(),
        "workspaceFolders": [{"uri": project.as_uri(), "name": project.name}],
        "capabilities": {
            "workspace": {"workspaceEdit": {"documentChanges": True}},
            "window": {"workDoneProgress": True},
            "experimental": {"smallcode": FEATURES},
        },
        "initializationOptions": {"settings": settings},
    }
