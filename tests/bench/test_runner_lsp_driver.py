"""The language server as a harness: the driver's edits keep line ends and byte order mark on the disk."""

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest
from bench.runner.harness import HARNESSES

from smallcode.adapters.script import Step
from smallcode.adapters.scripted import ScriptedServer

BOM = b"\xef\xbb\xbf"


def call(name: str, **arguments: str) -> Step:
    return Step(tool_calls=[{"name": name, "arguments": arguments}])


@pytest.mark.slow
async def test_a_turn_leaves_its_edits_on_the_disk(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (root / "a.txt").write_bytes(BOM + b"one\r\ntwo\r\n")
    steps = [
        call("read_file", path="a.txt"),
        call("patch", path="a.txt", old_str="one\ntwo", new_str="1\n2\n3"),
        call("write_file", path="new/b.txt", content="b\n"),
        call("bash", command="cat a.txt new/b.txt > seen.txt"),
        Step("Done."),
    ]
    async with ScriptedServer(steps) as server:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(HARNESSES / "lsp_driver.py"),
            *("--root", str(root), "--base-url", server.address, "--model", "scripted", "Change a.txt."),
            env={**os.environ, "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        async with asyncio.timeout(60):
            output, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    assert json.loads(output)["text"] == "Done."
    assert (root / "a.txt").read_bytes() == BOM + b"1\r\n2\r\n3\r\n"
    assert (root / "seen.txt").read_bytes() == BOM + b"1\r\n2\r\n3\r\nb\n"
