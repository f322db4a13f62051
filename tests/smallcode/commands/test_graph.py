"""``smallcode graph``: what it prints where nobody looks, and the picture."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import CommandLine

pytestmark = pytest.mark.slow

TOTAL = 'def total(prices):\n    """All of them."""\n    return add(prices)\n'
ADD = "def add(prices):\n    return sum(prices)\n"
SOURCE = f"{TOTAL}\n\n{ADD}"


async def test_what_the_model_sees_and_a_picture(command_line: CommandLine) -> None:
    (command_line.project / "cart.py").write_text(SOURCE)
    ran = await command_line.run("graph", "total", "--svg", "total.svg")
    assert ran.status == 0
    assert ran.out == f"1 match, 1 connected\ncart.py:1-3\n{TOTAL}cart.py:6-7 [called by total]\n{ADD}"
    assert "tokens" in ran.err
    assert ET.parse(command_line.project / "total.svg").getroot().tag.endswith("svg")


async def test_shorter_explained_and_unknown(command_line: CommandLine) -> None:
    (command_line.project / "cart.py").write_text(SOURCE)
    ran = await command_line.run("graph", "total", "--max-tokens", "12")
    assert ran.out == "cart.py:1 total\n"
    ran = await command_line.run("graph", "add", "--explain")
    assert ran.out == "def add(prices)\ncart.py:6-7\ncalled by (1):\n  total cart.py:3\n"
    ran = await command_line.run("graph", "zebra")
    assert (ran.status, ran.out) == (1, "Nothing in the code matches 'zebra'.\n")
    ran = await command_line.run("graph", "total", "--max-tokens", "none")
    assert ran.status == 2
