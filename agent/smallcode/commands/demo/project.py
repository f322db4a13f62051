"""The project of the demo: a few files, a test that fails, and what the user has typed but not saved."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from ...errors import SmallCodeError

# A blank in the name, because that is where editors and servers lose files.
NAME = "price list"
PROMPT = "The cart's test fails. Find out why, fix it, and run the test again."
TEST_COMMAND = "python3 -m unittest"
OPEN_FILE = "cart.py"

FILES = {
    "cart.py": '''\
"""A shopping cart."""

from pricing import reduced


class Cart:
    """Articles, each with its price and how many of it are wanted."""

    def __init__(self):
        self.lines = []

    def add(self, article, price, count=1):
        self.lines.append((article, price, count))

    def total(self, discount=0):
        """What is to be paid; the discount is in percent."""
        full = sum(price for _, price, _ in self.lines)
        return reduced(full, discount)
''',
    "pricing.py": '''\
"""Prices."""


def reduced(price, discount):
    """The price less a discount in percent, rounded to cents."""
    return round(price * (100 - discount) / 100, 2)
''',
    "test_cart.py": """\
import unittest

from cart import Cart


class CartTest(unittest.TestCase):
    def test_discount_is_in_percent(self):
        cart = Cart()
        cart.add("book", 20.00)
        self.assertEqual(cart.total(discount=10), 18.00)

    def test_total_counts_every_piece(self):
        cart = Cart()
        cart.add("pencil", 2.50, count=4)
        self.assertEqual(cart.total(), 10.00)
""",
}

UNSAVED_BEFORE = "    def total("
UNSAVED = """\
    def is_empty(self):
        return not self.lines

"""

PROGRAM_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Tested:
    """``outcome`` is the last line of what the test runner printed, ``reason`` the line that failed first."""

    green: bool
    outcome: str
    reason: str


def environment() -> dict[str, str]:
    """This process's, with the Python that runs it first on the PATH, so that the tests need no other."""
    folder = str(Path(sys.executable).parent)
    return os.environ | {
        "PATH": os.pathsep.join([folder, os.environ.get("PATH", os.defpath)]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


async def make_project(parent: Path) -> Path:
    """Write the files and commit them. Raises SmallCodeError where there is no git, or it fails."""
    root = parent / NAME
    root.mkdir()
    for name, text in FILES.items():
        (root / name).write_text(text, encoding="utf-8", newline="\n")
    identity = [
        "-c",
        "user.name=SmallCode demo",
        "-c",
        "user.email=demo@localhost",
        "-c",
        "commit.gpgsign=false",
    ]
    for arguments in (
        ["init", "--quiet"],
        ["add", "--all"],
        [*identity, "commit", "--quiet", "--no-verify", "--message", "A cart and its test"],
    ):
        status, output = await _run(["git", *arguments], root)
        if status:
            raise SmallCodeError(f"git {arguments[0]} failed: {output.strip()}", "Look at git's message.")
    return root


async def run_tests(root: Path) -> Tested:
    """What stands on the disk, tested in a process of its own."""
    status, output = await _run([sys.executable, "-m", "unittest"], root)
    lines = [line for line in output.splitlines() if line.strip()]
    reason = next((line for line in lines if line.startswith("AssertionError")), "")
    return Tested(status == 0, lines[-1] if lines else "no output", reason)


async def _run(command: list[str], cwd: Path) -> tuple[int, str]:
    """Exit status and output. Raises SmallCodeError."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=cwd,
            env=environment(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
    except OSError as error:
        raise SmallCodeError(
            f"{command[0]} cannot be started: {error.strerror}.", f"Install {command[0]}."
        ) from error
    try:
        async with asyncio.timeout(PROGRAM_PATIENCE):
            output, _ = await process.communicate()
    except TimeoutError as error:
        process.kill()
        await process.wait()
        raise SmallCodeError(f"{command[0]} did not end within {PROGRAM_PATIENCE:.0f} s.") from error
    return process.returncode or 0, output.decode("utf-8", "replace")
