"""``smallcode index``: what it says of a folder, and that it is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import CommandLine

pytestmark = pytest.mark.slow

SHAPES = "class Shape:\n    def area(self):\n        return side()\n\n\ndef side():\n    return 2\n"


async def test_files_symbols_and_what_was_left_out_are_told(command_line: CommandLine) -> None:
    root = command_line.project
    (root / "shapes.py").write_text(SHAPES)
    (root / "notes.bin").write_bytes(b"\0\1")
    (root / "data.py").write_bytes(b"x = 1\0")
    (root / "site.min.js").write_text("var a=1;" * 20_000)
    ran = await command_line.run("index", "--json")
    told = json.loads(ran.out)
    assert (ran.status, ran.err) == (0, "")
    assert told["symbols"] == 3 and told["edges"] == 1
    assert told["left_out"] == {
        "it is binary, or not UTF-8": 1,
        "it is minified": 1,
        "no language that is read": 1,
    }
    assert Path(told["store"]).exists() and root not in Path(told["store"]).parents
    again = await command_line.run("index", "--stats")
    assert again.status == 0 and "3 symbols" in again.out and "left out: it is minified" in again.out


async def test_a_language_that_gives_nothing_is_told_loudly(command_line: CommandLine) -> None:
    for number in range(5):
        (command_line.project / f"silent{number}.py").write_text("print(1)\n" * 200)
    ran = await command_line.run("index")
    assert ran.status == 3 and "python" in ran.err and "none defines anything" in ran.err


async def test_a_folder_that_is_not_there_is_named(command_line: CommandLine) -> None:
    ran = await command_line.run("index", "--cwd", "nowhere")
    assert ran.status == 2 and "nowhere is not a folder" in ran.err


async def test_the_setting_is_heeded(command_line: CommandLine) -> None:
    (command_line.project / "smallcode.toml").write_text("index = false\n")
    ran = await command_line.run("index")
    assert ran.status == 1 and "index is off" in ran.err
