"""The command line of the server, as an editor starts it."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest

KEY = "sk-of-the-user"


def framed(**message: Any) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


@pytest.mark.slow
@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING"])
async def test_no_log_holds_the_key(tmp_path: Path, level: str) -> None:
    options = {"settings": {"api_key": KEY, "base_url": "http://127.0.0.1:9/v1", "max_retries": 0}}
    messages = [
        framed(
            id=1,
            method="initialize",
            params={"capabilities": {}, "rootUri": tmp_path.as_uri(), "initializationOptions": options},
        ),
        framed(method="initialized", params={}),
        framed(method="workspace/didChangeConfiguration", params={"settings": options}),
        framed(id=2, method="smallcode/turn", params={"prompt": "x"}),
    ]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "smallcode_lsp", "--stdio", "--log-level", level),
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(b"".join(messages))
    out = b""
    async with asyncio.timeout(30):
        while b'"id": 2' not in out:
            out += await process.stdout.read(4096)
        rest, err = await process.communicate(b"")
    assert KEY.encode() not in out + rest + err
