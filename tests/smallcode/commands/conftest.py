"""Runs the real command line in a process of its own, with settings and state of its own."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

PATIENCE = 60.0


@dataclass
class Ran:
    status: int
    out: str
    err: str


@dataclass
class CommandLine:
    """``project`` is an empty folder with a blank in its name; nothing of the user's reaches the process."""

    home: Path
    project: Path
    environment: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SMALLCODE_")}
        names = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "APPDATA")
        homes = dict.fromkeys(names, str(self.home))
        self.environment = kept | homes | {"PYTHONUTF8": "1"}

    async def start(
        self, *arguments: str, stdin: int | None = None, **variables: str
    ) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "smallcode",
            *arguments,
            cwd=self.project,
            env={**self.environment, **variables},
            stdin=asyncio.subprocess.DEVNULL if stdin is None else stdin,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def run(self, *arguments: str, stdin: int | None = None, **variables: str) -> Ran:
        process = await self.start(*arguments, stdin=stdin, **variables)
        try:
            async with asyncio.timeout(PATIENCE):
                out, err = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        assert process.returncode is not None
        return Ran(process.returncode, out.decode(), err.decode())


@pytest.fixture
def command_line(tmp_path: Path) -> CommandLine:
    home, project = tmp_path / "home", tmp_path / "my project"
    home.mkdir()
    project.mkdir()
    return CommandLine(home, project)
