"""The demo's language client: a server that answers, asks, is silent, talks nonsense or dies."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from smallcode.commands.demo.client import LanguageClient, LanguageServerError

# A server in a few lines: answers "echo" with its params, asks "question" back before it answers "ask".
SERVER = """
import json, sys
def read():
    header = b""
    while not header.endswith(b"\\r\\n\\r\\n"):
        byte = sys.stdin.buffer.read(1)
        if not byte:
            sys.exit(0)
        header += byte
    return json.loads(sys.stdin.buffer.read(int(header.split(b":")[1])))
def send(**message):
    body = json.dumps(message).encode()
    sys.stdout.buffer.write(b"Content-Length: %d\\r\\nContent-Type: x\\r\\n\\r\\n" % len(body) + body)
    sys.stdout.buffer.flush()
while True:
    got = read()
    match got.get("method"):
        case "echo":
            send(method="note", params=1)
            send(id=got["id"], result=got["params"])
        case "ask":
            send(id="q", method=got["params"], params=[1])
            send(id=got["id"], result=read())
        case "refuse":
            send(id=got["id"], error={"code": 1, "message": "no such thing"})
        case "nonsense":
            sys.stdout.buffer.write(b"hello\\r\\n\\r\\n")
            sys.stdout.buffer.flush()
        case "die":
            sys.exit("something broke")
        case "shutdown":
            send(id=got["id"], result=None)
        case "exit":
            sys.exit(0)
"""

Start = Callable[[], AbstractAsyncContextManager[LanguageClient]]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    @asynccontextmanager
    async def started() -> AsyncIterator[LanguageClient]:
        command = [sys.executable, "-S", "-c", SERVER]
        client = await LanguageClient.start(command, cwd=tmp_path, environment={}, log=tmp_path / "log")
        try:
            yield client
        finally:
            await client.aclose()

    return started


async def test_answers_come_after_the_notifications_before_them(start: Start) -> None:
    async with start() as client:
        noted: list[object] = []
        client.notifications["note"] = noted.append
        text = "é🙂" * 100_000
        assert await client.request("echo", {"text": text}, 10) == {"text": text}
        assert noted == [1]


async def answer_first(params: Any) -> Any:
    return params[0]


async def fail(params: Any) -> Any:
    return params["missing"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("question", {"id": "q", "result": 1}),
        ("unknown", {"id": "q", "error": {"code": -32601, "message": "unknown is not served here"}}),
        ("faulty", {"id": "q", "error": {"code": -32603}}),
    ],
)
async def test_the_server_s_questions_are_answered(start: Start, question: str, expected: Any) -> None:
    async with start() as client:
        client.requests |= {"question": answer_first, "faulty": fail}
        answer = await client.request("ask", question, 10)
    assert answer["jsonrpc"] == "2.0"
    assert {key: answer[key] for key in ("id", "result") if key in answer}.items() <= expected.items()
    assert answer.get("error", {}).get("code") == expected.get("error", {}).get("code")


@pytest.mark.parametrize(
    ("method", "timeout", "message"),
    [
        ("refuse", 10.0, "refused: no such thing"),
        ("silence", 0.2, "did not answer silence within 0 s"),
        ("nonsense", 10.0, "broke the protocol"),
        ("die", 10.0, "has ended. Its last words: something broke"),
    ],
)
async def test_a_request_that_cannot_succeed_is_an_error(
    start: Start, method: str, timeout: float, message: str
) -> None:
    async with start() as client:
        with pytest.raises(LanguageServerError, match=message):
            await client.request(method, None, timeout)


async def test_a_dead_server_is_told_at_once(start: Start) -> None:
    async with start() as client:
        for _ in range(2):
            with pytest.raises(LanguageServerError, match="has ended"):
                await client.request("die", None, 10)


async def test_a_program_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(LanguageServerError, match="/nonexistent/server cannot be started"):
        await LanguageClient.start(["/nonexistent/server"], cwd=tmp_path, environment={}, log=tmp_path / "l")
