"""A model server in a process of its own, with a stopwatch.

What it says is asked for by the first word of the turn's prompt: ``READ n`` calls read_file n times, ``WORK``
reads, patches and runs a command, ``RUN command`` runs one, ``TALK`` never stops talking, ``PAUSE`` stops in
the middle of a sentence and ``WAIT`` before the first byte.

``GET /journal`` gives, and forgets, for each request when its last byte came and when the last piece of its
answer was handed to the system (seconds on the monotonic clock, which Linux and macOS share between
processes), with its body.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager
from typing import Any

# Before the last piece of an answer: what came before has been read and shown by then, as with a model that
# writes one token after the other. Seconds.
LAST_PIECE = 0.005

# Between the pieces of one that never stops talking. Seconds; some 500 tokens a second.
TALKING = 0.002

PATCH = {"path": "a0.txt", "old_str": "line 1 ", "new_str": "line one "}
UNPATCH = {"path": "a0.txt", "old_str": "line one ", "new_str": "line 1 "}
WORK = [
    ("read_file", {"path": "a0.txt"}),
    ("patch", PATCH),
    ("search", {"pattern": "line 1"}),
    ("find_files", {"pattern": "*.txt"}),
    ("bash", {"command": "cat a1.txt | sort | head -50"}),
    ("patch", UNPATCH),
    *(("read_file", {"path": f"a{n}.txt"}) for n in range(1, 5)),
]

Journal = list[dict[str, Any]]


@contextmanager
def model_process() -> Iterator[str]:
    """Its base URL."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.speed.model"],
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()


class Model:
    def __init__(self) -> None:
        self.journal: Journal = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._answer(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError):
            pass  # the client has what it wants
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length:")[1].split("\r\n")[0]) if "content-length:" in head else 0
        body = await reader.readexactly(length)
        received = time.monotonic()
        path = head.split(" ")[1]
        if path == "/v1/chat/completions":
            saying = _say(json.loads(body)["messages"], reader)
            async with _stream(writer) as send, aclosing(saying) as deltas:
                entry = {"received": received, "body": body.decode()}
                async for delta, finish in deltas:
                    entry["answered"] = time.monotonic()
                    choice = {"index": 0, "delta": delta, "finish_reason": finish}
                    await send(json.dumps({"choices": [choice]}))
                    if finish:
                        await send("[DONE]")
                self.journal.append(entry)
        elif path == "/journal":
            given, self.journal = self.journal, []
            _whole(writer, given)
        else:
            _whole(writer, {"data": [{"id": "stopwatch", "max_model_len": 65536}]})
        await writer.drain()
        return "connection: close" not in head


def _whole(writer: asyncio.StreamWriter, payload: Any) -> None:
    body = json.dumps(payload).encode()
    writer.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    )
    writer.write(body)


@asynccontextmanager
async def _stream(writer: asyncio.StreamWriter) -> AsyncIterator[Any]:
    """Sends server-sent events in HTTP's chunked coding."""

    async def send(data: str) -> None:
        event = f"data: {data}\n\n".encode()
        writer.write(b"%x\r\n%b\r\n" % (len(event), event))
        await writer.drain()

    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
    yield send
    writer.write(b"0\r\n\r\n")


async def _say(
    messages: list[dict[str, Any]], reader: asyncio.StreamReader
) -> AsyncGenerator[tuple[dict[str, Any], str | None], None]:
    """Deltas, each with its finish_reason. Raises ConnectionResetError if the client hangs up in a pause."""
    begin = max(number for number, message in enumerate(messages) if message["role"] == "user")
    word, _, rest = messages[begin]["content"].partition(" ")
    step = sum(message["role"] == "assistant" for message in messages[begin:])
    if word == "WAIT":
        await _hung_up(reader)
    yield {"role": "assistant", "content": "Let me see."}, None
    while word == "TALK":
        await asyncio.sleep(TALKING)
        yield {"content": " word"}, None
    if word == "PAUSE":
        await _hung_up(reader)
    calls: list[tuple[str, dict[str, Any]]] = []
    if word == "READ":
        calls = [("read_file", {"path": f"a{n % 10}.txt"}) for n in range(int(rest.split()[0]))]
    elif word == "WORK":
        calls = WORK
    elif word == "RUN":
        calls = [("bash", {"command": rest.strip()})]
    await asyncio.sleep(LAST_PIECE)
    if step < len(calls):
        name, arguments = calls[step]
        function = {"name": name, "arguments": json.dumps(arguments)}
        yield (
            {"tool_calls": [{"index": 0, "id": f"c{step}", "type": "function", "function": function}]},
            "tool_calls",
        )
    else:
        yield {"content": " Done."}, "stop"


async def _hung_up(reader: asyncio.StreamReader) -> None:
    await reader.read()
    raise ConnectionResetError("the client hung up")


async def _main() -> None:
    server = await asyncio.start_server(Model().serve, "127.0.0.1", 0, limit=2**20)
    port = server.sockets[0].getsockname()[1]
    print(f"http://127.0.0.1:{port}/v1", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main())
