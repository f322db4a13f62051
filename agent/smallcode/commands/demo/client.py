"""A language client over stdio: framing, requests both ways, deadlines, the end of the server."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ...errors import SmallCodeError

RequestHandler = Callable[[Any], Awaitable[Any]]
NotificationHandler = Callable[[Any], None]

METHOD_NOT_FOUND = -32601
INTERNAL_ERROR = -32603

# A message of the base protocol has a header of some tens of bytes; the stream's buffer holds one.
MAX_HEADER_BYTES = 4096
MAX_MESSAGE_BYTES = 100_000_000
SHUTDOWN_PATIENCE = 5.0


class LanguageServerError(SmallCodeError):
    """The language server refused a request, broke the protocol or ended."""


class LanguageClient:
    """Speaks with one server process. Requests of the server that have no handler are answered with an error.

    Notifications are handled in the order in which they arrive, before the answers that follow them.
    """

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        assert process.stdin is not None and process.stdout is not None
        self._process = process
        self._writer = process.stdin
        self._reader = process.stdout
        self._log = log
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._next_id = 0
        self._ended: LanguageServerError | None = None
        self._working: set[asyncio.Task[None]] = set()
        self.requests: dict[str, RequestHandler] = {}
        self.notifications: dict[str, NotificationHandler] = {}
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def start(
        cls, command: Sequence[str], *, cwd: Path, environment: Mapping[str, str], log: Path
    ) -> LanguageClient:
        """``log`` takes what the server writes to stderr. Raises LanguageServerError."""
        with log.open("wb") as stderr:
            try:
                process = await asyncio.create_subprocess_exec(
                    *command,
                    cwd=cwd,
                    env=dict(environment),
                    stdin=asyncio.subprocess.PIPE,
                    stdout=asyncio.subprocess.PIPE,
                    stderr=stderr,
                    limit=MAX_HEADER_BYTES,
                )
            except OSError as error:
                raise LanguageServerError(f"{command[0]} cannot be started: {error.strerror}.") from error
        return cls(process, log)

    async def request(self, method: str, params: object, timeout: float) -> Any:
        """The result; ``timeout`` in seconds. Raises LanguageServerError."""
        if self._ended is not None:
            raise self._ended
        self._next_id += 1
        number = self._next_id
        self._answers[number] = answer = asyncio.get_running_loop().create_future()
        self._send({"id": number, "method": method, "params": params})
        try:
            async with asyncio.timeout(timeout):
                return await answer
        except TimeoutError as error:
            raise LanguageServerError(
                f"The language server did not answer {method} within {timeout:.0f} s.", self._last_words()
            ) from error
        finally:
            del self._answers[number]

    def notify(self, method: str, params: object) -> None:
        self._send({"method": method, "params": params})

    async def aclose(self) -> None:
        """Shut the server down as the protocol says; end it where it does not go."""
        with contextlib.suppress(LanguageServerError):
            await self.request("shutdown", None, SHUTDOWN_PATIENCE)
            self.notify("exit", None)
        with contextlib.suppress(OSError, ConnectionError):
            self._writer.close()
        try:
            async with asyncio.timeout(SHUTDOWN_PATIENCE):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        for task in (self._listening, *self._working):
            task.cancel()
        await asyncio.gather(self._listening, *self._working, return_exceptions=True)

    def _send(self, message: Mapping[str, object]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        if not self._writer.is_closing():
            self._writer.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    async def _listen(self) -> None:
        """Take messages until the server goes away; whoever still waits for an answer hears why."""
        try:
            while True:
                self._take(await self._message())
        except (asyncio.IncompleteReadError, ConnectionError):
            self._ended = LanguageServerError("The language server has ended.", self._last_words())
        except (ValueError, TypeError, asyncio.LimitOverrunError) as error:
            self._ended = LanguageServerError(f"The language server broke the protocol: {error}.")
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(self._ended)

    async def _message(self) -> dict[str, Any]:
        header = await self._reader.readuntil(b"\r\n\r\n")
        found = re.search(rb"(?im)^content-length: *(\d+)\s*$", header)
        if not found or int(found[1]) > MAX_MESSAGE_BYTES:
            raise ValueError(f"no usable Content-Length in {header!r}")
        message = json.loads(await self._reader.readexactly(int(found[1])))
        if not isinstance(message, dict):
            raise TypeError("a message is not an object")
        return message

    def _take(self, message: dict[str, Any]) -> None:
        method = message.get("method")
        if method is None:
            self._take_answer(message)
        elif "id" not in message:
            if handler := self.notifications.get(method):
                handler(message.get("params"))
        else:
            task = asyncio.create_task(self._serve(message["id"], method, message.get("params")))
            self._working.add(task)
            task.add_done_callback(self._working.discard)

    def _take_answer(self, message: dict[str, Any]) -> None:
        answer = self._answers.get(message.get("id", 0))
        if answer is None or answer.done():
            return
        if error := message.get("error"):
            answer.set_exception(LanguageServerError(f"The language server refused: {error.get('message')}"))
        else:
            answer.set_result(message.get("result"))

    async def _serve(self, number: object, method: str, params: Any) -> None:
        handler = self.requests.get(method)
        if handler is None:
            error = {"code": METHOD_NOT_FOUND, "message": f"{method} is not served here"}
            self._send({"id": number, "error": error})
            return
        try:
            self._send({"id": number, "result": await handler(params)})
        except (LookupError, TypeError, ValueError, OSError) as error:
            self._send({"id": number, "error": {"code": INTERNAL_ERROR, "message": repr(error)}})

    def _last_words(self) -> str:
        lines = self._log.read_text("utf-8", "replace").strip().splitlines()[-5:]
        return "Its last words: " + " | ".join(lines) if lines else ""
