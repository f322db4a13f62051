"""``smallcode replay``: a script as a model server."""

from __future__ import annotations

import asyncio
import json
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from smallcode import events as ev

if TYPE_CHECKING:
    from .conftest import CommandLine

pytestmark = pytest.mark.slow


async def test_the_address_comes_first_and_serves_the_script(
    command_line: CommandLine, tmp_path: Path
) -> None:
    script = tmp_path / "script.json"
    script.write_text(json.dumps([{"text": "So it was told."}]))
    process = await command_line.start("replay", str(script))
    assert process.stdout is not None
    try:
        async with asyncio.timeout(30):
            address = (await process.stdout.readline()).decode().strip()
        ran = await command_line.run("run", "--base-url", address, "--json", "go")
    finally:
        process.send_signal(signal.SIGINT)
        await process.communicate()
    ended = ev.EVENT.validate_json(ran.out.splitlines()[-1])
    assert isinstance(ended, ev.TurnEnded)
    assert ended.text == "So it was told."
    assert process.returncode == 130


async def test_a_port_that_is_taken_is_named(command_line: CommandLine, tmp_path: Path) -> None:
    script = tmp_path / "script.json"
    script.write_text("[]")
    taken = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0)
    port = taken.sockets[0].getsockname()[1]
    try:
        ran = await command_line.run("replay", str(script), "--port", str(port))
    finally:
        taken.close()
    assert ran.status == 1
    assert f"port {port} cannot be used" in ran.err
    assert "Traceback" not in ran.err
