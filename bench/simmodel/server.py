"""The server: runs are registered, each has a base URL of its own, and any number go on at once.

POST /runs                      {"task", "seed", "rates", "only", "window", "recovery", "bare_recovery",
                                "server"}
                                → {"run_id", "base_url"}
GET  /runs/<id>                 the run's metrics so far
GET  /runs/<id>/log             one line of JSON for each request
     /run/<id>/v1/...           chat/completions and models, as OpenAI-compatible servers have them
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

from bench.taskset import TASKS, TaskError, load_tasks

from . import wire
from .http import Request, begin_events, read_request, send, send_event, send_events
from .runs import BadConfig, Outcome, Run, read_config
from .trajectory import Script, load_script

MODEL = "simulated-small"
START_LIMIT_S = 10.0

# Events of a stream that are sent before it breaks off.
EVENTS_BEFORE_DROP = 2


class SimServer:
    """Serves on a thread of its own between ``__enter__`` and ``__exit__``. ``port`` 0 chooses a free one.

    Raises OSError where the port is taken.
    """

    def __init__(self, tasks: Path = TASKS, host: str = "127.0.0.1", port: int = 0) -> None:
        self._tasks = tasks
        self._host, self._port = host, port
        self._scripts: dict[str, Script] = {}
        self._runs: dict[str, Run] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve_loop, name="simmodel", daemon=True)
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """Without a slash at its end."""
        return f"http://{self._host}:{self._port}"

    def __enter__(self) -> SimServer:
        self._thread.start()
        try:
            starting = asyncio.run_coroutine_threadsafe(self._start(), self._loop)
            starting.result(START_LIMIT_S)
        except BaseException:
            self._stop_loop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        closing = asyncio.run_coroutine_threadsafe(self._close(), self._loop)
        with suppress(TimeoutError):
            closing.result(START_LIMIT_S)
        self._stop_loop()

    def _serve_loop(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    def _stop_loop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(START_LIMIT_S)
        self._loop.close()

    async def _start(self) -> None:
        self._server = await asyncio.start_server(self._connected, self._host, self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await read_request(reader)
            await self._answer(request, writer)
        except (ValueError, TimeoutError, EOFError, asyncio.LimitOverrunError) as error:
            with suppress(OSError):
                await send(
                    writer, 400, {"error": {"code": 400, "message": f"no request that can be read: {error}"}}
                )
        except OSError:
            pass  # The client has gone; its run shows what it asked for.
        finally:
            writer.close()

    async def _answer(self, request: Request, writer: asyncio.StreamWriter) -> None:
        match [request.method, *request.path.strip("/").split("/")]:
            case ["POST", "runs"]:
                await self._register(request, writer)
            case ["GET", "runs", run_id] if run_id in self._runs:
                await send(writer, 200, self._runs[run_id].metrics())
            case ["GET", "runs", run_id, "log"] if run_id in self._runs:
                await send(writer, 200, self._runs[run_id].log(), "application/jsonl")
            case ["GET", "run", run_id, "v1", "models"] if run_id in self._runs:
                await send(writer, 200, _models(self._runs[run_id]))
            case ["POST", "run", run_id, "v1", "chat", "completions"] if run_id in self._runs:
                await self._complete(self._runs[run_id], request, writer)
            case ["GET", "health"]:
                await send(writer, 200, {"status": "ok"})
            case _:
                message = f"there is nothing at {request.method} {request.path}"
                await send(
                    writer, 404, {"error": {"code": 404, "message": message, "type": "not_found_error"}}
                )

    async def _register(self, request: Request, writer: asyncio.StreamWriter) -> None:
        try:
            config = read_config(request.json())
            script = await asyncio.to_thread(self._script, config.task)
        except (BadConfig, TaskError, TypeError) as error:
            await send(writer, 400, {"error": {"code": 400, "message": str(error)}})
            return
        run_id = f"{len(self._runs) + 1:05d}"
        self._runs[run_id] = Run(run_id, config, script)
        await send(writer, 200, {"run_id": run_id, "base_url": f"{self.url}/run/{run_id}/v1"})

    def _script(self, name: str) -> Script:
        if name not in self._scripts:
            self._scripts[name] = load_script(load_tasks([name], root=self._tasks)[0])
        return self._scripts[name]

    async def _complete(self, run: Run, request: Request, writer: asyncio.StreamWriter) -> None:
        begun = time.monotonic()
        asked = request.json()
        messages = asked.get("messages") if isinstance(asked, dict) else None
        if not isinstance(messages, list) or not all(isinstance(one, dict) for one in messages):
            await send(writer, 400, {"error": {"code": 400, "message": "messages is a list of objects"}})
            return
        outcome = run.take(asked)
        record = run.records[-1]
        record.begun_s = begun
        try:
            await self._reply(run, outcome, asked, writer)
        finally:
            record.ended_s = time.monotonic()

    async def _reply(
        self, run: Run, outcome: Outcome, asked: Mapping[str, Any], writer: asyncio.StreamWriter
    ) -> None:
        if outcome.reply is None:
            await send(writer, outcome.status, outcome.payload)
            return
        name = f"{run.run_id}-{len(run.records)}"
        if outcome.reply.outage:
            await _break_off(writer, run, outcome, name, bool(asked.get("stream")))
            return
        figures = _figures(run, outcome)
        if not asked.get("stream"):
            await send(writer, 200, wire.completion(outcome.reply, name, MODEL, figures))
            return
        wanted = bool((asked.get("stream_options") or {}).get("include_usage"))
        await send_events(writer, wire.events(outcome.reply, name, MODEL, figures, with_usage=wanted))


def _figures(run: Run, outcome: Outcome) -> dict[str, Any]:
    cached = outcome.cached if run.config.server.cached else 0
    return wire.usage(outcome.prompt, cached, outcome.completion)


async def _break_off(
    writer: asyncio.StreamWriter, run: Run, outcome: Outcome, name: str, streaming: bool
) -> None:
    """The first events, silence if it is a stall, then the connection is gone."""
    assert outcome.reply is not None
    if streaming:
        await begin_events(writer)
        events = wire.events(outcome.reply, name, MODEL, {}, with_usage=False)
        for event in islice(events, EVENTS_BEFORE_DROP):
            await send_event(writer, event)
    if outcome.reply.outage == "stall":
        await asyncio.sleep(run.config.server.stall_s)
    writer.transport.abort()


def _models(run: Run) -> Mapping[str, Any]:
    entry = {
        "id": MODEL,
        "object": "model",
        "created": 0,
        "owned_by": "bench",
    }
    if run.config.server.tells_window:
        entry["meta"] = {"n_ctx": run.config.window}
    return {"object": "list", "data": [entry]}
